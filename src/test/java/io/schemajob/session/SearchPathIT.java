package io.schemajob.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.job.migrate.MigrateJob;
import io.schemajob.job.verify.VerifyJob;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.PgVector;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The run's schema is first on the search path; what database and role say follows it. */
class SearchPathIT {
    /** A database laid out as Supabase does, with the extensions that the built-in bundles need. */
    private static Postgres.Database supabase() {
        PgVector.install(16);
        Postgres.Database db = Postgres.version(16).createDatabase();
        try (OtherSession administrator = OtherSession.ofSuperuser(db)) {
            administrator.execute(
                    "CREATE SCHEMA extensions",
                    "GRANT USAGE ON SCHEMA extensions TO PUBLIC",
                    "CREATE EXTENSION \"uuid-ossp\" SCHEMA extensions",
                    "CREATE EXTENSION vector SCHEMA extensions",
                    "CREATE EXTENSION pg_trgm SCHEMA extensions",
                    "ALTER DATABASE " + db.name() + " SET search_path = \"$user\", public, extensions");
        }
        return db;
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent-executor", "agent-platform", "bindu", "minion"})
    void builtInBundlesFindExtensionsInASchemaOfTheirOwn(String bundle) {
        Postgres.Database db = supabase();
        ScriptFolder named = new ScriptFolder(Path.of(bundle));
        JobRun run = JobRun.migrate(db, named);
        assertThat(run.exitCode()).as(run.text()).isZero();
        try (OtherSession administrator = OtherSession.ofSuperuser(db)) {
            administrator.execute("ALTER DATABASE " + db.name() + " SET search_path = pg_catalog");
        }
        // Another path is another way to print names, and must not be another verdict.
        JobRun verify = JobRun.run(db, named, context -> new VerifyJob(context).execute());
        assertThat(verify.exitCode()).as(verify.text()).isZero();
    }

    @Test
    void scriptsAndChecksFindWhatDatabaseAndRoleName() {
        Postgres.Database db = supabase();
        ScriptFolder scripts = ScriptFolder.create()
                .with("001_a.up.sql", "CREATE TABLE a (t text); CREATE INDEX a_t ON a USING gin (t gin_trgm_ops)")
                .with("002_b.up.sql", "RESET search_path; SET work_mem = '1MB'")
                .with(
                        "003_c.up.sql",
                        "CREATE TABLE c AS SELECT similarity('a', 'b'), current_setting('search_path') AS path")
                .with("verify/v.sql", "SELECT 1 WHERE similarity('a', 'a') <> 1");
        JobRun run = JobRun.migrate(db, scripts);
        assertThat(run.exitCode()).as(run.text()).isZero();
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.value("SELECT path FROM c")).isEqualTo("\"public\", \"$user\", public, extensions");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "''", "\"a,b\", pg_catalog", "\"$user\", \"q\"\"uote\""})
    void anyPathCanFollow(String path) {
        Postgres.Database db = Postgres.version(16).createDatabase();
        try (OtherSession administrator = OtherSession.ofSuperuser(db)) {
            administrator.execute(
                    "ALTER ROLE " + db.user() + " SET search_path = " + (path.isEmpty() ? "DEFAULT" : path));
        }
        ScriptFolder scripts = ScriptFolder.create()
                .with("001_a.up.sql", "CREATE TABLE a (t text)")
                .with("002_b.up.sql", "CREATE TABLE b (t text)");
        JobRun run = JobRun.run(
                db, scripts, context -> new MigrateJob(context, new MigrateJob.Options("head", false, true)).execute());
        assertThat(run.exitCode()).as(run.text()).isZero();
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT schemaname FROM pg_tables WHERE tablename IN ('a', 'b')"))
                    .containsExactly("public", "public");
        }
    }
}
