package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.schemajob.database.lock.LockKeys;
import io.schemajob.job.RunContext;
import io.schemajob.job.adopt.AdoptJob;
import io.schemajob.job.author.AutogenerateJob;
import io.schemajob.job.author.DocsJob;
import io.schemajob.job.author.SnapshotJob;
import io.schemajob.job.data.UsageJob;
import io.schemajob.job.migrate.MigrateJob;
import io.schemajob.job.migrate.RepairJob;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.result.Finding;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Bundles that own several schemas: the first has the history, none is left out in silence. */
class SeveralSchemasJobIT {
    private static final String BUNDLE = "name: shop\nschemas: [app, audit]\n";
    private static final String TABLES =
            """
            CREATE SCHEMA audit;
            CREATE TABLE users (id bigint PRIMARY KEY, name text);
            CREATE TABLE audit.users (id bigint PRIMARY KEY, user_id bigint REFERENCES users, change text NOT NULL);
            CREATE VIEW audit.changed AS SELECT u.name, a.change FROM users u JOIN audit.users a ON a.user_id = u.id;
            """;

    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder =
            ScriptFolder.create().with("bundle.yaml", BUNDLE).with("001_first.up.sql", TABLES);

    private JobRun run(Consumer<RunContext> job) {
        return JobRun.run(database, folder, job);
    }

    private <T> T get(Function<RunContext, T> job) {
        List<T> got = new ArrayList<>();
        JobRun run = run(context -> got.add(job.apply(context)));
        assertThat(run.exitCode()).as(run.text()).isZero();
        return got.get(0);
    }

    private String snapshot() {
        return get(run -> new SnapshotJob(run, List.of()).execute());
    }

    private void migrateAndDeclare() {
        assertThat(JobRun.migrate(database, folder).text()).contains("Nothing is declared", "001");
        folder.with("schema.yaml", snapshot());
    }

    private JobRun refused(ExitStatus status, JobRun run, String... words) {
        assertThat(run.status()).as(run.text()).isEqualTo(status);
        assertThat(run.text()).contains(words);
        return run;
    }

    @Test
    void allSchemasAreWrittenComparedAndCounted() {
        migrateAndDeclare();
        assertThat(folder.read("schema.yaml")).contains("\nschemas:\n  audit:\n", "table: app.users");
        JobRun verified = JobRun.verify(database, folder);
        assertThat(verified.text())
                .contains(
                        "Compared in schema app: table 1, column 2, primary key 1; owners",
                        "Compared in schema audit: table 1, column 3, view 1",
                        "All 2 tables in the schemas app, audit verified successfully");
        assertThat(verified.report().comparedIn())
                .containsEntry("app", Map.of("table", 1, "column", 2, "primary key", 1))
                .containsEntry("audit", Map.of("table", 1, "column", 3, "primary key", 1, "foreign key", 1, "view", 1));
        assertThat(verified.report().compared()).containsEntry("table", 2).containsEntry("column", 5);

        database.execute("ALTER TABLE audit.users DROP COLUMN change CASCADE; CREATE TABLE audit.stranger (id int)");
        JobRun drift = refused(
                ExitStatus.VERIFICATION_FAILED,
                JobRun.verify(database, folder),
                "column users.change in schema audit",
                "view changed in schema audit");
        assertThat(drift.report().findings())
                .extracting(Finding::severity, Finding::object)
                .contains(
                        tuple(Finding.WARNING, "table stranger in schema audit"),
                        tuple(Finding.DRIFT, "column users.change in schema audit"));
        folder.with("bundle.yaml", BUNDLE + "strict: true\n");
        refused(
                ExitStatus.VERIFICATION_FAILED,
                JobRun.verify(database, folder),
                "table stranger in schema audit, expected not declared");
        database.execute("DROP SCHEMA audit CASCADE");
        refused(
                ExitStatus.VERIFICATION_FAILED,
                JobRun.verify(database, folder),
                "schema audit, expected schema, found missing");
        assertThat(snapshot()).contains("\nschemas:\n  audit: {}\n");
    }

