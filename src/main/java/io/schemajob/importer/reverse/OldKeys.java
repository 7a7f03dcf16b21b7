package io.schemajob.importer.reverse;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.ConversionException;
import io.schemajob.importer.convert.FieldRules;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.convert.StorageClass;
import io.schemajob.importer.convert.Trim;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.ImportPlan;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.RowReader;
import io.schemajob.importer.sqlite.SourceRow;
import io.schemajob.importer.sqlite.ValueStore;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.log.Heartbeat;
import io.schemajob.report.log.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an export finds in the file of ids: for every row that names a key, the key as its own row has it. SQLite allows that the
 * two differ in their storage class, and the mapping that they differ in more; then a reference does not come back as it was.
 */
public final class OldKeys {
    private static final int BATCH = 1000;
    private static final int UUID_LENGTH = 36;
    private static final int UUID_DIGITS = 32;

    private final Connection source;
    private final ImportPlan plan;
    private final Set<String> kept;
    private final boolean alone;
    private final Log log;
    private final CancellationToken cancellation;
    private final Map<String, Set<Form>> forms = new HashMap<>();
    private final Map<String, ValueStore> stores = new HashMap<>();

    /**
     * Nothing is read before it is needed.
     *
     * @param source the file
     * @param kept source tables whose ids are written to a file where they change, which an export is given
     * @param alone whether the target has no other rows, which keys of the file could name
     */
    public OldKeys(
            Connection source,
            ImportPlan plan,
            Set<String> kept,
            boolean alone,
            Log log,
            CancellationToken cancellation) {
        this.source = source;
        this.plan = plan;
        this.kept = kept;
        this.alone = alone;
        this.log = log;
        this.cancellation = cancellation;
    }

    /** Two ids of one of these forms that stand for the same UUID are the same value. */
    private enum Form {
        INTEGER,
        WORD,
        UUID,
        BLOB,
        /** A UUID in capitals or without hyphens: of two such, each is a form of its own. */
        OTHER;

        static Form of(SourceValue id, CanonicalValue uuid) {
            if (id.type() == StorageClass.INTEGER || id.type() == StorageClass.BLOB) {
                return id.type() == StorageClass.BLOB ? BLOB : INTEGER;
            }
            int length = id.bytes().length;
            if (length != UUID_LENGTH) {
                return length == UUID_DIGITS ? OTHER : WORD;
            }
            String canonical = Kind.UUID.text(uuid);
            String text = id.string();
            return text.equals(canonical) ? UUID : text.equalsIgnoreCase(canonical) ? OTHER : WORD;
        }
    }

    /** What becomes of the values of one column. */
    interface Named {
        /** The value that an export gives back. */
        SourceValue old(SourceValue before, CanonicalValue value) throws SQLException;
    }

    /**
     * The way back of a column of ids; null if the file of ids has nothing to do with it.
     *
     * @param column index into the table's columns
     */
    Named named(TablePlan table, int column, OldValue back) throws SQLException {
        ColumnPlan ids = table.columns().get(column);
        if (ids.ids() == null || !kept.contains(ids.ids())) {
            return null;
        }
        if (table.idColumn() == column) {
            return (before, value) -> back.ofId(before);
        }
        TablePlan keyed = plan.tables().stream()
                .filter(other -> other.idColumn() >= 0 && other.source().name().equals(ids.ids()))
                .findFirst()
                .orElseThrow();
        ColumnPlan key = keyed.columns().get(keyed.idColumn());
        boolean likeItsKey = alone && isForeignKey(table, ids) && isPlain(ids) && isPlain(key);
        return (before, value) -> {
            SourceValue known = likeItsKey ? ofForm(keyed, key, back, before, value) : null;
            return back.ofId(known == null ? ofStore(keyed, key, value) : known);
        };
    }

    /** Whether each of its values names a row of this import. */
    private static boolean isForeignKey(TablePlan table, ColumnPlan column) {
        return column.mapping().ids() == null
                && table.target().foreignKeys().stream()
                        .anyMatch(key -> key.table() != null && key.columns().equals(List.of(column.name())));
    }

    /** Whether the mapping leaves its ids as they are. */
    private static boolean isPlain(ColumnPlan column) {
        FieldRules rules = column.mapping().rules();
        return rules.renamed().isEmpty()
                && rules.trim() == Trim.NONE
                && rules.fallback() == null
                && column.mapping().lookup() == null;
    }

    /** The key, where all keys have one form, so that it follows from the value; else null. */
    private SourceValue ofForm(TablePlan keyed, ColumnPlan key, OldValue back, SourceValue before, CanonicalValue value)
            throws SQLException {
        Set<Form> all = forms(keyed, key);
        if (all.size() != 1 || before.isNull()) {
            return null;
        }
        Form only = all.iterator().next();
        Form form = Form.of(before, value);
        if (only == form && form != Form.OTHER) {
            return before;
        }
        boolean digits = only == Form.INTEGER && form == Form.WORD || only == Form.WORD && form == Form.INTEGER;
        if (!digits) {
            return null;
        }
        if (only == Form.WORD) {
            return SourceValue.text(String.valueOf(before.integer()));
        }
        // Other words name no key, which the server will find.
        return OldValue.isLong(before.string()) ? SourceValue.integer(Long.parseLong(before.string())) : before;
    }

    private Set<Form> forms(TablePlan keyed, ColumnPlan key) throws SQLException {
        Set<Form> known = forms.get(key.ids());
        if (known == null) {
            Set<Form> found = EnumSet.noneOf(Form.class);
            scan(keyed, key, (id, uuid) -> found.add(Form.of(id, uuid)));
            known = found;
            forms.put(key.ids(), known);
        }
        return known;
    }

    private SourceValue ofStore(TablePlan keyed, ColumnPlan key, CanonicalValue value) throws SQLException {
        ValueStore store = stores.get(key.ids());
        if (store == null) {
            ValueStore filled = new ValueStore(source, "schemajob_keys_" + stores.size());
            source.setAutoCommit(false);
            scan(keyed, key, (id, uuid) -> filled.put(uuid.bytes(), id));
            source.setAutoCommit(true);
            store = filled;
            stores.put(key.ids(), store);
        }
        SourceValue old = store.get(value.bytes());
        return old == null ? SourceValue.text(Kind.UUID.text(value)) : old;
    }

    private interface Visitor {
        void key(SourceValue id, CanonicalValue uuid) throws SQLException;
    }

    private void scan(TablePlan keyed, ColumnPlan key, Visitor visitor) throws SQLException {
        if (key.sourceName() == null) {
            visit(key, key.constant(), visitor);
            return;
        }
        SourceRow[] batch = SourceRow.batch(BATCH, 1);
        try (Heartbeat heartbeat = Heartbeat.begin(
                        log, "Reading the keys of " + keyed.source().name());
                RowReader reader = RowReader.open(source, keyed.source(), List.of(key.sourceName()))) {
            for (int count = reader.next(batch); count > 0; count = reader.next(batch)) {
                cancellation.check();
                for (int i = 0; i < count; i++) {
                    visit(key, batch[i].values()[0], visitor);
                }
            }
        }
    }

    private static void visit(ColumnPlan key, SourceValue id, Visitor visitor) throws SQLException {
        try {
            CanonicalValue uuid = key.field().convert(id);
            if (uuid != null && !id.isNull()) {
                visitor.key(id, uuid);
            }
        } catch (ConversionException e) {
            // A row that is not loaded, and nothing that names it.
        }
    }
}
