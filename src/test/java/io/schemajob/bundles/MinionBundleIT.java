package io.schemajob.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.testing.PgVector;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The minion schema does what its requirement says, on every supported server that pgvector is to be had for. */
class MinionBundleIT {
    private static final String MAJORS = "io.schemajob.testing.PgVector#MAJORS";

    /** Two agents; a session, three activities, a memory and a tool of the first. */
    private static final String ROWS =
            """
            INSERT INTO agents (id, name)
            VALUES ('a1000000-0000-0000-0000-000000000000', 'kevin'), ('a2000000-0000-0000-0000-000000000000', 'bob');
            INSERT INTO sessions (id, agent_id)
            VALUES ('b1000000-0000-0000-0000-000000000000', 'a1000000-0000-0000-0000-000000000000');
            INSERT INTO activities (id, agent_id, session_id, action, status, duration_ms, token_count, cost)
            VALUES ('c1000000-0000-0000-0000-000000000000', 'a1000000-0000-0000-0000-000000000000',
                    'b1000000-0000-0000-0000-000000000000', 'think', 'success', 100, 7, 0.25),
                   ('c2000000-0000-0000-0000-000000000000', 'a1000000-0000-0000-0000-000000000000',
                    'b1000000-0000-0000-0000-000000000000', 'act', 'failure', 300, 5, 0.5),
                   ('c3000000-0000-0000-0000-000000000000', 'a1000000-0000-0000-0000-000000000000',
                    NULL, 'rest', 'partial', NULL, NULL, NULL);
            INSERT INTO memories (agent_id, user_id, key, content)
            VALUES ('a1000000-0000-0000-0000-000000000000', 'gru', 'fruit', 'banana');
            INSERT INTO feedback (agent_id, session_id, activity_id, feedback_type, severity)
            VALUES ('a1000000-0000-0000-0000-000000000000', 'b1000000-0000-0000-0000-000000000000',
                    'c2000000-0000-0000-0000-000000000000', 'failure', 'high');
            INSERT INTO tools (id, name) VALUES ('d1000000-0000-0000-0000-000000000000', 'freeze ray');
            INSERT INTO agent_tools (agent_id, tool_id)
            VALUES ('a1000000-0000-0000-0000-000000000000', 'd1000000-0000-0000-0000-000000000000');
            INSERT INTO metrics (agent_id, metric_name, value)
            VALUES ('a1000000-0000-0000-0000-000000000000', 'queue', 3);
            INSERT INTO evaluations (agent_id, evaluator, score)
            VALUES ('a1000000-0000-0000-0000-000000000000', 'safety', 0.9);
            """;

    private static BundleDatabase migrated(int major) throws SQLException {
        BundleDatabase database = preparedByAnAdministrator(major);
        database.up();
        return database;
    }

