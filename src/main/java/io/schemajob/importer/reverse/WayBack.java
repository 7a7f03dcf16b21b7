package io.schemajob.importer.reverse;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.ConversionException;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.convert.StorageClass;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.SourceTable;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.Affinity;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Watches the rows of a table on their way in, and tells which values an export would not bring back: what a mapping makes
 * of two values one, or of a number a text, reads the same through the mapping, but not for the old application.
 */
public final class WayBack {
    /** Values of a column that are counted; to go on would cost time and say nothing new. */
    private static final long MOST = 10_000;

    private final TablePlan table;
    private final Column[] columns;

    /** What is known of a column so far. */
    private static final class Column {
        private final ColumnPlan plan;
        private final OldValue back;
        private final OldKeys.Named named;
        private final boolean plain;
        private long lost;
        private long row;
        private String before;
        private String after;
        private boolean unread;

        Column(ColumnPlan plan, OldValue back, OldKeys.Named named) {
            this.plan = plan;
            this.back = back;
            this.named = named;
            this.plain = plan.mapping().rules().renamed().isEmpty();
        }
    }

    /**
     * The watch.
     *
     * @param layout the table as an export would make it
     * @param keys that an export finds in the file of ids
     */
    public WayBack(TablePlan table, SourceTable layout, OldKeys keys) throws SQLException {
        this.table = table;
        this.columns = new Column[table.source().derived() ? 0 : table.columns().size()];
        for (int i = 0; i < columns.length; i++) {
            ColumnPlan plan = table.columns().get(i);
            String type = plan.sourceName() == null
                    ? null
                    : layout.column(plan.sourceName())
                            .or(() -> table.source().column(plan.sourceName()))
                            .orElseThrow()
                            .declaredType();
            if (type != null) {
                OldValue back = new OldValue(plan, Affinity.of(type));
                columns[i] = new Column(plan, back, keys.named(table, i, back));
            }
        }
    }

    /** A row that is loaded. */
    public void add(long row, SourceValue[] source, CanonicalValue[] values) throws SQLException {
        for (int i = 0; i < columns.length; i++) {
            Column column = columns[i];
            if (column != null && column.lost <= MOST) {
                look(column, row, column.plan.of(source), values[i]);
            }
        }
    }

    private void look(Column column, long row, SourceValue before, CanonicalValue value) throws SQLException {
        if (value == null && before.isNull() || column.plain && isPlain(column, before, value)) {
            return;
        }
        SourceValue after =
                value == null || column.named == null ? column.back.of(value) : column.named.old(before, value);
        if (!before.isSameAs(after)) {
            boolean unread = !column.unread && !reads(column, after, value);
            column.unread |= unread;
            if (column.lost++ == 0 || unread) {
                column.row = row;
                column.before = before.shown();
                column.after = after.shown();
            }
        }
    }

    /** Text that went in as it was. */
    private static boolean isPlain(Column column, SourceValue before, CanonicalValue value) {
        return value != null
                && before.type() == StorageClass.TEXT
                && column.plan.kind() == Kind.TEXT
                && value.bytes() == before.bytes()
                && !column.plan.mapping().rules().integersAsText();
    }

    /** Whether the mapping makes the same of it once more, without which an export is refused; that looks nothing up. */
    private static boolean reads(Column column, SourceValue after, CanonicalValue value) {
        if (column.plan.mapping().lookup() != null) {
            return true;
        }
        try {
            return CanonicalValue.same(column.plan.field().convert(after), value);
        } catch (ConversionException e) {
            return false;
        }
    }

    /** What would be lost, column by column. */
    public List<Loss> losses() {
        List<Loss> losses = new ArrayList<>();
        for (Column column : columns) {
            if (column != null && column.lost > 0) {
                losses.add(new Loss(
                        table.name(),
                        column.plan.name(),
                        Math.min(column.lost, MOST),
                        column.lost > MOST,
                        column.row,
                        column.before,
                        column.after
                                + (column.unread ? ", which the mapping reads as another: an export is refused" : "")));
            }
        }
        return losses;
    }
}
