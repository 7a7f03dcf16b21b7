package io.schemajob.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The bindu schema does what its requirement (Bindu's initial revision) says, on every supported server. */
class BinduBundleIT {
    private static final String MAJORS = "io.schemajob.testing.Postgres#MAJORS";

    /** A context, a task in it, and two words of feedback on the task. */
    private static final String ROWS =
            """
            INSERT INTO contexts (id) VALUES ('a1000000-0000-0000-0000-000000000000');
            INSERT INTO tasks (id, context_id, state, state_timestamp)
            VALUES ('c1000000-0000-0000-0000-000000000000', 'a1000000-0000-0000-0000-000000000000', 'submitted', now());
            INSERT INTO task_feedback (task_id, feedback_data)
            VALUES ('c1000000-0000-0000-0000-000000000000', '{"rating": 5}'),
                   ('c1000000-0000-0000-0000-000000000000', '{"rating": 1}');
            """;

    private static BundleDatabase migrated(int major) throws SQLException {
        BundleDatabase database = BundleDatabase.owned(major, "bindu");
        database.up();
        return database;
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void downLeavesNothingAndUpAgainGivesTheSameCatalog(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            List<String> first = database.catalog();
            assertThat(first)
                    .filteredOn(line -> line.startsWith("relation r "))
                    .containsExactly("relation r contexts", "relation r task_feedback", "relation r tasks");
            database.down();
            assertThat(database.catalog()).isEmpty();
            database.up();
            assertThat(database.catalog()).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void hasTheColumnsOfTheRequirement(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            assertThat(columns(database, "tasks"))
                    .containsExactly(
                            "id uuid",
                            "context_id uuid",
                            "kind character varying(50)",
                            "state character varying(50)",
                            "state_timestamp timestamp with time zone",
                            "history jsonb",
                            "artifacts jsonb",
                            "metadata jsonb",
                            "created_at timestamp with time zone",
                            "updated_at timestamp with time zone");
            assertThat(columns(database, "contexts"))
                    .containsExactly(
                            "id uuid",
                            "context_data jsonb",
                            "message_history jsonb",
                            "created_at timestamp with time zone",
                            "updated_at timestamp with time zone");
            assertThat(columns(database, "task_feedback"))
                    .containsExactly(
                            "id integer", "task_id uuid", "feedback_data jsonb", "created_at timestamp with time zone");
        }
    }

    private static List<String> columns(BundleDatabase database, String table) throws SQLException {
        return database.column("SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute"
                + " WHERE attrelid = '" + table + "'::regclass AND attnum > 0 ORDER BY attnum");
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void fillsInDefaultsAndNumbersFeedback(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            assertThat(database.value("SELECT concat_ws(',', kind, history, artifacts, metadata,"
                            + " created_at = updated_at) FROM tasks"))
                    .isEqualTo("task,[],[],{},t");
            assertThat(database.value("SELECT concat_ws(',', context_data, message_history) FROM contexts"))
                    .isEqualTo("{},[]");
            assertThat(database.column("SELECT id FROM task_feedback ORDER BY id"))
                    .containsExactly("1", "2");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void triggersKeepUpdatedAt(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            for (String table : List.of("tasks", "contexts")) {
                database.execute("INSERT INTO %s SELECT (jsonb_populate_record(%1$s, '{\"id\": \"%s\", \"updated_at\":"
                                .formatted(table, "d1000000-0000-0000-0000-000000000000")
                        + " \"2000-01-01T00:00:00Z\"}')).* FROM " + table);
                String stale = "SELECT count(*) FROM " + table + " WHERE updated_at = '2000-01-01T00:00:00Z'";
                assertThat(database.value(stale)).as(table).isEqualTo("1");
                assertThat(database.execute("UPDATE " + table + " SET updated_at = '2000-01-01T00:00:00Z'"))
                        .isEqualTo(2);
                assertThat(database.value(stale)).as(table).isEqualTo("0");
                assertThat(database.value("SELECT count(*) FROM " + table + " WHERE updated_at > created_at"))
                        .isEqualTo("2");
            }
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void feedbackGoesWithItsTaskAndNeedsOne(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            assertThat(database.stateOf(
                            "INSERT INTO task_feedback (task_id, feedback_data)" + " VALUES (gen_random_uuid(), '{}')"))
                    .isEqualTo("23503");
            assertThat(database.stateOf("INSERT INTO tasks (id, context_id, state)"
                            + " VALUES (gen_random_uuid(), gen_random_uuid(), 'submitted')"))
                    .as("state_timestamp is required")
                    .isEqualTo("23502");
            database.execute("DELETE FROM tasks");
            assertThat(database.value("SELECT count(*) FROM task_feedback")).isEqualTo("0");
            assertThat(database.value("SELECT count(*) FROM contexts")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void answersItsLookupsThroughIndexes(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            assertPlan(
                    database,
                    "SELECT * FROM tasks WHERE context_id = 'a1000000-0000-0000-0000-000000000000'",
                    "idx_tasks_context_id");
            assertPlan(database, "SELECT * FROM tasks WHERE state = 'working'", "idx_tasks_state");
            assertPlan(database, "SELECT * FROM tasks ORDER BY created_at DESC", "idx_tasks_created_at");
            assertPlan(database, "SELECT * FROM tasks ORDER BY updated_at DESC", "idx_tasks_updated_at");
            assertPlan(database, "SELECT * FROM tasks WHERE history @> '[{}]'", "idx_tasks_history_gin");
            assertPlan(database, "SELECT * FROM tasks WHERE artifacts @> '[{}]'", "idx_tasks_artifacts_gin");
            assertPlan(database, "SELECT * FROM tasks WHERE metadata ? 'key'", "idx_tasks_metadata_gin");
            assertPlan(database, "SELECT * FROM contexts ORDER BY created_at DESC", "idx_contexts_created_at");
            assertPlan(database, "SELECT * FROM contexts ORDER BY updated_at DESC", "idx_contexts_updated_at");
            assertPlan(database, "SELECT * FROM contexts WHERE context_data ? 'key'", "idx_contexts_data_gin");
            assertPlan(database, "SELECT * FROM contexts WHERE message_history @> '[{}]'", "idx_contexts_history_gin");
            assertPlan(
                    database,
                    "SELECT * FROM task_feedback WHERE task_id = 'a1000000-0000-0000-0000-000000000000'",
                    "idx_task_feedback_task_id");
            assertPlan(
                    database, "SELECT * FROM task_feedback ORDER BY created_at DESC", "idx_task_feedback_created_at");
        }
    }

    private static void assertPlan(BundleDatabase database, String query, String index) throws SQLException {
        assertThat(database.indexPlan(query)).contains(index).doesNotContain("Backward");
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void shapeCheckIsCleanOnGoodRowsAndFindsBadOnes(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            assertThat(database.check("json_shapes.sql")).isEmpty();
            database.execute(ROWS);
            database.execute("UPDATE tasks SET artifacts = 'null', metadata = NULL");
            assertThat(database.check("json_shapes.sql")).isEmpty();

            database.execute("UPDATE tasks SET history = '{}', artifacts = '1', metadata = '[]'");
            database.execute("UPDATE contexts SET message_history = '\"text\"'");
            assertThat(database.check("json_shapes.sql"))
                    .containsExactlyInAnyOrder(
                            "history is not an array",
                            "artifacts is not an array",
                            "metadata is not an object",
                            "message_history is not an array");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void sequenceCheckTellsBeforeAnInsertFails(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            assertThat(database.check("feedback_sequence.sql")).isEmpty();
            database.execute(ROWS);
            assertThat(database.check("feedback_sequence.sql")).isEmpty();

            database.execute("UPDATE task_feedback SET id = 3 WHERE id = 1");
            assertThat(database.check("feedback_sequence.sql"))
                    .containsExactly("the next value is 3, but id 3 is taken");
            assertThat(database.stateOf(
                            "INSERT INTO task_feedback (task_id, feedback_data)" + " SELECT id, '{}' FROM tasks"))
                    .isEqualTo("23505");
            database.execute("SELECT setval('task_feedback_id_seq', 4, false)");
            assertThat(database.check("feedback_sequence.sql")).isEmpty();
        }
    }
}