    /** pgvector is not a trusted extension: a superuser creates it, an ordinary owner does the rest. */
    private static BundleDatabase preparedByAnAdministrator(int major) throws SQLException {
        PgVector.install(major);
        Postgres.Database fresh = Postgres.version(major).createDatabase();
        try (Connection administrator = fresh.superuser();
                Statement statement = administrator.createStatement()) {
            statement.execute("CREATE EXTENSION vector");
        }
        return BundleDatabase.of(fresh.connect(), "minion");
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void downLeavesNothingButTheExtensionsAndUpAgainGivesTheSameCatalog(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            List<String> first = database.catalog();
            assertThat(first)
                    .filteredOn(line -> line.startsWith("relation r "))
                    .map(line -> line.substring("relation r ".length()))
                    .containsExactlyInAnyOrder(
                            "agents",
                            "sessions",
                            "memories",
                            "activities",
                            "metrics",
                            "evaluations",
                            "feedback",
                            "tools",
                            "agent_tools");
            database.down();
            assertThat(database.catalog()).isEmpty();
            assertThat(extensions(database)).containsExactly("uuid-ossp", "vector");
            database.up();
            assertThat(database.catalog()).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void createsTheExtensionsWhereItMay(int major) throws SQLException {
        PgVector.install(major);
        Postgres.Database fresh = Postgres.version(major).createDatabase();
        try (BundleDatabase database = BundleDatabase.of(fresh.superuser(), "minion")) {
            database.execute("CREATE SCHEMA elsewhere; SET search_path = elsewhere, public");
            database.up();
            assertThat(extensions(database)).containsExactly("uuid-ossp", "vector");
            assertThat(database.column("SELECT DISTINCT extnamespace::regnamespace FROM pg_extension"
                            + " WHERE extname <> 'plpgsql'"))
                    .containsExactly("public");
            assertThat(database.value("SELECT count(*) FROM pg_class"
                            + " WHERE relnamespace = 'elsewhere'::regnamespace AND relkind = 'r'"))
                    .isEqualTo("9");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void changesNothingWhereItMayNotCreateThem(int major) throws SQLException {
        PgVector.install(major);
        try (BundleDatabase database = BundleDatabase.owned(major, "minion")) {
            assertThatThrownBy(() -> database.up())
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            assertThat(database.catalog()).isEmpty();
            assertThat(extensions(database)).isEmpty();
        }
    }

    @Test
    void changesNothingOnAServerWithoutPgvector() throws SQLException {
        try (BundleDatabase database = BundleDatabase.owned(15, "minion")) {
            assertThatThrownBy(() -> database.up()).hasMessageContaining("vector");
            assertThat(database.catalog()).isEmpty();
            assertThat(extensions(database)).isEmpty();
        }
    }

    private static List<String> extensions(BundleDatabase database) throws SQLException {
        return database.column("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname");
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void findsSimilarMemoriesThroughTheVectorIndex(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            // The n-th memory points n degrees away from the first axis; lengths differ, which cosine distance ignores.
            database.execute(
                    """
                    INSERT INTO memories (agent_id, content, embedding)
                    SELECT 'a1000000-0000-0000-0000-000000000000', n::text,
                           (ARRAY[n * cosd(n), n * sind(n)] || array_fill(0::float8, ARRAY[1534]))::vector
                      FROM generate_series(1, 90) AS n
                    """);
            String nearest =
                    """
                    SELECT content FROM memories
                     WHERE agent_id = 'a1000000-0000-0000-0000-000000000000'
                     ORDER BY embedding <=> (ARRAY[1.0] || array_fill(0.0, ARRAY[1535]))::vector
                     LIMIT 3""";
            assertThat(database.column(nearest)).containsExactly("1", "2", "3");
            assertThat(database.indexPlan(nearest)).contains("Index Scan using idx_memories_embedding");
            database.execute("SET enable_seqscan = off; SET enable_sort = off");
            assertThat(database.column(nearest)).as("by the index").containsExactly("1", "2", "3");
            assertThat(database.stateOf("UPDATE memories SET embedding = '[1,2,3]'"))
                    .as("1536 dimensions")
                    .isEqualTo("22000");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void everyTableWithUpdatedAtKeepsIt(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            List<String> tables = database.column("SELECT c.relname FROM pg_class c JOIN pg_attribute a"
                    + " ON a.attrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
                    + " AND a.attname = 'updated_at'");
            assertThat(tables).containsExactlyInAnyOrder("agents", "sessions", "memories", "feedback", "tools");
            for (String table : tables) {
                assertThat(database.execute("UPDATE " + table + " SET updated_at = '2000-01-01'"))
                        .as(table)
                        .isPositive();
                assertThat(database.value("SELECT count(*) FROM " + table + " WHERE updated_at <= created_at"))
                        .as(table)
                        .isEqualTo("0");
            }
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void cleanUpRemovesExpiredSessionsAndTellsHowMany(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            database.execute(
                    """
                    INSERT INTO sessions (agent_id, user_id, status, expires_at)
                    VALUES ('a1000000-0000-0000-0000-000000000000', 'past', 'active', now() - interval '1 second'),
                           ('a1000000-0000-0000-0000-000000000000', 'closed', 'closed', now() - interval '1 day'),
                           ('a1000000-0000-0000-0000-000000000000', 'kept', 'archived', now() - interval '1 day'),
                           ('a1000000-0000-0000-0000-000000000000', 'future', 'active', now() + interval '1 hour')
                    """);
            database.execute("UPDATE activities SET session_id = (SELECT id FROM sessions WHERE user_id = 'past')");
            assertThat(database.value("SELECT cleanup_expired_sessions()")).isEqualTo("2");
            assertThat(database.column("SELECT coalesce(user_id, 'never') FROM sessions ORDER BY 1"))
                    .containsExactly("future", "kept", "never");
            assertThat(database.value("SELECT count(*) FROM activities WHERE session_id IS NULL"))
                    .as("the audit log outlives its session")
                    .isEqualTo("3");
            assertThat(database.value("SELECT cleanup_expired_sessions()")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void cleanUpNeverTouchesAnotherSchemasSessions(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute("CREATE SCHEMA other; CREATE TABLE other.sessions (expires_at timestamptz, status text);"
                    + " INSERT INTO other.sessions VALUES ('2000-01-01', 'active'); SET search_path = other");
            assertThat(database.value("SELECT public.cleanup_expired_sessions()"))
                    .isEqualTo("0");
            assertThat(database.value("SELECT count(*) FROM other.sessions")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void statisticsCountEachTableOnItsOwn(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            database.execute("INSERT INTO sessions (agent_id, status)"
                    + " VALUES ('a1000000-0000-0000-0000-000000000000', 'closed')");
            String stats = "SELECT concat_ws(',', name, status, total_sessions, active_sessions, total_memories,"
                    + " total_activities, successful_activities, failed_activities, round(avg_duration_ms),"
                    + " total_tokens, total_cost, last_activity_at IS NULL) FROM agent_stats WHERE agent_id = '%s'";
            assertThat(database.value(stats.formatted("a1000000-0000-0000-0000-000000000000")))
                    .isEqualTo("kevin,draft,2,1,1,3,1,1,200,12,0.750000,f");
            assertThat(database.value(stats.formatted("a2000000-0000-0000-0000-000000000000")))
                    .isEqualTo("bob,draft,0,0,0,0,0,0,0,0,t");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void feedbackSummaryCoversSevenDays(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            database.execute(
                    """
                    INSERT INTO feedback (agent_id, feedback_type, severity, status, created_at)
                    VALUES ('a1000000-0000-0000-0000-000000000000', 'failure', 'high', 'resolved',
                            now() - interval '6 days 23 hours'),
                           ('a1000000-0000-0000-0000-000000000000', 'failure', 'high', 'open',
                            now() - interval '7 days 1 hour'),
                           ('a1000000-0000-0000-0000-000000000000', 'success', NULL, 'open', now())
                    """);
            assertThat(database.column("SELECT concat_ws(',', agent_name, feedback_type, coalesce(severity, '-'),"
                            + " feedback_count, unresolved_count) FROM recent_feedback_summary ORDER BY 1"))
                    .containsExactly("kevin,failure,high,2,1", "kevin,success,-,1,1");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void deletingAnAgentTakesAllThatIsItsButNoTool(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            database.execute("DELETE FROM agents WHERE name = 'kevin'");
            Map<String, String> left = Map.of(
                    "agents",
                    "1",
                    "sessions",
                    "0",
                    "memories",
                    "0",
                    "activities",
                    "0",
                    "metrics",
                    "0",
                    "evaluations",
                    "0",
                    "feedback",
                    "0",
                    "tools",
                    "1",
                    "agent_tools",
                    "0");
            for (Map.Entry<String, String> table : left.entrySet()) {
                assertThat(database.value("SELECT count(*) FROM " + table.getKey()))
                        .as(table.getKey())
                        .isEqualTo(table.getValue());
            }
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void feedbackOutlivesItsSessionAndActivity(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            database.execute("DELETE FROM activities; DELETE FROM sessions; DELETE FROM tools");
            assertThat(database.value("SELECT count(*) FROM feedback WHERE session_id IS NULL AND activity_id IS NULL"))
                    .isEqualTo("1");
            assertThat(database.value("SELECT count(*) FROM agent_tools")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void refusesWhatIsOutOfBounds(int major) throws SQLException {
        List<String> updates = List.of(
                "agents SET status = 'asleep'",
                "agents SET temperature = 2.01",
                "agents SET max_tokens = 0",
                "sessions SET status = 'open'",
                "memories SET memory_type = 'dream'",
                "memories SET access_count = -1",
                "activities SET status = 'ok'",
                "activities SET duration_ms = -1",
                "activities SET token_count = -1",
                "activities SET cost = -0.01",
                "metrics SET metric_type = 'summary'",
                "evaluations SET score = 1.01",
                "evaluations SET score = -0.01",
                "evaluations SET duration_ms = -1",
                "feedback SET feedback_type = 'praise'",
                "feedback SET severity = 'urgent'",
                "feedback SET status = 'closed'",
                "tools SET status = 'archived'",
                "tools SET timeout_seconds = 0",
                "tools SET cost_per_call = -1");
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            for (String update : updates) {
                assertThat(database.stateOf("UPDATE " + update)).as(update).isEqualTo("23514");
            }
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void oneMemoryAKeyWithAndWithoutAUser(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            String insert = "INSERT INTO memories (agent_id, user_id, key, content)"
                    + " VALUES ('a1000000-0000-0000-0000-000000000000', %s, %s, 'again')";
            assertThat(database.stateOf(insert.formatted("'gru'", "'fruit'"))).isEqualTo("23505");
            database.execute(insert.formatted("NULL", "'fruit'"));
            assertThat(database.stateOf(insert.formatted("NULL", "'fruit'"))).isEqualTo("23505");
            database.execute(insert.formatted("NULL", "NULL"));
            database.execute(insert.formatted("NULL", "NULL"));
            assertThat(database.value("SELECT count(*) FROM memories")).isEqualTo("4");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void checkFindsRowsOfAnotherAgentsSession(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            assertThat(database.check("agent_of_session.sql")).isEmpty();
            database.execute(ROWS);
            assertThat(database.check("agent_of_session.sql")).isEmpty();

            database.execute("UPDATE sessions SET agent_id = 'a2000000-0000-0000-0000-000000000000'");
            assertThat(database.check("agent_of_session.sql"))
                    .containsExactlyInAnyOrder(
                            "the session is another agent's",
                            "the session is another agent's",
                            "the session is another agent's");
            database.execute("DELETE FROM sessions");
            database.execute("UPDATE activities SET agent_id = 'a2000000-0000-0000-0000-000000000000'");
            assertThat(database.check("agent_of_session.sql")).containsExactly("the activity is another agent's");
        }
    }
}
