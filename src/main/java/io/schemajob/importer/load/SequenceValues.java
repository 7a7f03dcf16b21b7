package io.schemajob.importer.load;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.SourceColumn;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.Loss;
import io.schemajob.importer.sqlite.SourceSchema;
import io.schemajob.importer.validate.CheckResult;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves sequences behind the numbers that were loaded, or the application's next row would take one of them; and behind
 * those that SQLite has given out before, so that no number means two rows over time. Never moves one back.
 */
public final class SequenceValues {
    private static final Set<Kind> NUMBERS =
            EnumSet.of(Kind.INT2, Kind.INT4, Kind.INT8, Kind.NUMERIC, Kind.FLOAT4, Kind.FLOAT8);
    private static final Set<Kind> TEXTS = EnumSet.of(Kind.TEXT, Kind.CHAR);

    private record Drawing(TablePlan table, ColumnPlan column, DrawnSequence sequence) {
        String subject() {
            return table.name() + "." + column.name();
        }
    }

    private final LoadContext context;
    private final List<Drawing> drawings;

    private SequenceValues(LoadContext context, List<Drawing> drawings) {
        this.context = context;
        this.drawings = drawings;
    }

    /**
     * Those that loaded columns draw from.
     *
     * @throws io.schemajob.report.failure.SchemajobException ACCESS_DENIED if one cannot be moved by this user
     */
    public static SequenceValues of(LoadContext context) throws SQLException {
        List<Drawing> drawings = new ArrayList<>();
        for (TablePlan table : context.plan().tables()) {
            for (DrawnSequence sequence :
                    SequenceReader.read(context.session(), table.target().sql())) {
                int index = table.index(sequence.column());
                if (index >= 0) {
                    requireMovable(context.session(), table, sequence);
                    drawings.add(new Drawing(table, table.columns().get(index), sequence));
                }
            }
        }
        return new SequenceValues(context, List.copyOf(drawings));
    }

    private static void requireMovable(Connection session, TablePlan table, DrawnSequence sequence)
            throws SQLException {
        if (!sequence.readable() || !sequence.movable()) {
            throw Failure.of(
                            ExitStatus.ACCESS_DENIED,
                            "The sequence %s, from which %s.%s draws, may not be moved by this user."
                                    .formatted(sequence.sql(), table.name(), sequence.column()))
                    .databaseState("Nothing was changed.")
                    .hint("GRANT SELECT, UPDATE ON SEQUENCE %s TO %s;"
                            .formatted(sequence.sql(), text(session, "SELECT quote_ident(current_user)")))
                    .asException();
        }
    }

    /**
     * Moves them, and says for each where it has to be and where it is.
     *
     * @param trial moves none: that would outlive a rollback
     */
    public List<CheckResult> advance(boolean trial) throws SQLException {
        Map<String, Long> marks = SourceSchema.marks(context.source());
        List<CheckResult> verdicts = new ArrayList<>();
        for (Drawing drawing : drawings) {
            if (!NUMBERS.contains(drawing.column().kind()) && pattern(drawing).isEmpty()) {
                context.log()
                        .warn(
                                "%s draws from the sequence %s in a way that cannot be told (%s): look whether it is behind"
                                        .formatted(
                                                drawing.subject(),
                                                drawing.sequence().sql(),
                                                drawing.sequence().expression()));
                continue;
            }
            verdicts.add(advance(drawing, marks, trial));
        }
        return verdicts;
    }

    /**
     * Tables whose ids SQLite has given out beyond those that are there, which no sequence remembers for an export.
     *
     * @param incomplete names of tables of which rows were left out
     */
    public List<Loss> lostMarks(Set<String> incomplete) throws SQLException {
        Map<String, Long> marks = SourceSchema.marks(context.source());
        List<Loss> lost = new ArrayList<>();
        for (TablePlan table : context.plan().tables()) {
            Long mark =
                    table.source().derived() ? null : marks.get(table.source().name());
            boolean kept = drawings.stream()
                    .anyMatch(drawing -> drawing.table() == table
                            && isRowid(drawing)
                            && !drawing.sequence().descending());
            if (mark == null || kept) {
                continue;
            }
            if (incomplete.contains(table.name())
                    ? !isThere(table, mark)
                    : mark > SourceSchema.highestRowid(context.source(), table.source())) {
                lost.add(Loss.said(
                        table.name(),
                        "",
                        1,
                        "AUTOINCREMENT has given out %d, which no sequence keeps: after an export it goes on after the highest id that is there"
                                .formatted(mark)));
            }
        }
        return lost;
    }

