package io.schemajob.job.author;

import io.schemajob.bundle.Bundle;
import io.schemajob.catalog.Snapshot;
import io.schemajob.catalog.TimePartitions;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.adopt.MigrationTool;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.migration.script.MigrationLabels;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Writes down what a live database has, as the declared schema of the next release. */
public final class SnapshotJob {
    private static final String NOT_HELD = "Not held here and not compared: ";

    private final RunContext run;
    private final List<String> rowsOf;

    /**
     * The job.
     *
     * @param rowsOf tables whose rows belong to the declared schema, beyond those that declare rows already
     */
    public SnapshotJob(RunContext run, List<String> rowsOf) {
        this.run = run;
        this.rowsOf = rowsOf;
    }

    /** The text of {@code schema.yaml}. */
    public String execute() {
        Bundle bundle = run.beginning();
        Schema declared = bundle.file("schema.yaml").map(SchemaYaml::read).orElse(Schema.EMPTY);
        // The database may be at a version without them, as a scratch database is before the first script.
        Set<String> tables = new LinkedHashSet<>();
        withRows(declared, "", tables);
        declared.further().forEach((name, schema) -> withRows(schema, name + ".", tables));
        try (RunSession session = RunSession.open(run, bundle)) {
            String version = MigrationLabels.of(session.history().current());
            boolean privileges =
                    bundle.comparesPrivileges() || declared.objects().coverage().privileges();
            Schema schema = Snapshot.take(
                    session.lockConnection(),
                    new Snapshot.Request(
                            session.schema(), session.furtherSchemas(), HistoryTable.NAME, rowsOf, tables, privileges));
            List<String> header = new ArrayList<>();
            header.add("Declared schema of %s at version %s.".formatted(bundle.name(), version));
            if (!privileges) {
                String left = NOT_HELD + "owners and privileges; privileges: declared in bundle.yaml includes them.";
                header.add(left);
                run.log().detail(left);
            }
            tellNotHeld(schema, "", header);
            schema.further().forEach((name, other) -> tellNotHeld(other, " in schema " + name, header));
            Map<String, Schema> further = new TreeMap<>();
            schema.further()
                    .forEach((name, other) -> further.put(
                            name, withoutHistories(other, declared.further().getOrDefault(name, Schema.EMPTY))));
            TimePartitions kept = TimePartitions.of(
                    withoutHistories(schema, declared).withFurther(further), declared, session.schema());
            kept.left().forEach((table, count) -> {
                String left =
                        "Partitions of %s are ignored, as they come and go (%d left out); partitions: declared keeps them."
                                .formatted(table, count);
                header.add(left);
                run.log().detail(left);
            });
            return SchemaYaml.write(kept.schema(), header);
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The catalog could not be read", e);
        }
    }

    private static void withRows(Schema schema, String prefix, Set<String> tables) {
        schema.tables().forEach((name, table) -> {
            if (!table.rows().isEmpty()) {
                tables.add(prefix + name);
            }
        });
    }

    private void tellNotHeld(Schema schema, String where, List<String> header) {
        schema.objects().notHeld().forEach((words, names) -> {
            String left = NOT_HELD + "%s%s (%s).".formatted(words, where, String.join(", ", names));
            header.add(left);
            run.log().warn(left);
        });
    }

    /** Another tool's history is not part of the schema, as ours is not. */
    private static Schema withoutHistories(Schema schema, Schema declared) {
        Predicate<String> history =
                table -> MigrationTool.isHistory(table) && !declared.tables().containsKey(table);
        Schema without = schema.withoutTables(history);
        return without.withObjects(without.objects().filtered(object -> {
            String relation = Kinds.of(object.kind()).relation(object);
            return relation == null || !history.test(relation);
        }));
    }
}
