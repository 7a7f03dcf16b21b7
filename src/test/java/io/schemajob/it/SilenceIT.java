package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresProxy;
import io.schemajob.testing.PostgresProxy.Strike;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.api.Test;

/**
 * Servers and networks that go silent without a word, and no setting that would end the wait. {@code FaultMatrixIT} lets them go silent at
 * each message of a run.
 */
class SilenceIT {
    /** The longest silence that is borne, in milliseconds; a minute where nobody waits for it. */
    private static final String LIMIT = "schemajob.internal.silence";

    private static final Postgres SERVER = Postgres.version(16);

    private final ScriptFolder folder = ScriptFolder.create()
            .with("migrations/001_first.up.sql", "CREATE TABLE first (n int);")
            .with("migrations/002_second.up.sql", "CREATE TABLE second (n int); SELECT 'said_in_script';")
            .with(
                    "schema.yaml",
                    "tables: {first: {columns: {n: {type: integer}}}, second: {columns: {n: {type: integer}}}}")
            .with("verify/check.sql", "SELECT n AS said_in_check FROM first WHERE n IS NULL;");

    private App through(PostgresProxy proxy, Postgres.Database db) {
        return folder.migrate(db).env("PGPORT", String.valueOf(proxy.port())).property(LIMIT, "2000");
    }

    /** A peer that takes no more bytes: nothing is read, and what is written fills the buffers. */
    @Test
    void writingEndsToo() {
        Postgres.Database db = SERVER.createDatabase();
        StringBuilder copy = new StringBuilder("CREATE TABLE t (v text);\nCOPY t FROM stdin;\n");
        copy.append("said_in_script\n");
        for (int i = 0; i < 300_000; i++) {
            copy.append("a line of a table that is larger than the buffers of any network in between\n");
        }
        ScriptFolder large = ScriptFolder.create().with("001_copy.up.sql", copy + "\\.\n");
        try (PostgresProxy proxy = PostgresProxy.at(SERVER, "said_in_script", Strike.SILENCE)) {
            App.Result result = large.migrate(db)
                    .env("PGPORT", String.valueOf(proxy.port()))
                    .property(LIMIT, "2000")
                    .run();
            assertThat(result.exitCode()).as(result.text()).isEqualTo(69);
            assertThat(result.err()).containsPattern("ERROR 69.* has not answered for");
        }
    }

    /** The other sessions work, and the answer never comes: somebody in between has forgotten this one. */
    @Test
    void answerThatWasLostEndsTheWait() {
        Postgres.Database db = SERVER.createDatabase();
        try (PostgresProxy proxy = PostgresProxy.at(SERVER, "said_in_script", Strike.ANSWERS_LOST)) {
            App.Result result = through(proxy, db).run();
            assertThat(result.exitCode()).as(result.text()).isEqualTo(69);
            assertThat(result.err()).containsPattern("ERROR 69.* its server process waits for us");
            assertThat(result.termination()).contains("\"toVersion\":\"001\"");
        }
    }

    /** Three times as long as the limit: asked about, at work, left alone. */
    @Test
    void longStatementIsLeftAlone() {
        ScriptFolder slow = ScriptFolder.create().with("001_slow.up.sql", "SELECT pg_sleep(6), 'said_in_script';");
        Postgres.Database db = SERVER.createDatabase();
        App.Running direct = slow.migrate(db).property(LIMIT, "2000").start();
        // Nobody new gets in, as while a script locks the catalog: the session with the job lock answers, that is
        // enough.
        Postgres.Database guarded = SERVER.createDatabase();
        try (PostgresProxy proxy = PostgresProxy.at(SERVER, "said_in_script", Strike.NEWCOMERS_LOST)) {
            App.Result alone = slow.migrate(guarded)
                    .env("PGPORT", String.valueOf(proxy.port()))
                    .property(LIMIT, "2000")
                    .run();
            assertThat(alone.exitCode()).as(alone.text()).isZero();
        }
        App.Result result = direct.await();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.err()).doesNotContain("has not answered");
    }
}
