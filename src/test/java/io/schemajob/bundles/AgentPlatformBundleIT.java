package io.schemajob.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The agent-platform schema does what its requirement (phase 2 of the platform) says, on every supported server. */
class AgentPlatformBundleIT {
    private static final String MAJORS = "io.schemajob.testing.Postgres#MAJORS";
    private static final String CHECK_VIOLATION = "23514";
    private static final String ACCEPTED = "00000";

    /** Two agents a1 and a2, a workflow of a1, a task of it for a2. */
    private static final String ROWS =
            """
            INSERT INTO agents (id, name, agent_type)
            VALUES ('a1000000-0000-0000-0000-000000000000', 'chief', 'chief_of_staff'),
                   ('a2000000-0000-0000-0000-000000000000', 'operator', 'master_operator');
            INSERT INTO workflows (id, name, definition, created_by)
            VALUES ('b1000000-0000-0000-0000-000000000000', 'report', '{}', 'a1000000-0000-0000-0000-000000000000');
            INSERT INTO tasks (id, title, assigned_agent_id, workflow_id)
            VALUES ('c1000000-0000-0000-0000-000000000000', 'Collect the numbers',
                    'a2000000-0000-0000-0000-000000000000', 'b1000000-0000-0000-0000-000000000000');
            INSERT INTO workflow_executions (workflow_id, started_by)
            VALUES ('b1000000-0000-0000-0000-000000000000', 'a1000000-0000-0000-0000-000000000000');
            INSERT INTO agent_messages (sender_id, recipient_id, sender_type, recipient_type, message_type)
            VALUES ('a1000000-0000-0000-0000-000000000000', 'a2000000-0000-0000-0000-000000000000', 'chief_of_staff',
                    'master_operator', 'order');
            INSERT INTO agent_capabilities (agent_id, capability_name)
            VALUES ('a2000000-0000-0000-0000-000000000000', 'sql');
            INSERT INTO agent_performance (agent_id, metric_name, metric_value)
            VALUES ('a2000000-0000-0000-0000-000000000000', 'latency', 1.5);
            """;

