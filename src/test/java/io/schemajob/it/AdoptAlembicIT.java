package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.Alembic;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases that the real Alembic has made are taken over, and it goes on telling the truth about them. */
class AdoptAlembicIT {
    /** Bindu's first revision in the words of Alembic's operations. */
    private static final String BINDU =
            """
            import sqlalchemy as sa
            from alembic import op
            from sqlalchemy.dialects.postgresql import JSONB, UUID
            revision = "20241207_0001"
            down_revision = None

            def times(*names):
                return [sa.Column(n, sa.TIMESTAMP(timezone=True), nullable=False, server_default=sa.text("NOW()"))
                        for n in names]

            def document(name, empty, nullable=True):
                return sa.Column(name, JSONB, nullable=nullable, server_default=sa.text(f"'{empty}'::jsonb"))

            def upgrade():
                op.create_table("tasks", sa.Column("id", UUID(as_uuid=True), primary_key=True),
                    sa.Column("context_id", UUID(as_uuid=True), nullable=False),
                    sa.Column("kind", sa.String(50), nullable=False, server_default="task"),
                    sa.Column("state", sa.String(50), nullable=False),
                    sa.Column("state_timestamp", sa.TIMESTAMP(timezone=True), nullable=False),
                    document("history", "[]", False), document("artifacts", "[]"), document("metadata", "{}"),
                    *times("created_at", "updated_at"))
                op.create_table("contexts", sa.Column("id", UUID(as_uuid=True), primary_key=True),
                    document("context_data", "{}", False), document("message_history", "[]"),
                    *times("created_at", "updated_at"))
                op.create_table("task_feedback", sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
                    sa.Column("task_id", UUID(as_uuid=True), sa.ForeignKey("tasks.id", ondelete="CASCADE"),
                              nullable=False),
                    sa.Column("feedback_data", JSONB, nullable=False), *times("created_at"))
                for table, column in (("tasks", "context_id"), ("tasks", "state"), ("task_feedback", "task_id")):
                    op.create_index(f"idx_{table}_{column}", table, [column])
                for table, column in (("tasks", "created_at"), ("tasks", "updated_at"), ("contexts", "created_at"),
                                      ("contexts", "updated_at"), ("task_feedback", "created_at")):
                    op.create_index(f"idx_{table}_{column}", table, [sa.text(f"{column} DESC")])
                for name, table, column in (
                        ("tasks_history", "tasks", "history"), ("tasks_artifacts", "tasks", "artifacts"),
                        ("tasks_metadata", "tasks", "metadata"), ("contexts_data", "contexts", "context_data"),
                        ("contexts_history", "contexts", "message_history")):
                    op.create_index(f"idx_{name}_gin", table, [column], postgresql_using="gin")
                op.execute('''CREATE FUNCTION update_updated_at_column() RETURNS TRIGGER AS $$
                    BEGIN
                        NEW.updated_at = NOW();
                        RETURN NEW;
                    END;
                    $$ LANGUAGE plpgsql''')
                for table in ("tasks", "contexts"):
                    op.execute(f"CREATE TRIGGER update_{table}_updated_at BEFORE UPDATE ON {table} "
                               "FOR EACH ROW EXECUTE FUNCTION update_updated_at_column()")

            def downgrade():
                for table in ("task_feedback", "contexts", "tasks"): op.drop_table(table)
                op.execute("DROP FUNCTION update_updated_at_column()")
            """;

    private final Postgres.Database database = Postgres.version(16).createDatabase();

    /** The chain of {@link Shop#flyway()}, with revisions whose names are in no order. */
    private static Alembic chain() {
        return Alembic.project()
                .revision("2025_1", null, Shop.ITEMS, "DROP TABLE items")
                .revision("ae1027a6acf", "2025_1", Shop.ORDERS, "DROP TABLE orders")
                .revision(
                        "2025_3", "ae1027a6acf", "CREATE INDEX orders_item ON orders (item)", "DROP INDEX orders_item");
    }

