package io.schemajob.job.author;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.ScriptOutline;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.sql.SqlName;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.catalog.docs.BundleHistory;
import io.schemajob.catalog.docs.RelationName;
import io.schemajob.lint.effect.TrackedSchema;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.DdlReader;
import io.schemajob.lint.sql.TableAction;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads from the up scripts of a bundle which statements are about which table or view. It follows renames. What scripts do
 * inside functions and blocks is unseen.
 */
final class ScriptHistory {
    private static final int LONGEST = 100;

    private final String main;
    private final TrackedSchema tracked = new TrackedSchema();
    private final List<BundleHistory.Step> steps = new ArrayList<>();
    private final Map<RelationName, List<BundleHistory.Change>> changes = new LinkedHashMap<>();

    private ScriptHistory(Bundle bundle) {
        main = bundle.schemas().isEmpty() ? "public" : bundle.schemas().get(0);
    }

    static BundleHistory of(Bundle bundle) {
        ScriptHistory history = new ScriptHistory(bundle);
        bundle.migrations().forEach(history::read);
        bundle.repeatables().forEach(history::read);
        return new BundleHistory(history.steps, history.changes);
    }

    private void read(Migration migration) {
        BundleHistory.Step step = new BundleHistory.Step(
                migration.repeatable() ? null : migration.version().toString(),
                migration.title(),
                migration.up().path());
        steps.add(step);
        ScriptOutline outline;
        try {
            outline = ScriptParser.outline(migration.up());
        } catch (SchemajobException e) {
            // Lint reports it; the page still lists the script.
            return;
        }
        for (Statement statement : outline.statements()) {
            Ddl ddl = DdlReader.read(statement);
            BundleHistory.Change change = new BundleHistory.Change(step, statement.line(), statement.headline(LONGEST));
            subjects(ddl).stream()
                    .filter(Objects::nonNull)
                    .map(this::relation)
                    .distinct()
                    .forEach(relation -> changes.computeIfAbsent(relation, name -> new ArrayList<>())
                            .add(change));
            tracked.apply(ddl);
            follow(ddl);
        }
    }

    private List<SqlName> subjects(Ddl ddl) {
        if (ddl instanceof Ddl.CreateTable create) {
            return List.of(create.table());
        } else if (ddl instanceof Ddl.Create create) {
            return isRelation(create.kind()) ? List.of(create.name()) : List.of();
        } else if (ddl instanceof Ddl.CreateIndex create) {
            return List.of(create.table());
        } else if (ddl instanceof Ddl.Alter alter) {
            return isRelation(alter.kind()) ? List.of(alter.name()) : tables(List.of(alter.name()));
        } else if (ddl instanceof Ddl.Drop drop) {
            return drop.kind() == Ddl.Kind.INDEX ? tables(drop.names()) : List.of();
        } else if (ddl instanceof Ddl.ChangeRows rows) {
            return List.of(rows.table());
        } else if (ddl instanceof Ddl.Truncate truncate) {
            return truncate.tables();
        } else if (ddl instanceof Ddl.Touch touch) {
            return touch.tables();
        }
        return List.of();
    }

    private static boolean isRelation(Ddl.Kind kind) {
        return kind == Ddl.Kind.TABLE || kind == Ddl.Kind.VIEW || kind == Ddl.Kind.MATERIALIZED_VIEW;
    }

    private List<SqlName> tables(List<SqlName> indexes) {
        return indexes.stream()
                .flatMap(index -> tracked.index(index).map(TrackedSchema.Index::table).stream())
                .toList();
    }

    /** What is dropped has no history any more, and what gets another name takes it along. */
    private void follow(Ddl ddl) {
        if (ddl instanceof Ddl.Drop drop && isRelation(drop.kind())) {
            drop.names().forEach(name -> changes.remove(relation(name)));
        } else if (ddl instanceof Ddl.Alter alter && isRelation(alter.kind())) {
            RelationName name = relation(alter.name());
            for (TableAction action : alter.actions()) {
                if (action instanceof TableAction.Rename rename) {
                    changes.put(relation(rename.to()), changes.remove(name));
                }
            }
        }
    }

    private RelationName relation(SqlName name) {
        boolean isMain = name.schema() == null || name.schema().equals(main);
        return new RelationName(isMain ? "" : name.schema(), name.name());
    }
}
