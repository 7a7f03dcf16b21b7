package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** A SQLite file in a folder of its own, as an application would have left it. SQL errors are unchecked. */
public final class SqliteFile {
    /** The layout of phase 1, as seed 002 documents it. */
    public static final String PHASE_1 =
            """
            CREATE TABLE agents (id TEXT PRIMARY KEY, name TEXT NOT NULL, agent_type TEXT NOT NULL,
                status TEXT DEFAULT 'idle', capabilities TEXT, system_prompt TEXT,
                model_provider TEXT DEFAULT 'openrouter', model_name TEXT DEFAULT 'auto',
                created_at TEXT, updated_at TEXT);
            CREATE TABLE tasks (id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT,
                status TEXT DEFAULT 'pending', priority TEXT DEFAULT 'medium', assigned_agent_id TEXT,
                created_at TEXT, updated_at TEXT, FOREIGN KEY (assigned_agent_id) REFERENCES agents (id));
            """;

    private static final String[] STATUSES = {"pending", "in_progress", "completed", "failed", "cancelled"};
    private static final String[] PRIORITIES = {"low", "medium", "high", "urgent"};

    private final Path path;

    private SqliteFile(Path path) {
        this.path = path;
    }

    /** A file with these tables and rows. */
    public static SqliteFile of(String... statements) {
        return new SqliteFile(TemporaryFolders.create("sqlite").resolve("agents.db")).execute(statements);
    }

    /** A file that something else has written. */
    public static SqliteFile existing(Path path) {
        return new SqliteFile(path);
    }

    /** A file of phase 1 with clean rows: agents 1 to n, tasks 1 to m, ids partly UUIDs. */
    public static SqliteFile phase1(int agents, int tasks) {
        SqliteFile file = of(PHASE_1);
        try (Connection connection = file.connect()) {
            connection.setAutoCommit(false);
            file.insertAgents(connection, agents);
            file.insertTasks(connection, agents, tasks);
            connection.commit();
            return file;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void insertAgents(Connection connection, int agents) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO agents VALUES (?, ?, 'master_operator', 'idle', '[\"a\"]', NULL, 'openrouter', 'auto', ?, ?)")) {
            for (int i = 1; i <= agents; i++) {
                insert.setString(1, agentId(i));
                insert.setString(2, "agent " + i);
                insert.setString(3, "2025-01-01T00:00:00");
                insert.setString(4, "2025-01-01 00:00:00.5+02:00");
                insert.executeUpdate();
            }
        }
    }

    private void insertTasks(Connection connection, int agents, int tasks) throws SQLException {
        Random random = new Random(1);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int i = 1; i <= tasks; i++) {
                insert.setString(
                        1, i % 3 == 0 ? "task-" + i : new UUID(random.nextLong(), random.nextLong()).toString());
                insert.setString(2, "task " + i);
                insert.setString(3, i % 10 == 0 ? null : "what to do about " + random.nextInt(1000));
                insert.setString(4, STATUSES[i % STATUSES.length]);
                insert.setString(5, PRIORITIES[i % PRIORITIES.length]);
                insert.setString(6, i % 7 == 0 ? null : agentId(1 + i % agents));
                insert.setString(7, "2025-01-01T00:00:%02d".formatted(i % 60));
                insert.setString(8, null);
                insert.executeUpdate();
            }
        }
    }

    private static String agentId(int number) {
        return number % 2 == 0 ? "agent-" + number : new UUID(7, number).toString();
    }

    public Path path() {
        return path;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + path);
    }

    /** Runs scripts of statements. */
    public SqliteFile execute(String... scripts) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String script : scripts) {
                for (String sql : script.split(";(\\s+|$)")) {
                    statement.execute(sql);
                }
            }
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", scripts), e);
        }
    }

    /** Runs one script as it is, triggers and all. */
    public SqliteFile script(String script) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(script);
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(script, e);
        }
    }

    /** All rows, columns joined by {@code |}. */
    public List<String> rows(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return Rows.joined(result);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Names of the files in its folder. */
    public List<String> folder() {
        try (Stream<Path> files = Files.list(path.getParent())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of its bytes. */
    public String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A run of {@code import sqlite} of this file, with its copy in a folder of its own. */
    public App importInto(Postgres.Database database, String bundle, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                "sqlite",
                path.toString(),
                "--bundle",
                bundle,
                "--backup-dir",
                TemporaryFolders.create("backups").toString()));
        arguments.addAll(List.of(more));
        return App.command(arguments.toArray(String[]::new)).database(database);
    }
}
