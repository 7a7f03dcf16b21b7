package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.model.Schema;
import io.schemajob.testing.LangGraph;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The declared schema of the built-in bundle is what its migration makes, and what LangGraph makes. */
class AgentExecutorIT {
    private static final Schema DECLARED = RichSchema.agentExecutor();

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void theMigrationMakesWhatIsDeclared(int major) throws SQLException {
        Postgres.Database database = migrated(major);
        VerificationReport report = RichSchema.verify(database, DECLARED);
        assertThat(report.differences()).isEmpty();
        assertThat(report.verified().of("table")).isEqualTo(4);
        assertThat(report.verified().of("column")).isEqualTo(7 + 6 + 9 + 1);
        assertThat(report.verified().of("index")).isEqualTo(3);
        assertThat(report.verified().of("row")).isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void langGraphMakesWhatIsDeclared(int major) throws SQLException {
        Postgres.Database database = empty(major);
        LangGraph.setUp(database);
        assertThat(RichSchema.verify(database, DECLARED).differences()).isEmpty();
    }

    @Test
    void langGraphWorksWithTheMigratedTables() throws SQLException {
        Postgres.Database database = migrated(Postgres.NEWEST);
        LangGraph.setUp(database);
        assertThat(LangGraph.roundTrip(database)).startsWith("42 ");
        assertThat(RichSchema.verify(database, DECLARED).differences()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void anotherVersionOfLangGraphIsNamed(int major) throws SQLException {
        Postgres.Database database = migrated(major);
        database.execute("DELETE FROM checkpoint_migrations; INSERT INTO checkpoint_migrations VALUES (7), (8)");
        assertThat(RichSchema.verify(database, DECLARED).differences())
                .singleElement()
                .hasToString("row of checkpoint_migrations, expected v=9, found missing");
    }

    private static Postgres.Database migrated(int major) throws SQLException {
        Postgres.Database database = empty(major);
        database.execute(
                RichSchema.resource("/bundles/agent-executor/migrations/001_create_checkpointer_tables.up.sql"));
        return database;
    }

    private static Postgres.Database empty(int major) throws SQLException {
        Postgres.Database database = Postgres.version(major).createDatabase();
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("GRANT ALL ON SCHEMA public TO " + database.user());
        }
        return database;
    }

    /** Nothing declared here may depend on the order of columns. */
    @Test
    void columnOrderIsNotDrift() throws SQLException {
        Postgres.Database database = migrated(Postgres.NEWEST);
        database.execute("ALTER TABLE checkpoints RENAME TO old; CREATE TABLE checkpoints (metadata jsonb NOT NULL"
                + " DEFAULT '{}', checkpoint jsonb NOT NULL, type text, parent_checkpoint_id text, checkpoint_id text,"
                + " checkpoint_ns text DEFAULT '', thread_id text); DROP TABLE old;"
                + " ALTER TABLE checkpoints ADD PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id);"
                + " CREATE INDEX checkpoints_thread_id_idx ON checkpoints (thread_id)");
        assertThat(RichSchema.verify(database, DECLARED).differences()).isEqualTo(List.of());
    }
}
