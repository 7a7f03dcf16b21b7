package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlNormalizer;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Compares one table that both sides have. */
final class TableDiff {
    private final Table declared;
    private final Table live;
    private final Set<String> missingTables;
    private final Findings findings;
    private final String object;

    TableDiff(Table declared, Table live, Set<String> missingTables, Findings findings) {
        this.declared = declared;
        this.live = live;
        this.missingTables = missingTables;
        this.findings = findings;
        this.object = "table " + declared.name();
    }

    void compare() {
        findings.owner(object, live.owner());
        attributes();
        List<Column> missing = new ColumnDiff(declared, live, findings).compare();
        primaryKey(missing);
        constraints(missing);
        new IndexDiff(declared.name(), findings).compare(declared.indexes(), live.indexes(), missing);
        TriggerDiff.compare(declared.name(), declared.triggers(), live.triggers(), findings);
    }

    private void attributes() {
        findings.same(
                object,
                "partitioning",
                declared.partitionBy(),
                live.partitionBy(),
                SqlNormalizer.tokens(declared.partitionBy()),
                SqlNormalizer.tokens(live.partitionBy()));
        String expected = partition(declared);
        String found = partition(live);
        findings.same(
                object, "partition", expected, found, SqlNormalizer.tokens(expected), SqlNormalizer.tokens(found));
        findings.same(object, "parents", declared.inherits(), live.inherits());
        findings.same(object, "persistence", persistence(declared), persistence(live));
        findings.same(object, "row security", rowSecurity(declared), rowSecurity(live));
        findings.comment(object, declared.comment(), live.comment());
    }

    private static String partition(Table table) {
        return table.partition() == null
                ? null
                : "of " + table.partition().parent() + " " + table.partition().bound();
    }

    private static String persistence(Table table) {
        return table.unlogged() ? "unlogged" : "logged";
    }

    private static String rowSecurity(Table table) {
        return table.rowSecurity() ? (table.forceRowSecurity() ? "forced" : "on") : "off";
    }

    private void primaryKey(List<Column> missing) {
        Key expected = declared.primaryKey();
        Key found = live.primaryKey();
        String key = "primary key of " + declared.name();
        if (expected == null && found == null) {
            return;
        }
        if (expected == null) {
            findings.intruder(key, Describe.key(found));
        } else if (found == null) {
            if (!mentions(expected.columns(), missing)) {
                findings.missing(key, Describe.key(expected));
            }
        } else {
            findings.same(
                    key,
                    "definition",
                    Describe.key(expected),
                    Describe.key(found),
                    Canonical.key(expected),
                    Canonical.key(found));
            if (expected.name() != null && !expected.name().equals(found.name())) {
                findings.warn(key, "name", expected.name(), found.name());
            }
        }
    }

    private void constraints(List<Column> missing) {
        String table = declared.name();
        new ConstraintDiff<Key>(
                        "unique constraint",
                        table,
                        Key::name,
                        Canonical::key,
                        Describe::key,
                        key -> mentions(key.columns(), missing))
                .compare(declared.unique(), live.unique(), findings);
        new ConstraintDiff<ForeignKey>(
                        "foreign key",
                        table,
                        ForeignKey::name,
                        Describe::foreignKey,
                        Describe::foreignKey,
                        key -> mentions(key.columns(), missing) || missingTables.contains(key.table()))
                .compare(declared.foreignKeys(), live.foreignKeys(), findings);
        new ConstraintDiff<Check>(
                        "check",
                        table,
                        Check::name,
                        Canonical::check,
                        Describe::check,
                        check -> ConstraintDiff.mentions(check.expression(), missing))
                .compare(declared.checks(), live.checks(), findings);
        new ConstraintDiff<Exclusion>(
                        "exclusion constraint",
                        table,
                        Exclusion::name,
                        exclusion -> SqlNormalizer.tokens(exclusion.definition()),
                        Exclusion::definition,
                        exclusion -> ConstraintDiff.mentions(exclusion.definition(), missing))
                .compare(declared.exclusions(), live.exclusions(), findings);
    }

    private static boolean mentions(List<String> columns, List<Column> missing) {
        return !Collections.disjoint(columns, missing.stream().map(Column::name).toList());
    }
}
