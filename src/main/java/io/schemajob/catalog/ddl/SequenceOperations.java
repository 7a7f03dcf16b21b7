package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Lets sequences go on where they were, or behind the values that rows hold already: from the start they would collide. */
final class SequenceOperations {
    private static final Set<String> WHOLE_NUMBERS = Set.of("smallint", "integer", "bigint", "numeric");

    private static final int UNLOGGED_SINCE = 15;

    private final Scene scene;

    SequenceOperations(Scene scene) {
        this.scene = scene;
    }

    /** @param names declared names by those that there are */
    static List<Operation> renames(Map<String, String> names) {
        return names.entrySet().stream()
                .map(name -> rename(name.getKey(), name.getValue()))
                .toList();
    }

    private static Operation rename(String before, String after) {
        return Operation.of(
                Rank.RENAME,
                ObjectIdentity.of("sequence", after).part("name"),
                null,
                List.of("ALTER SEQUENCE " + SqlText.name(before) + " RENAME TO " + SqlText.name(after)),
                List.of("ALTER SEQUENCE " + SqlText.name(after) + " RENAME TO " + SqlText.name(before)),
                Effect.NONE);
    }

    /** A sequence and its table have one owner, also where nobody declares owners. */
    Operation link(Piece piece) {
        List<String> up = new ArrayList<>(owner(piece, true));
        up.addAll(piece.create());
        up.addAll(unlogged(
                (Sequence) piece.model(), scene.goal().to(), scene.goal().from()));
        List<String> down = new ArrayList<>(piece.drop());
        down.addAll(owner(piece, false));
        return Operation.on(piece, piece.kind().creation, up, down, scene.creating(piece));
    }

    /** A new one of an unlogged table, which PostgreSQL 15 and later make unlogged with a serial column. */
    private List<String> unlogged(Sequence sequence, Schema side, Schema other) {
        boolean comes = scene.goal().from().objects().server().major() >= UNLOGGED_SINCE
                && !other.sequences().containsKey(sequence.name());
        return sequence.ownerIn(side.tables())
                .map(owner -> side.tables().get(owner.get(0)))
                .filter(table -> comes && table.unlogged())
                .map(table -> List.of("ALTER SEQUENCE " + SqlText.name(sequence.name()) + " SET UNLOGGED"))
                .orElse(List.of());
    }

    Operation unlink(Piece piece) {
        Sequence sequence = (Sequence) piece.model();
        boolean stays = scene.goal().to().sequences().containsKey(sequence.name());
        String after = stays
                ? scene.accessOn(scene.goal().to()).ownerOfSequence(sequence.name())
                : scene.access().role();
        String before = scene.access().ownerOfSequence(sequence.name());
        String linked = linkedBy(sequence);
        List<String> up = new ArrayList<>(piece.drop());
        if (stays && !Objects.equals(before, after)) {
            up.add(own(sequence, after));
        }
        List<String> down = new ArrayList<>();
        if (!Objects.equals(linked, after)) {
            down.add(own(sequence, linked));
        }
        down.addAll(piece.create());
        down.addAll(unlogged(sequence, scene.goal().from(), scene.goal().to()));
        return Operation.on(piece, piece.kind().removal, up, down, scene.dropping(piece));
    }

    private static String table(Sequence sequence) {
        return sequence.ownedBy().substring(0, sequence.ownedBy().lastIndexOf('.'));
    }

    /** Who owns the sequence when the way back links it: a table that is made anew gets its owner later, and it with it. */
    private String linkedBy(Sequence before) {
        return scene.goal().to().tables().containsKey(table(before))
                ? scene.access().ownerOfSequence(before.name())
                : scene.access().role();
    }

    private static String own(Sequence sequence, String role) {
        return "ALTER SEQUENCE " + SqlText.name(sequence.name()) + " OWNER TO " + SqlText.name(role);
    }

