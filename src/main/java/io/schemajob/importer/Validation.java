package io.schemajob.importer;

import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.load.LoadContext;
import io.schemajob.importer.load.LoadedTable;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.target.MappedForeignKey;
import io.schemajob.importer.validate.CheckResult;
import io.schemajob.importer.validate.Checksums;
import io.schemajob.importer.validate.TargetSums;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Proves, inside the transaction, that the target holds what the source does. */
final class Validation {
    private final LoadContext context;
    private final List<String> differences = new ArrayList<>();

    Validation(LoadContext context) {
        this.context = context;
    }

    /**
     * Compares everything.
     *
     * @param before sums of the target's tables before the import, for those that had rows
     */
    List<CheckResult> run(List<LoadedTable> loaded, Map<String, Checksums> before) throws SQLException {
        List<CheckResult> verdicts = new ArrayList<>();
        int done = 0;
        for (LoadedTable table : loaded) {
            context.cancellation().check();
            TablePlan plan = table.plan();
            try (LockWatch.Watch watch =
                    context.phase("Comparing %s (%d of %d)".formatted(plan.name(), ++done, loaded.size()))) {
                verdicts.addAll(compare(table, plan, before.get(plan.name())));
            }
        }
        return verdicts;
    }

    private List<CheckResult> compare(LoadedTable table, TablePlan plan, Checksums before) throws SQLException {
        List<CheckResult> verdicts = new ArrayList<>();
        Checksums now = TargetSums.of(context.session(), plan);
        Checksums added = before == null ? now : now.minus(before);
        long counted = context.counts().get(plan.name());
        verdicts.add(CheckResult.none(plan.name(), "rows read but not counted", table.read() - counted));
        verdicts.addAll(CheckResult.compare(plan.name(), table.sums(), added));
        List<String> wrong = table.samples().differences(context.session());
        differences.addAll(wrong);
        verdicts.add(CheckResult.none(
                plan.name(),
                "differences in %d sampled rows".formatted(table.samples().size()),
                wrong.size()));
        for (MappedForeignKey key : plan.target().foreignKeys()) {
            verdicts.add(CheckResult.none(plan.name(), "rows that break " + key.name(), orphans(plan, key)));
        }
        verdicts.add(CheckResult.none(plan.name(), "invalid keys and indexes", invalid(plan)));
        return verdicts;
    }

    /** Fields of sampled rows that are not what they should be, in words. */
    List<String> differences() {
        return differences;
    }

    /** Where to look for what made the two differ. */
    String suspects(CheckResult wrong) {
        String triggers = "triggers on the table that change rows as they come in.";
        return context.plan().tables().stream()
                        .filter(table -> table.source().derived())
                        .filter(table -> wrong.isOf(table.name()))
                        .findFirst()
                        .map(table ->
                                "Look for what gives other rows each time that the %s of %s is read, such as random(); and for "
                                        .formatted(table.source().query() == null ? "view" : "query", table.name()))
                        .orElse("Look for ")
                + triggers;
    }

    private long orphans(TablePlan plan, MappedForeignKey key) throws SQLException {
        StringBuilder equal = new StringBuilder();
        for (int i = 0; i < key.columns().size(); i++) {
            equal.append(i == 0 ? "" : " AND ")
                    .append("p." + Identifiers.quote(key.referenced().get(i)))
                    .append(" = c." + Identifiers.quote(key.columns().get(i)));
        }
        String present = key.columns().stream()
                .map(column -> "c." + Identifiers.quote(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        return number("SELECT count(*) FROM %s c WHERE %s AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s)"
                .formatted(plan.target().sql(), present, key.tableSql(), equal));
    }

    private long invalid(TablePlan plan) throws SQLException {
        String table = plan.target().regclass();
        return number(("SELECT (SELECT count(*) FROM pg_index WHERE indrelid = %s AND NOT (indisvalid AND indisready))"
                        + " + (SELECT count(*) FROM pg_constraint WHERE conrelid = %s AND NOT convalidated)")
                .formatted(table, table));
    }

    private long number(String sql) throws SQLException {
        Connection session = context.session();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