    private static BundleDatabase migrated(int major) throws SQLException {
        BundleDatabase database = BundleDatabase.owned(major, "agent-platform");
        database.up();
        return database;
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void downLeavesNothingAndUpAgainGivesTheSameCatalog(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            List<String> first = database.catalog();
            assertThat(first).filteredOn(line -> line.startsWith("relation r ")).hasSize(7);
            database.down();
            assertThat(database.catalog()).isEmpty();
            database.up();
            assertThat(database.catalog()).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void hasTheIndexesByTheirNames(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            assertThat(indexes(database, "btree"))
                    .containsExactlyInAnyOrder(
                            "idx_agents_type_status",
                            "idx_agents_last_heartbeat",
                            "idx_tasks_status_priority",
                            "idx_tasks_assigned_agent",
                            "idx_tasks_workflow",
                            "idx_messages_recipient_status",
                            "idx_messages_sender_type",
                            "idx_messages_correlation",
                            "idx_workflows_status",
                            "idx_workflow_executions_workflow",
                            "idx_agent_capabilities_agent",
                            "idx_agent_performance_agent_metric");
            assertThat(indexes(database, "gin")).containsExactlyInAnyOrder("idx_tasks_search", "idx_workflows_search");
        }
    }

    private static List<String> indexes(BundleDatabase database, String method) throws SQLException {
        return database.column("SELECT c.relname FROM pg_class c JOIN pg_am m ON m.oid = c.relam WHERE m.amname = '"
                + method + "' AND c.relname LIKE 'idx\\_%'");
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void fillsInDefaults(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            assertThat(database.value("SELECT concat_ws(',', status, capabilities, model_provider, model_name,"
                            + " performance_metrics, created_at = updated_at) FROM agents WHERE name = 'chief'"))
                    .isEqualTo("idle,[],openrouter,auto,{},t");
            assertThat(database.value("SELECT concat_ws(',', status, priority, step_order, context_data, result_data,"
                            + " created_at = updated_at) FROM tasks"))
                    .isEqualTo("pending,medium,0,{},{},t");
            assertThat(database.value("SELECT concat_ws(',', message_id IS NOT NULL, priority, status, payload,"
                            + " retry_count, max_retries) FROM agent_messages"))
                    .isEqualTo("t,normal,pending,{},0,3");
            assertThat(database.value("SELECT concat_ws(',', status, version, tags) FROM workflows"))
                    .isEqualTo("draft,1,{}");
            assertThat(database.value("SELECT concat_ws(',', status, current_step, started_at <= now())"
                            + " FROM workflow_executions"))
                    .isEqualTo("running,0,t");
            assertThat(database.value("SELECT concat_ws(',', confidence_score, usage_count) FROM agent_capabilities"))
                    .isEqualTo("0.50,0");
            assertThat(database.value("SELECT concat_ws(',', metric_value, context) FROM agent_performance"))
                    .isEqualTo("1.5000,{}");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void checksAcceptTheListedValuesAndNoOther(int major) throws SQLException {
        Map<String, List<String>> accepted = Map.of(
                "agents.agent_type", List.of("chief_of_staff", "master_operator"),
                "agents.status", List.of("idle", "active", "busy", "error", "offline"),
                "tasks.status", List.of("pending", "in_progress", "completed", "failed", "cancelled"),
                "tasks.priority", List.of("low", "medium", "high", "urgent"),
                "agent_messages.priority", List.of("low", "normal", "high", "urgent"),
                "agent_messages.status", List.of("pending", "sent", "delivered", "acknowledged", "failed", "expired"),
                "workflows.status", List.of("draft", "active", "paused", "completed", "failed"),
                "workflow_executions.status", List.of("running", "completed", "failed", "cancelled"),
                "agent_capabilities.confidence_score", List.of("0", "0.55", "1"));
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            for (Map.Entry<String, List<String>> column : accepted.entrySet()) {
                String update = "UPDATE %s SET %s = '%%s'"
                        .formatted((Object[]) column.getKey().split("\\."));
                for (String value : column.getValue()) {
                    assertThat(database.stateOf(update.formatted(value)))
                            .as("%s = %s", column.getKey(), value)
                            .isEqualTo(ACCEPTED);
                }
                for (String value : refused(column.getKey())) {
                    assertThat(database.stateOf(update.formatted(value)))
                            .as("%s = %s", column.getKey(), value)
                            .isEqualTo(CHECK_VIOLATION);
                }
            }
        }
    }

    /** Values that fit the type, and that a neighbouring column accepts. */
    private static List<String> refused(String column) {
        return column.endsWith("_score") ? List.of("1.01", "-0.01") : List.of("", "IDLE", "asleep", "none");
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void refusesDuplicatesAndMissingValues(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            assertThat(database.stateOf("INSERT INTO agent_capabilities (agent_id, capability_name)"
                            + " SELECT agent_id, capability_name FROM agent_capabilities"))
                    .isEqualTo("23505");
            assertThat(database.stateOf("INSERT INTO agent_messages (message_id, sender_id, recipient_id, sender_type,"
                            + " recipient_type, message_type) SELECT message_id, sender_id, recipient_id, sender_type,"
                            + " recipient_type, message_type FROM agent_messages"))
                    .isEqualTo("23505");
            assertThat(database.stateOf("INSERT INTO workflows (name) VALUES ('without a definition')"))
                    .isEqualTo("23502");
            assertThat(database.stateOf("INSERT INTO agents (name) VALUES ('without a type')"))
                    .isEqualTo("23502");
            assertThat(database.stateOf("UPDATE tasks SET workflow_id = gen_random_uuid()"))
                    .isEqualTo("23503");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void deletingAnAgentFreesItsTasksAndTakesWhatIsOnlyIts(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            database.execute("DELETE FROM agents WHERE name = 'operator'");
            assertThat(database.value("SELECT count(*) FILTER (WHERE assigned_agent_id IS NULL) FROM tasks"))
                    .isEqualTo("1");
            for (String table : List.of("agent_messages", "agent_capabilities", "agent_performance")) {
                assertThat(database.value("SELECT count(*) FROM " + table))
                        .as(table)
                        .isEqualTo("0");
            }
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void anAgentWhoMadeAWorkflowStaysUntilTheWorkflowGoes(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            assertThat(database.stateOf("DELETE FROM agents WHERE name = 'chief'"))
                    .isEqualTo("23503");
            database.execute("DELETE FROM workflows");
            assertThat(database.value("SELECT count(*) FROM tasks")).isEqualTo("0");
            assertThat(database.value("SELECT count(*) FROM workflow_executions"))
                    .isEqualTo("0");
            assertThat(database.stateOf("DELETE FROM agents WHERE name = 'chief'"))
                    .isEqualTo(ACCEPTED);
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void findsWordsThroughTheFullTextIndexes(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            database.execute(ROWS);
            assertSearch(database, "tasks", "title", "number", "idx_tasks_search");
            assertSearch(database, "workflows", "name", "reports", "idx_workflows_search");
        }
    }

    private static void assertSearch(BundleDatabase database, String table, String column, String word, String index)
            throws SQLException {
        String query = "SELECT count(*) FROM %s WHERE to_tsvector('english', %s || ' ' || coalesce(description, ''))"
                + " @@ to_tsquery('english', '%s')";
        String sql = query.formatted(table, column, word);
        assertThat(database.value(sql)).as(table).isEqualTo("1");
        assertThat(database.value(query.formatted(table, column, "nonsense"))).isEqualTo("0");
        assertThat(database.indexPlan(sql)).contains(index);
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void checksAreCleanOnGoodRowsAndFindBadOnes(int major) throws SQLException {
        try (BundleDatabase database = migrated(major)) {
            assertThat(database.check("time_runs_forward.sql")).isEmpty();
            assertThat(database.check("retries_within_limit.sql")).isEmpty();
            database.execute(ROWS);
            database.execute("UPDATE tasks SET status = 'completed', started_at = now(), completed_at = now()");
            assertThat(database.check("time_runs_forward.sql")).isEmpty();
            assertThat(database.check("retries_within_limit.sql")).isEmpty();

            database.execute("UPDATE tasks SET completed_at = started_at - interval '1 second'");
            database.execute("UPDATE workflow_executions SET completed_at = started_at - interval '1 second'");
            database.execute(
                    "UPDATE agent_messages SET delivered_at = now(), acknowledged_at = now() - interval '1 s'");
            assertThat(database.check("time_runs_forward.sql"))
                    .containsExactlyInAnyOrder(
                            "completed_at is before started_at",
                            "completed_at is before started_at",
                            "acknowledged_at is before delivered_at");
            database.execute("UPDATE agent_messages SET retry_count = 4");
            assertThat(database.check("retries_within_limit.sql"))
                    .containsExactly("retry_count 4 is not between 0 and max_retries 3");
        }
    }
}
