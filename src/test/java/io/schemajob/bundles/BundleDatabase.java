package io.schemajob.bundles;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.VerificationReport;
import io.schemajob.catalog.VerificationRequest;
import io.schemajob.catalog.Verifier;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A fresh database on a real server, one session in it, and one built-in bundle to run there, script by script. */
final class BundleDatabase implements AutoCloseable {
    private static final String CATALOG = resource("catalog.sql");
    private static final String DAMAGES = resource("damages.sql");

    private final Bundle bundle;
    private final Connection session;

    private BundleDatabase(String bundle, Connection session) {
        this.bundle = BundleLoader.load(bundle);
        this.session = session;
    }

    /** The session is the database owner's, an ordinary role. */
    static BundleDatabase owned(int major, String bundle) throws SQLException {
        return new BundleDatabase(
                bundle, Postgres.version(major).createDatabase().connect());
    }

    /** The session is a superuser's. */
    static BundleDatabase administered(int major, String bundle) throws SQLException {
        return new BundleDatabase(
                bundle, Postgres.version(major).createDatabase().planningOnce());
    }

    static BundleDatabase of(Connection session, String bundle) {
        return new BundleDatabase(bundle, session);
    }

    /** Runs every up script, each in a transaction. */
    void up() throws SQLException {
        for (Migration migration : bundle.migrations()) {
            run(migration.up());
        }
    }

    /** Runs every down script, newest first, each in a transaction. */
    void down() throws SQLException {
        List<Migration> newestFirst = new ArrayList<>(bundle.migrations());
        Collections.reverse(newestFirst);
        for (Migration migration : newestFirst) {
            run(migration.downScript().orElseThrow());
        }
    }

    private void run(Script script) throws SQLException {
        session.setAutoCommit(false);
        try {
            for (var statement : ScriptParser.parse(script).statements()) {
                execute(statement.sql());
            }
            session.commit();
        } finally {
            session.rollback();
            session.setAutoCommit(true);
        }
    }

    /** What a check of {@code verify/} finds: the {@code problem} of each row. */
    List<String> check(String file) throws SQLException {
        List<String> problems = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(file("verify/" + file))) {
            while (rows.next()) {
                problems.add(rows.getString("problem"));
            }
        }
        return problems;
    }

    /** Compares with the bundle's declared schema, in which nothing may be missing. */
    VerificationReport verify() throws SQLException {
        List<TextFile> checks = bundle.files().values().stream()
                .filter(file -> file.path().startsWith("verify/"))
                .toList();
        Schema declared = SchemaYaml.read(bundle.file("schema.yaml").orElseThrow());
        return Verifier.verify(
                session, new VerificationRequest("public", null, declared, checks, new DiffOptions(true, null)));
    }

    /** Compares after a statement whose effect is then undone. */
    VerificationReport verifyAfter(String damage) throws SQLException {
        session.setAutoCommit(false);
        try {
            execute(damage);
            return verify();
        } finally {
            session.rollback();
            session.setAutoCommit(true);
        }
    }

    /** Statements of which each takes a single thing away from the schema. */
    List<String> damages() throws SQLException {
        return column(DAMAGES);
    }

    String file(String path) {
        return bundle.file(path).orElseThrow().text();
    }

    /** Every object in schema public, a line each. */
    List<String> catalog() throws SQLException {
        return column(CATALOG);
    }

    /** Executes; returns how many rows the first statement touched. */
    int execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    /** The first column of the first row as text, or null without a row. */
    String value(String sql) throws SQLException {
        List<String> values = column(sql);
        return values.isEmpty() ? null : values.get(0);
    }

    List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** The server's SQLSTATE for a statement, {@code 00000} if it is accepted; the statement's effect is undone. */
    String stateOf(String sql) throws SQLException {
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
            return "00000";
        } catch (SQLException e) {
            return e.getSQLState();
        } finally {
            session.rollback();
            session.setAutoCommit(true);
        }
    }

    /** The plan of a query when the planner avoids whole-table scans and sorts wherever it can. */
    String indexPlan(String query) throws SQLException {
        execute("SET enable_seqscan = off; SET enable_sort = off");
        try {
            return String.join("\n", column("EXPLAIN " + query));
        } finally {
            execute("RESET enable_seqscan; RESET enable_sort");
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }

    private static String resource(String name) {
        try (InputStream in = BundleDatabase.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