    @Test
    void theFileAndTheBundleNameTheSameSchemas() {
        migrateAndDeclare();
        String whole = folder.read("schema.yaml");
        folder.with("schema.yaml", whole.substring(0, whole.indexOf("schemas:")));
        refused(
                ExitStatus.CONFIG,
                JobRun.migrate(database, folder),
                "schema.yaml says nothing of audit",
                "Not contacted");
        folder.with("schema.yaml", whole).with("bundle.yaml", "name: shop\n");
        refused(
                ExitStatus.CONFIG,
                JobRun.verify(database, folder),
                "declares the schema audit",
                "schemas: [MAIN, audit]");
        folder.with("bundle.yaml", "schemas: [app, app]\n");
        refused(ExitStatus.CONFIG, JobRun.verify(database, folder), "none twice");
        folder.with("bundle.yaml", "schemas: [app, pg_audit]\n");
        refused(ExitStatus.CONFIG, JobRun.verify(database, folder), "PostgreSQL keeps that name for itself");
        folder.with("bundle.yaml", BUNDLE)
                .with("schema.yaml", whole.replace("  audit:\n", "  audit:\n    extensions: [pg_trgm]\n"));
        refused(ExitStatus.CONFIG, JobRun.verify(database, folder), "extensions");
    }

    /** What is declared names the schemas, so the bundle cannot go into another one;. */
    @Test
    void anotherSchemaIsRefused() {
        Map<String, String> environment = JobRun.environment(database);
        environment.put("SCHEMAJOB_SCHEMA", "tenant");
        JobRun other = JobRun.run(environment, folder, JobRun.migrating("head"));
        refused(ExitStatus.CONFIG, other, "is for the schemas app, audit", "in schema tenant", "Not contacted");
        environment.put("SCHEMAJOB_SCHEMA", "app");
        assertThat(JobRun.run(environment, folder, JobRun.migrating("head")).exitCode())
                .isZero();
    }

    /** An older version's file from before the bundle owned the schema says nothing of it, and the run says so. */
    @Test
    void anOlderDeclarationMayKnowFewerSchemas() {
        folder.with("bundle.yaml", "schemas: [app]\n").with("001_first.up.sql", "CREATE TABLE users (id int);");
        assertThat(JobRun.migrate(database, folder).exitCode()).isZero();
        folder.with("schema/001.yaml", snapshot()).with("002_more.up.sql", "CREATE SCHEMA audit;");
        folder.with("bundle.yaml", BUNDLE);
        assertThat(JobRun.verify(database, folder).text())
                .contains("Not compared, as nothing is declared of it at this version: schema audit");
        assertThat(JobRun.migrate(database, folder).exitCode()).isZero();
    }

    @Test
    void tablesOfAFurtherSchemaWithoutAHistoryAreNotMadeAgain() {
        migrateAndDeclare();
        Postgres.Database fresh = Postgres.version(16).createDatabase();
        folder.with("001_first.up.sql", "CREATE SCHEMA IF NOT EXISTS audit; DO $$ BEGIN EXECUTE 'SELECT 1'; END $$;");
        fresh.execute("CREATE SCHEMA audit; CREATE TABLE audit.users (id bigint)");
        refused(ExitStatus.HISTORY_INVALID, JobRun.migrate(fresh, folder), "(audit.users)", "nothing records");
    }

    @Test
    void adoptComparesAllSchemas() {
        migrateAndDeclare();
        database.execute("DROP TABLE app.flyway_schema_history; ALTER TABLE audit.users ADD CHECK (id > 0)");
        AdoptJob.Options options = new AdoptJob.Options("untracked", false, AdoptJob.Keep.AS_IS);
        refused(
                ExitStatus.VERIFICATION_FAILED,
                run(context -> new AdoptJob(context, options).execute()),
                "check users_id_check on users in schema audit");
        database.execute("ALTER TABLE audit.users DROP CONSTRAINT users_id_check");
        JobRun adopted = run(context -> new AdoptJob(context, options).execute());
        assertThat(adopted.exitCode()).as(adopted.text()).isZero();
    }