    Operation relink(Piece before, Piece after) {
        List<String> up = new ArrayList<>(before.drop());
        up.addAll(owner(after, true));
        up.addAll(after.create());
        List<String> down = new ArrayList<>(after.drop());
        down.addAll(owner(after, false));
        down.addAll(before.create());
        return Operation.on(after, after.kind().creation, up, down, scene.changing(before, after));
    }

    private List<String> owner(Piece piece, boolean ofTable) {
        Sequence sequence = (Sequence) piece.model();
        String of = scene.access().ownerOfTable(table(sequence));
        Sequence old = scene.goal().from().sequences().get(sequence.name());
        String before = ofTable || old == null || old.ownedBy() == null
                ? scene.access().ownerOfSequence(sequence.name())
                : linkedBy(old);
        return Objects.equals(of, before) ? List.of() : List.of(own(sequence, ofTable ? of : before));
    }

    /** Adds what sets new sequences, when columns get values from them that have rows. */
    void goOn(List<Operation> operations, List<Note> notes) {
        Map<String, List<String>> sources = new LinkedHashMap<>();
        for (Table table : scene.goal().to().tables().values()) {
            Table before = scene.goal().from().tables().get(table.name());
            if (before != null) {
                table.columns().forEach(column -> before.column(column.name())
                        .ifPresent(old -> source(table.name(), old, column, sources, notes)));
            }
        }
        sources.forEach((sequence, selects) -> operations.add(Operation.of(
                Rank.ROWS,
                ObjectIdentity.worded("sequence value", "value of %s", sequence),
                null,
                List.of(statement(sequence, selects)),
                List.of(),
                Effect.NONE)));
    }

    private void source(String table, Column old, Column column, Map<String, List<String>> sources, List<Note> notes) {
        if (column.identity() != null && old.identity() == null) {
            String sequence = "pg_get_serial_sequence(%s, %s)::regclass"
                    .formatted(SqlText.literal(SqlText.name(table)), SqlText.literal(column.name()));
            add(sources, sequence, table, column);
        } else if (column.defaultValue() != null) {
            created(column.defaultValue()).forEach(sequence -> {
                String literal = SqlText.literal(SqlText.name(sequence));
                if (WHOLE_NUMBERS.contains(column.type())
                        && column.defaultValue().startsWith("nextval(" + literal)) {
                    add(sources, literal + "::regclass", table, column);
                } else {
                    notes.add(new Note(
                            ObjectIdentity.of("sequence", sequence).part("value"),
                            "It begins at its start, and rows of %s may hold such values in %s: set it with setval."
                                    .formatted(table, column.name()),
                            List.of(),
                            false));
                }
            });
        }
    }

    private static void add(Map<String, List<String>> sources, String sequence, String table, Column column) {
        String name = SqlText.name(column.name());
        sources.computeIfAbsent(sequence, key -> new ArrayList<>(1))
                .add("SELECT max(%s)::bigint, min(%s)::bigint FROM %s".formatted(name, name, SqlText.name(table)));
    }

    /** The new sequences that an expression takes values from. */
    private List<String> created(String expression) {
        return SqlNames.sequences(expression).stream()
                .filter(name -> scene.goal().to().sequences().containsKey(name)
                        && !scene.goal().from().sequences().containsKey(name))
                .toList();
    }

    /** Values below the start are left alone, as they are where people set the start. */
    private static String statement(String sequence, List<String> selects) {
        return """
                SELECT setval(s.seqrelid, CASE WHEN s.seqincrement > 0 THEN r.high ELSE r.low END)
                  FROM pg_sequence s, (SELECT max(x.high), min(x.low) FROM (%s) x (high, low)) r (high, low)
                 WHERE s.seqrelid = %s
                   AND CASE WHEN s.seqincrement > 0 THEN r.high BETWEEN s.seqstart AND s.seqmax
                            ELSE r.low BETWEEN s.seqmin AND s.seqstart END"""
                .formatted(String.join(" UNION ALL ", selects), sequence);
    }
}
