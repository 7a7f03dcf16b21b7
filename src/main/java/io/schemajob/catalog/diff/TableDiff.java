package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.PartitionPolicy;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlTokens;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Compares one table that both sides have. */
final class TableDiff {
    /** The level of declarations that say by leaving the name of a primary key out that it is the one that PostgreSQL gives. */
    private static final int KEY_NAME_SINCE = 5;

    private final Table declared;
    private final Table live;
    private final Schema declaredSchema;
    private final Schema liveSchema;
    private final Findings findings;
    private final ObjectIdentity object;

    /** Compares the table of this name, which both schemas have. */
    TableDiff(String name, Schema declaredSchema, Schema liveSchema, Findings findings) {
        this.declared = declaredSchema.tables().get(name);
        this.live = liveSchema.tables().get(name);
        this.declaredSchema = declaredSchema;
        this.liveSchema = liveSchema;
        this.findings = findings;
        this.object = declared.identity();
    }

    void compare() {
        findings.owner(object, live.owner());
        attributes();
        Set<String> missing = new ColumnDiff(declared, live, parents(), findings).compare();
        primaryKey(missing);
        constraints(missing);
        new IndexDiff(declared.name(), comesAndGoes(), findings).compare(declared.indexes(), live.indexes(), missing);
        TriggerDiff.compare(declared.name(), declared.triggers(), live.triggers(), findings);
    }

    private List<ColumnDiff.Parent> parents() {
        return declared.parents().stream()
                .filter(name -> declaredSchema.table(name) != null && liveSchema.table(name) != null)
                .map(name -> new ColumnDiff.Parent(declaredSchema.table(name), liveSchema.table(name)))
                .toList();
    }

    private boolean isMissing(String table) {
        return declaredSchema.tables().containsKey(table)
                && !liveSchema.tables().containsKey(table);
    }

    private void attributes() {
        findings.same(object, "partitioning", declared.partitionBy(), live.partitionBy());
        findings.same(object, "partition", partition(declared), partition(live));
        findings.same(object, "parents", declared.inherits(), live.inherits());
        findings.same(object, "persistence", persistence(declared), persistence(live));
        findings.same(object, "row security", rowSecurity(declared), rowSecurity(live));
        findings.comment(Comments.TABLE, object, declared.comment(), live.comment());
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
        String state = table.rowSecurity() ? "on" : "off";
        return table.forceRowSecurity() ? (table.rowSecurity() ? "forced" : "off, forced once enabled") : state;
    }

    private void primaryKey(Set<String> missing) {
        Key expected = state(declared.primaryKey(), live.primaryKey());
        Key found = live.primaryKey();
        ObjectIdentity key = ObjectIdentity.only("primary key", declared.name());
        if (expected == null && found == null) {
            return;
        }
        if (expected == null) {
            findings.intruder(key, Describe.key(found));
        } else if (found == null) {
            (mentionsAny(expected.columns(), missing) ? findings.silent() : findings)
                    .missing(key, Describe.key(expected));
        } else {
            findings.same(key, "definition", expected, found, one -> one.named(null), Describe::key);
            String usual = declared.name() + "_pkey";
            // The other side may be a declaration too, which leaves out the name that PostgreSQL gives.
            String name = found.name() == null ? usual : found.name();
            if (expected.name() != null && !expected.name().equals(name)) {
                findings.renamed(key, expected.name(), name);
            } else if (expected.name() == null && findings.exact() && !usual.equals(name)) {
                (findings.knows(KEY_NAME_SINCE) ? findings : findings.silent()).renamed(key, usual, name);
            }
        }
    }

    /** A key that is declared incomplete may have become complete with partitions that come and go. */
    private Key state(Key declaredKey, Key liveKey) {
        return comesAndGoes() && declaredKey != null && liveKey != null && liveKey.valid()
                ? declaredKey.whole()
                : declaredKey;
    }

    private boolean comesAndGoes() {
        return declared.partitions() == PartitionPolicy.IGNORE;
    }

    private void constraints(Set<String> missing) {
        new ConstraintDiff<Key>(
                        named("unique constraint"),
                        Key::name,
                        key -> key.named(null),
                        Describe::key,
                        key -> mentionsAny(key.columns(), missing))
                .compare(
                        declared.unique().stream()
                                .map(key -> state(
                                        key,
                                        live.unique().stream()
                                                .filter(other -> other.name().equals(key.name()))
                                                .findFirst()
                                                .orElse(null)))
                                .toList(),
                        live.unique(),
                        findings);
        new ConstraintDiff<ForeignKey>(
                        named("foreign key"),
                        ForeignKey::name,
                        key -> key.named(null),
                        Describe::foreignKey,
                        key -> mentionsAny(key.columns(), missing) || isMissing(key.table()))
                .compare(declared.foreignKeys(), live.foreignKeys(), findings);
        new ConstraintDiff<Check>(
                        named("check"),
                        Check::name,
                        check -> check.named(null),
                        Describe::check,
                        check -> SqlTokens.mentions(check.expression(), missing))
                .compare(declared.checks(), live.checks(), findings);
        new ConstraintDiff<Exclusion>(
                        named("exclusion constraint"),
                        Exclusion::name,
                        Exclusion::definition,
                        Exclusion::definition,
                        exclusion -> SqlTokens.mentions(exclusion.definition(), missing))
                .compare(declared.exclusions(), live.exclusions(), findings);
    }

    private Function<String, ObjectIdentity> named(String kind) {
        return name -> ObjectIdentity.in(declared.name(), kind, name);
    }

    private static boolean mentionsAny(List<String> columns, Set<String> missing) {
        return !Collections.disjoint(columns, missing);
    }
}