    /** Two bundles that share a schema never work at the same time, whichever of them has it first. */
    @Test
    void aRunLocksEachOfItsSchemas() {
        migrateAndDeclare();
        for (LockKeys keys : List.of(LockKeys.of(database.name(), "audit"), LockKeys.of(database.name(), "app"))) {
            for (long key : List.of(keys.job(), keys.shared())) {
                try (OtherSession other = OtherSession.of(database)) {
                    other.execute("SELECT pg_advisory_lock(" + key + ")");
                    Map<String, String> environment = JobRun.environment(database);
                    environment.put("SCHEMAJOB_LOCK_WAIT", "1ms");
                    JobRun waiting = JobRun.run(environment, folder, JobRun.migrating("head"));
                    refused(ExitStatus.TRY_AGAIN, waiting, "did not finish within");
                }
            }
        }
        folder.with(
                        "002_look.up.sql",
                        """
                CREATE TABLE audit.held AS SELECT count(*) AS n FROM pg_locks l
                 WHERE l.locktype = 'advisory' AND l.mode = 'ShareLock' AND l.pid = pg_backend_pid();
                """)
                .with(
                        "003_look.up.sql",
                        "INSERT INTO audit.held SELECT count(*) FROM pg_locks l"
                                + " WHERE l.locktype = 'advisory' AND l.mode = 'ShareLock' AND l.pid = pg_backend_pid();");
        run(context -> new MigrateJob(context, new MigrateJob.Options("head", false, false)).execute());
        try (OtherSession other = OtherSession.of(database)) {
            assertThat(other.value("SELECT min(n) >= 2 FROM audit.held")).isEqualTo("t");
        }
    }

    @Test
    void repairUsageAndDocsKnowAllSchemas() {
        migrateAndDeclare();
        database.execute("INSERT INTO app.users VALUES (1, 'a'), (2, 'a');"
                + "INSERT INTO audit.users VALUES (1, 1, 'x'), (2, 1, 'y')");
        List<UsageJob.Usage> usages = get(run -> new UsageJob(run).execute());
        assertThat(usages)
                .extracting(UsageJob.Usage::table, UsageJob.Usage::rows)
                .containsExactly(tuple("users", 2L), tuple("audit.users", 2L));
        String page = get(run -> new DocsJob(run, DocsJob.Format.MARKDOWN).execute());
        assertThat(page)
                .contains("# Schema audit", "## audit.users", "users |o--o{ audit_users : \"user_id\"")
                .doesNotContain("app_users");
        database.execute("CREATE INDEX broken ON audit.users (change)");
        try (OtherSession other = OtherSession.ofSuperuser(database)) {
            other.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'audit.broken'::regclass");
            assertThat(run(context -> new RepairJob(context).execute()).exitCode())
                    .isZero();
            assertThat(other.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'audit.broken'::regclass"))
                    .isEqualTo("t");
        }
    }

    /** An index on a table with rows is built in a script of its own, in which the search path has to be set. */
    @Test
    void autogenerateWritesScriptsForAllSchemas() {
        migrateAndDeclare();
        database.execute(
                "INSERT INTO app.users VALUES (1, 'a'); INSERT INTO audit.users SELECT n, 1, 'x' FROM generate_series(1, 9) n");
        folder.with(
                "schema.yaml",
                folder.read("schema.yaml")
                        .replace(
                                "        foreign_keys:\n",
                                "        indexes:\n          users_change: [change]\n        foreign_keys:\n")
                        .replace(
                                "tables:\n  users:",
                                "tables:\n  tags:\n    columns: {id: bigint, of: audit.kind}\n  users:")
                        .replace(
                                "schemas:\n  audit:\n",
                                "schemas:\n  audit:\n    types:\n      kind: {enum: [a, b]}\n"));
        AutogenerateJob.Generated generated =
                get(run -> new AutogenerateJob(run, "more", false, Clock.systemUTC()).execute());
        assertThat(generated.leavesDrift()).isFalse();
        assertThat(generated.scripts()).hasSize(2);
        String alone = folder.read(generated.scripts().get(1).up());
        assertThat(alone)
                .startsWith("-- schemajob: no-transaction\n")
                .contains("SET search_path = audit, public;\nCREATE INDEX CONCURRENTLY");
        JobRun migrated = JobRun.migrate(database, folder);
        assertThat(migrated.text()).contains("All 3 tables in the schemas app, audit verified successfully");
        JobRun back = JobRun.rollback(database, folder, "001");
        assertThat(back.exitCode()).as(back.text()).isZero();
        assertThat(JobRun.migrate(database, folder).exitCode()).isZero();
        assertThat(get(run -> new AutogenerateJob(run, "none", false, Clock.systemUTC()).execute())
                        .scripts())
                .isEmpty();
    }
}