    /** Whether a number is among the ids that were loaded; of ids that are numbers no more, nobody knows. */
    private boolean isThere(TablePlan table, long number) throws SQLException {
        for (ColumnPlan column : table.columns()) {
            if (isRowid(table, column)) {
                String there = "SELECT EXISTS (SELECT 1 FROM %s WHERE %s = %d)"
                        .formatted(table.target().sql(), Identifiers.quote(column.name()), number);
                return text(context.session(), there).equals("t");
            }
        }
        return false;
    }

    private CheckResult advance(Drawing drawing, Map<String, Long> marks, boolean trial) throws SQLException {
        DrawnSequence sequence = drawing.sequence();
        Optional<Long> needed = needed(drawing, marks);
        DrawnSequence.Position position = sequence.position(context.session());
        boolean move = needed.isPresent() && !sequence.isBehind(position, needed.get());
        if (move && !trial) {
            sequence.move(context.session(), needed.get());
            position = sequence.position(context.session());
        }
        return new CheckResult(
                drawing.subject(),
                "sequence " + sequence.sql(),
                needed.map(number -> "given out: " + number).orElse("no number"),
                move && trial ? position + "; will be " + needed.get() : position.toString(),
                trial || needed.isEmpty() || sequence.isBehind(position, needed.get()));
    }

    /** The furthest number that the sequence could have given: of the rows that are there, and SQLite's own mark. */
    private Optional<Long> needed(Drawing drawing, Map<String, Long> marks) throws SQLException {
        DrawnSequence sequence = drawing.sequence();
        String number = text(context.session(), furthest(drawing));
        Optional<Long> rows = Optional.ofNullable(number)
                .map(text -> new BigDecimal(text).setScale(0, RoundingMode.CEILING))
                .filter(sequence::gives)
                .map(BigDecimal::longValue);
        Optional<Long> mark = Optional.ofNullable(
                        marks.get(drawing.table().source().name()))
                .filter(given -> isRowid(drawing) && !sequence.descending())
                .filter(given -> sequence.gives(BigDecimal.valueOf(given)));
        if (rows.isEmpty() || mark.isEmpty()) {
            return rows.or(() -> mark);
        }
        return Optional.of(Math.max(rows.get(), mark.get()));
    }

    private String furthest(Drawing drawing) throws SQLException {
        DrawnSequence sequence = drawing.sequence();
        String column = Identifiers.quote(drawing.column().name());
        String number = NUMBERS.contains(drawing.column().kind())
                ? column
                : "substring(%s::text FROM E'%s')::numeric"
                        .formatted(
                                column,
                                pattern(drawing)
                                        .orElseThrow()
                                        .replace("\\", "\\\\")
                                        .replace("'", "\\'"));
        return "SELECT %s(n) FROM (SELECT %s AS n FROM %s) v WHERE n >= %d AND n <= %d"
                .formatted(
                        sequence.descending() ? "min" : "max",
                        number,
                        drawing.table().target().sql(),
                        sequence.least(),
                        sequence.most());
    }

    private Optional<String> pattern(Drawing drawing) throws SQLException {
        String expression = drawing.sequence().expression();
        return expression == null || !TEXTS.contains(drawing.column().kind())
                ? Optional.empty()
                : NumberedText.pattern(context.session(), expression);
    }

    /** SQLite's mark is that of the only key column, which is the rowid. */
    private static boolean isRowid(Drawing drawing) {
        return isRowid(drawing.table(), drawing.column());
    }

    private static boolean isRowid(TablePlan table, ColumnPlan column) {
        List<SourceColumn> key = table.source().columns().stream()
                .filter(source -> source.keyPosition() > 0)
                .toList();
        return NUMBERS.contains(column.kind())
                && key.size() == 1
                && key.get(0).name().equals(column.sourceName());
    }

    private static String text(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
