package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Fifty thousand tasks with everything that clean data can have; every field of every row is looked at. What it should be
 * is worked out here from what was written, and not by the product's converters.
 */
class ImportFieldsIT {
    private static final int TASKS = 50_000;
    private static final String[] STATUSES = {"pending", "in_progress", "completed", "failed", "cancelled", null};
    private static final String[] PRIORITIES = {"low", "medium", "high", "urgent", null};

    /** As written, and as PostgreSQL prints it in UTC. */
    private static final String[][] TIMES = {
        {"2025-03-01T10:00:00", "2025-03-01 10:00:00+00"},
        {"2025-03-01 10:00:00.25", "2025-03-01 10:00:00.25+00"},
        {"2025-03-01T10:00:00Z", "2025-03-01 10:00:00+00"},
        {"2025-03-01T10:00:00.000001+05:30", "2025-03-01 04:30:00.000001+00"},
        {"1969-07-20", "1969-07-20 00:00:00+00"},
        {null, null},
    };

    /** As written, and as jsonb prints it. */
    private static final String[][] CAPABILITIES = {
        {"[\"a\",\"b\"]", "[\"a\", \"b\"]"},
        {"{\"b\": 1, \"a\": 1, \"b\": 2}", "{\"a\": 1, \"b\": 2}"},
        {"{\"x\": {\"k\": 1, \"k\": 2.0}}", "{\"x\": {\"k\": 2.0}}"},
        {"\"\\ud83e\\udd16 \\u00e9\"", "\"🤖 é\""},
        {null, "[]"},
        {"", "[]"},
    };

    @Test
    void everyFieldIsWhatTheMappingSays() throws SQLException {
        SqliteFile file = SqliteFile.of(SqliteFile.PHASE_1);
        Map<String, String> expected = new HashMap<>();
        try (Connection connection = file.connect()) {
            connection.setAutoCommit(false);
            agents(connection, expected);
            tasks(connection, expected);
            connection.commit();
        }
        Postgres.Database db = Postgres.version(18).createDatabase();
        var result = file.importInto(db, "agent-platform").run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.out()).contains("WARNING: agents.capabilities: JSON objects had a key twice");
        try (OtherSession eye = OtherSession.of(db)) {
            // last_analyze: by a command, and not by autovacuum on its way.
            assertThat(eye.rows("SELECT relname FROM pg_stat_user_tables WHERE last_analyze IS NOT NULL ORDER BY 1"))
                    .containsExactly("agents", "tasks");
            eye.execute("SET timezone = 'UTC'");
            Map<String, String> found = new HashMap<>();
            read(
                    eye,
                    found,
                    "SELECT id::text, concat_ws(E'\\x1f', name, agent_type, coalesce(status, '∅'), capabilities::text,"
                            + " coalesce(system_prompt, '∅'), model_provider, model_name, coalesce(created_at::text, '∅'),"
                            + " coalesce(updated_at::text, '∅'), performance_metrics) FROM agents");
            read(
                    eye,
                    found,
                    "SELECT id::text, concat_ws(E'\\x1f', title, coalesce(description, '∅'), coalesce(status, '∅'),"
                            + " coalesce(priority, '∅'), coalesce(assigned_agent_id::text, '∅'), coalesce(created_at::text, '∅'),"
                            + " coalesce(updated_at::text, '∅'), step_order, context_data) FROM tasks");
            assertThat(found).isEqualTo(expected);
        }
    }

    private static void read(OtherSession eye, Map<String, String> into, String sql) {
        for (String row : eye.rows(sql)) {
            into.put(row.substring(0, 36), row.substring(37));
        }
    }

    private static void agents(Connection connection, Map<String, String> expected) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO agents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int i = 0; i < CAPABILITIES.length; i++) {
                String[] time = TIMES[i % TIMES.length];
                String prompt = i % 2 == 0 ? "" : null;
                String status = i == 0 ? null : "busy";
                set(
                        insert,
                        agent(i),
                        "ágent " + i,
                        "chief_of_staff",
                        status,
                        CAPABILITIES[i][0],
                        prompt,
                        "p",
                        "m",
                        time[0],
                        time[0]);
                expected.put(
                        agent(i),
                        line(
                                "ágent " + i,
                                "chief_of_staff",
                                status,
                                CAPABILITIES[i][1],
                                prompt,
                                "p",
                                "m",
                                time[1],
                                time[1],
                                "{}"));
            }
        }
    }

    private static void tasks(Connection connection, Map<String, String> expected) throws SQLException {
        Random random = new Random(7);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int i = 0; i < TASKS; i++) {
                String id = new UUID(random.nextLong(), random.nextLong()).toString();
                String title = "t" + everyPlane(i);
                String description =
                        i % 5 == 0 ? null : i % 5 == 1 ? "" : "tab\tline\n\"quote\" \\ " + everyPlane(i * 31);
                String agent = i % 4 == 0 ? null : agent(i % CAPABILITIES.length);
                String[] created = TIMES[i % TIMES.length];
                String[] updated = TIMES[i / 7 % TIMES.length];
                String status = STATUSES[i % STATUSES.length];
                String priority = PRIORITIES[i % PRIORITIES.length];
                set(insert, id, title, description, status, priority, agent, created[0], updated[0]);
                expected.put(id, line(title, description, status, priority, agent, created[1], updated[1], "0", "{}"));
            }
        }
    }

    private static String agent(int number) {
        return new UUID(1, number).toString();
    }

    /** A character of each of the seventeen planes in turn. */
    private static String everyPlane(int number) {
        int plane = number % 17;
        int offset = 0x100 + number * 37 % 0xd000;
        return new String(Character.toChars(plane << 16 | offset));
    }

    private static void set(PreparedStatement insert, String... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            insert.setString(i + 1, values[i]);
        }
        insert.executeUpdate();
    }

    private static String line(String... values) {
        List<String> shown = new ArrayList<>();
        for (String value : values) {
            shown.add(value == null ? "∅" : value);
        }
        return String.join("\u001f", shown);
    }
}
