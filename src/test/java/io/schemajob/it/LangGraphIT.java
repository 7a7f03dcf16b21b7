package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.LangGraph;
import io.schemajob.testing.Postgres;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real LangGraph client and our schema: each has to take the other's database for its own. */
class LangGraphIT {
    private static final String ROWS =
            """
            SELECT 'migration', xmin::text, v::text FROM checkpoint_migrations
            UNION ALL SELECT 'checkpoint', xmin::text, checkpoints::text FROM checkpoints
            UNION ALL SELECT c.relname, c.xmin::text, c.oid || ' ' || c.relfilenode
            FROM pg_class c WHERE relname ~ '^checkpoint'
            ORDER BY 1, 3
            """;

    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final Cli cli = new Cli("agent-executor", database);

    @Test
    void whatLangGraphSetUpIsAdoptedVerifiedAndNotTouched() {
        LangGraph.setUp(database);
        LangGraph.putAndGet(database);
        List<String> rows = cli.rows(ROWS);
        List<String> catalog = CatalogText.withoutHistory(database);
        assertThat(cli.rows("SELECT count(*), max(v) FROM checkpoint_migrations"))
                .containsExactly("10 9");

        App.Result dry = cli.succeeds("migrate", "--dry-run");
        assertThat(dry.out())
                .contains("Dry run: migration 001 would be recorded as applied")
                .doesNotContain("nothing was compared");
        assertThat(CatalogText.of(database)).isEqualTo(catalog);

        App.Result adopted = cli.succeeds("migrate");
        assertThat(adopted.out())
                .contains("==> LangGraph has set up this schema")
                .contains("==> All 4 checkpoint tables verified successfully")
                .contains("==> Adopted: migration 001 is recorded as applied, nothing was run")
                .contains("==> Migration 001 (version 9) already applied. Skipping.");
        assertThat(cli.rows(ROWS)).isEqualTo(rows);
        assertThat(CatalogText.withoutHistory(database)).isEqualTo(catalog);
        assertThat(cli.applied()).containsExactly("001");
        assertThat(Cli.json(adopted.termination()).path("verified").asBoolean()).isTrue();
        cli.succeeds("verify");
    }

    /** As the script that this bundle replaces records it. */
    @Test
    void theNewestVersionAloneIsEnough() {
        LangGraph.setUp(database);
        database.execute("DELETE FROM checkpoint_migrations WHERE v < 9");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001");
        assertThat(cli.rows("SELECT v FROM checkpoint_migrations")).containsExactly("9");
    }

    @Test
    void anOlderVersionIsRefusedWithAWayOutThatWorks() {
        LangGraph.setUp(database);
        database.execute("DELETE FROM checkpoint_migrations WHERE v = 9;"
                + "ALTER TABLE checkpoint_writes DROP COLUMN task_path");
        List<String> catalog = CatalogText.of(database);

        App.Result refused = cli.fails(ExitStatus.HISTORY_INVALID, "migrate");
        assertThat(refused.err())
                .contains("LangGraph has set up this schema, but at version 8; bundle agent-executor can take it over"
                        + " from version 9 on.")
                .contains("Nothing was changed.", "PostgresSaver.setup()");
        assertThat(CatalogText.of(database)).isEqualTo(catalog);

        LangGraph.setUp(database);
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001");
    }

    /** LangGraph's own words for the tables of its shallow saver, which it has given up. */
    @Test
    void theShallowSaverIsToldByItsTables() {
        database.execute("CREATE TABLE checkpoint_migrations (v int PRIMARY KEY);"
                + "INSERT INTO checkpoint_migrations SELECT generate_series(0, 7);"
                + "CREATE TABLE checkpoints (thread_id text, checkpoint_ns text DEFAULT '', type text, checkpoint jsonb,"
                + " metadata jsonb DEFAULT '{}', PRIMARY KEY (thread_id, checkpoint_ns));"
                + "CREATE TABLE checkpoint_blobs (thread_id text, checkpoint_ns text DEFAULT '', channel text, type text NOT"
                + " NULL, blob bytea, PRIMARY KEY (thread_id, checkpoint_ns, channel));"
                + "CREATE TABLE checkpoint_writes (thread_id text, checkpoint_ns text DEFAULT '', checkpoint_id text,"
                + " task_id text, idx int, channel text NOT NULL, type text, blob bytea NOT NULL, task_path text NOT NULL"
                + " DEFAULT '', PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id, task_id, idx))");
        for (String version : new String[] {"7", "9"}) {
            database.execute("INSERT INTO checkpoint_migrations VALUES (" + version + ") ON CONFLICT DO NOTHING");
            for (String command : new String[] {"migrate", "adopt"}) {
                assertThat(cli.fails(ExitStatus.HISTORY_INVALID, command).err())
                        .contains("tables of another kind: there is no checkpoints.checkpoint_id")
                        .contains("Do not run PostgresSaver.setup()");
            }
        }
        database.execute("DROP TABLE checkpoints, checkpoint_blobs, checkpoint_writes, checkpoint_migrations");
        assertThat(cli.succeeds("migrate").out()).contains("All 4 checkpoint tables verified");
    }

    /** A version number that says more than the tables hold. */
    @Test
    void adoptionVerifiesBeforeItRecords() {
        LangGraph.setUp(database);
        database.execute("DROP INDEX checkpoints_thread_id_idx");
        App.Result drift = cli.fails(ExitStatus.VERIFICATION_FAILED, "migrate");
        assertThat(drift.text()).contains("checkpoints_thread_id_idx");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.contains("flyway_schema_history"));
    }

    @Test
    void tablesOfUnknownOriginAreRefused() {
        database.execute("CREATE TABLE checkpoints (id int)");
        App.Result untracked = cli.fails(ExitStatus.HISTORY_INVALID, "migrate");
        assertThat(untracked.err())
                .contains("Tables of bundle agent-executor exist (checkpoints), but nothing records who created them.")
                .contains("schemajob baseline VERSION");
        database.execute(
                "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('beef')");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "migrate").err())
                .contains("the history of another tool (table alembic_version)");
        database.execute("DROP TABLE alembic_version;"
                + "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean);"
                + "INSERT INTO schema_migrations VALUES (1, false)");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "migrate").err())
                .contains("the history of another tool (table schema_migrations)");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.contains("flyway_schema_history"));
    }

    @Test
    void langGraphTakesOurSchemaForItsOwn() {
        cli.succeeds("migrate");
        List<String> catalog = CatalogText.of(database);
        LangGraph.setUp(database);
        assertThat(LangGraph.putAndGet(database)).isEqualTo("stored and retrieved");
        assertThat(CatalogText.of(database)).isEqualTo(catalog);
        assertThat(cli.rows("SELECT v FROM checkpoint_migrations")).containsExactly("9");
        assertThat(cli.rows("SELECT count(*) FROM checkpoints")).containsExactly("1");
        cli.succeeds("verify");
    }
}