    @Test
    void takesOverBindu() {
        Alembic alembic = Alembic.project().revision("20241207_0001", BINDU);
        alembic.run(database, "upgrade", "head");
        Cli cli = new Cli("bindu", database);
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "migrate").err())
                .contains("alembic_version", "schemajob adopt");
        String adopted = cli.prints("adopt", "--keep-foreign-history", "--output", "json");
        assertThat(Cli.json(adopted).path("details").toString())
                .isEqualTo(
                        "{\"origin\":\"Alembic\",\"version\":\"20241207_0001\",\"keptHistory\":\"alembic\",\"dryRun\":false}");
        assertThat(cli.succeeds("upgrade", "head").out()).contains("already applied", "All 3 bindu tables verified");
        assertThat(cli.prints("current")).isEqualTo("20241207_0001\n");
        cli.succeeds("downgrade", "base", "--yes");
        assertThat(alembic.run(database, "current")).isEmpty();
        cli.succeeds("upgrade", "20241207_0001");
        assertThat(alembic.run(database, "current")).isEqualTo("20241207_0001 (head)");
    }

    @Test
    void takesOverBinduOnlyIfItIsWhole() {
        Alembic.project().revision("20241207_0001", BINDU).run(database, "upgrade", "head");
        database.execute("DROP TRIGGER update_tasks_updated_at ON tasks; DROP INDEX idx_tasks_history_gin");
        Cli cli = new Cli("bindu", database);
        App.Result drift = cli.fails(ExitStatus.VERIFICATION_FAILED, "adopt");
        assertThat(drift.out()).contains("update_tasks_updated_at", "idx_tasks_history_gin", "missing");
        assertThat(cli.rows("SELECT to_regclass('flyway_schema_history') IS NULL"))
                .containsExactly("t");
    }

    @ParameterizedTest
    @CsvSource({"2025_1, 2025_1", "ae1027a6acf, 2025_2", "2025_3, 2025_3"})
    void takesOverAtEachRevisionUnlessItIsDamaged(String revision, String version) {
        chain().run(database, "upgrade", revision);
        Cli cli = Cli.of(Shop.flyway(), database);
        database.execute("ALTER TABLE items ALTER COLUMN name DROP NOT NULL");
        App.Result drift = cli.fails(ExitStatus.VERIFICATION_FAILED, "adopt");
        assertThat(drift.out()).contains("items.name");
        assertThat(drift.err()).contains("Nothing was recorded", "the comparison was with version " + version);
        database.execute("ALTER TABLE items ALTER COLUMN name SET NOT NULL");
        cli.succeeds("adopt");
        assertThat(cli.prints("current")).isEqualTo(version + "\n");
    }

    @Test
    void followsAtAnyRevisionOfTheChain() {
        Alembic alembic = chain();
        Cli cli = Cli.of(Shop.flyway(), database);
        alembic.run(database, "upgrade", "ae1027a6acf");
        assertThat(cli.succeeds("adopt", "--keep-foreign-history").out())
                .contains("migration 2025_2 is recorded as applied");

        cli.succeeds("upgrade", "+1");
        assertThat(alembic.run(database, "current")).isEqualTo("2025_3 (head)");
        cli.succeeds("downgrade", "ae1027a6acf", "--yes");
        assertThat(alembic.run(database, "current")).isEqualTo("ae1027a6acf");
        cli.succeeds("downgrade", "-1", "--yes");
        assertThat(alembic.run(database, "current")).isEqualTo("2025_1");
        assertThat(cli.applied()).containsExactly("2025.1");
        cli.succeeds("downgrade", "base", "--yes");
        cli.succeeds("stamp", "head");
        assertThat(alembic.run(database, "current")).isEqualTo("2025_3 (head)");
        cli.succeeds("force", "base", "--yes");
        assertThat(alembic.run(database, "current")).isEmpty();

        // And on with Alembic alone, as if we had never been here.
        alembic.run(database, "upgrade", "head");
        assertThat(cli.succeeds("adopt").out()).contains("migration 2025_3 is recorded as applied");
    }

    @Test
    void refusesWhatTheBundleDoesNotKnow() {
        Alembic alembic = chain().revision("2025_2b", "2025_1", "CREATE TABLE side (n int)", "DROP TABLE side")
                .revision("1975ea83b712", "2025_3", "SELECT 1", "SELECT 1");
        Cli cli = Cli.of(Shop.flyway(), database);
        alembic.run(database, "upgrade", "1975ea83b712");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "adopt").err())
                .contains("1975ea83b712, which bundle shop does not know")
                .contains("revisions: in bundle.yaml");
        alembic.run(database, "upgrade", "heads");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "adopt").err())
                .contains("2 heads", "1975ea83b712", "2025_2b", "alembic merge heads");
        assertThat(cli.succeeds("adopt", "--from", "untracked").out())
                .contains("migration 2025_3 is recorded as applied");
    }

    /** A schema that Alembic has prepared and not filled is fresh; both histories begin together. */
    @Test
    void beginsWithAnEmptyHistory() {
        Alembic alembic = chain();
        alembic.run(database, "upgrade", "head");
        alembic.run(database, "downgrade", "base");
        Cli cli = Cli.of(Shop.flyway(), database);
        assertThat(cli.succeeds("adopt", "--keep-foreign-history").out()).contains("There is nothing to adopt");
        cli.succeeds("migrate");
        assertThat(alembic.run(database, "current")).isEqualTo("2025_3 (head)");
    }
}
