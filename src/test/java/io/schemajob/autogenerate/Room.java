package io.schemajob.autogenerate;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.catalog.Snapshot;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.job.author.AutogenerateJob;
import io.schemajob.job.migrate.MigrateJob;
import io.schemajob.job.migrate.RollbackJob;
import io.schemajob.lint.LintConfig;
import io.schemajob.lint.Linter;
import io.schemajob.lint.finding.LintFinding;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.log.Redactor;
import io.schemajob.report.result.RunReport;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.RecordingLog;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A schema of its own with a bundle of its own, in one process with the test: the jobs are those of the commands, without
 * the start of a process for each.
 */
final class Room {
    private final Postgres.Database database;
    private final String schema;
    private final Path bundle;

    Room(Postgres.Database database, String schema) {
        this.database = database;
        this.schema = schema;
        this.bundle = ScriptFolder.create().path();
        database.execute("CREATE SCHEMA " + schema);
    }

    /** Begins a bundle with a migration that does nothing, so that there is something to go back to. */
    Room migrated() {
        write("bundle.yaml", "strict: true\n");
        write("001_start.up.sql", "SELECT 1;\n");
        write("001_start.down.sql", "SELECT 1;\n");
        migrate(false);
        return this;
    }

    void write(String file, String text) {
        try {
            Files.writeString(bundle.resolve(file), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements one by one; the first failure ends it. */
    void run(String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            run(connection, sql);
        }
    }

    /** Runs statements all or none, but for new values of an enum, which have to be committed before they are used. */
    boolean applies(Shop.Change change) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(change.needsCommit());
            run(connection, change.sql());
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return true;
        } catch (SQLException e) {
            if (change.needsCommit()) {
                throw e;
            }
            return false;
        }
    }

    private void run(Connection connection, String sql) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + schema + ", public");
            for (Statement part : ScriptParser.outline(Script.of(new TextFile("test.sql", sql)))
                    .statements()) {
                statement.execute(part.sql());
            }
        }
    }

    /** What {@code snapshot} would write of it now. */
    String declared() throws SQLException {
        try (Connection connection = database.connect()) {
            return declared(connection);
        }
    }

    /** What {@code snapshot} would write after these statements, which are rolled back. */
    String declaredAfter(String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            run(connection, sql);
            String declared = declared(connection);
            connection.rollback();
            return declared;
        }
    }

    private String declared(Connection connection) throws SQLException {
        return SchemaYaml.write(Snapshot.take(connection, schema, "flyway_schema_history", List.of()), List.of());
    }

    /** Deletes the scripts that were written, once they have been rolled back. */
    void forget() throws IOException {
        try (Stream<Path> files = Files.list(bundle)) {
            for (Path file : files.filter(Room::isNew).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isNew(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".sql") && !name.startsWith("001");
    }

    /** The same with the columns of tables in the order of their names: one that comes back comes back at the end. */
    String catalog() throws SQLException {
        Schema whole = SchemaYaml.read(new TextFile("schema.yaml", declared()));
        Map<String, Table> tables = new HashMap<>();
        whole.tables().forEach((name, table) -> {
            TableBuilder builder = TableBuilder.of(table);
            builder.columns.sort(Comparator.comparing(Column::name));
            tables.put(name, builder.build());
        });
        return SchemaYaml.write(whole.withTables(tables), List.of());
    }

    void drop() {
        database.execute("DROP SCHEMA " + schema + " CASCADE");
    }

    AutogenerateJob.Generated autogenerate(boolean assumeRows) {
        return new AutogenerateJob(context(), "Change", assumeRows, Clock.systemUTC()).execute();
    }

    void migrate(boolean verify) {
        new MigrateJob(context(), new MigrateJob.Options("head", false, verify)).execute();
    }

    void rollback() {
        new RollbackJob(context(), "001", migrations -> true).execute();
    }

    /** Everything that lint says of the new scripts, from the level of a remark on. */
    List<LintFinding> findings() {
        Bundle whole = BundleLoader.load(bundle + "/");
        return Linter.lint(whole, LintConfig.of(whole)).findings().stream()
                .filter(finding -> !finding.file().startsWith("001"))
                .toList();
    }

    /** Decides, as a person would, that what may have been renamed has not been. */
    void takeHyphensAway() throws IOException {
        try (Stream<Path> files = Files.list(bundle)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sql")).toList()) {
                List<String> lines = new ArrayList<>();
                boolean open = false;
                for (String line : Files.readAllLines(file)) {
                    boolean remark = line.matches(
                            "-- .*: (It may have become|What is commented out needs it|It is part of) ?.*");
                    open = remark || open && line.startsWith("-- ");
                    lines.add(open && !remark ? line.substring("-- ".length()) : line);
                }
                Files.write(file, lines);
            }
        }
    }

    /** All new scripts, for the message of a failed test. */
    String scripts() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(bundle)) {
            for (Path file : files.filter(Room::isNew).toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        StringBuilder all = new StringBuilder();
        texts.forEach((name, text) ->
                all.append("=== ").append(name).append('\n').append(text).append('\n'));
        return all.toString();
    }

    private RunContext context() {
        Map<Setting, String> options = Map.of(Setting.BUNDLE, bundle.toString() + "/", Setting.SCHEMA, schema);
        Map<String, String> environment = Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                String.valueOf(database.server().port()),
                "PGDATABASE",
                database.name(),
                "PGUSER",
                database.user(),
                "PGPASSWORD",
                database.password());
        return new RunContext(
                new Settings(options, environment, name -> null),
                new RecordingLog(),
                new Redactor(),
                new CancellationToken(),
                new RunReport());
    }
}
