package io.schemajob.database.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.database.libpq.ConnectionReader;
import io.schemajob.database.libpq.RunSchema;
import io.schemajob.job.RunContext;
import io.schemajob.job.adopt.AdoptJob;
import io.schemajob.job.adopt.BaselineJob;
import io.schemajob.job.adopt.ForceJob;
import io.schemajob.job.data.MaintainJob;
import io.schemajob.job.migrate.GotoJob;
import io.schemajob.job.migrate.InfoJob;
import io.schemajob.job.migrate.MigrateJob;
import io.schemajob.job.migrate.RepairJob;
import io.schemajob.job.migrate.RollbackJob;
import io.schemajob.job.verify.VerifyJob;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.RecordingLog;
import io.schemajob.testing.ScriptFolder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code target_session_attrs} beside a real primary, a real hot standby and a user whose transactions are read-only. */
class TargetSessionIT {
    private static final ScriptFolder SCRIPTS = ScriptFolder.create()
            .with("001_a.up.sql", "CREATE TABLE a (n int);")
            .with("001_a.down.sql", "DROP TABLE a;");

    private static Postgres primary;
    private static Postgres standby;
    private static Postgres.Database db;

    @BeforeAll
    static void startServers() {
        primary = Postgres.dedicated(18).start();
        db = primary.createDatabase();
        assertThat(JobRun.migrate(db, SCRIPTS).exitCode()).isZero();
        primary.createRole("reader", "only-for-tests-4");
        primary.superuserExecute("ALTER ROLE reader SET default_transaction_read_only = on");
        standby = primary.standby();
    }

    @AfterAll
    static void stopServers() {
        standby.close();
        primary.close();
    }

    private static String url(String hosts, String attributes) {
        String ports = hosts.replace("primary", "" + primary.port())
                .replace("standby", "" + standby.port())
                .replace("nobody", "1");
        return "postgresql://%s:%s@/%s?host=%s&port=%s%s"
                .formatted(
                        db.user(),
                        db.password(),
                        db.name(),
                        "127.0.0.1" + ",127.0.0.1".repeat(hosts.split(",").length - 1),
                        ports,
                        attributes == null ? "" : "&target_session_attrs=" + attributes);
    }

    /** Which of the servers answers; the exit status where none does. */
    private static String reached(String url) throws Exception {
        ConnectionSettings settings = new ConnectionReader(
                        Map.of("HOME", "/no/home"), new RunSchema("public", false), null, warning -> {})
                .fromText("DATABASE_URL", url);
        SessionSettings session = new SessionSettings(
                "schemajob/test", "public", null, Duration.ZERO, Duration.ZERO, Duration.ofMillis(200));
        try (Connection connection =
                        new Connector(settings, session, new CancellationToken(), new RecordingLog()).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            row.next();
            return row.getBoolean(1) ? "standby" : "primary";
        } catch (SchemajobException e) {
            assertThat(e.failure().message()).contains("is not what target_session_attrs=");
            return e.status().name();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "unset",
            value = {
                "unset          | primary     | standby     | primary | primary | primary",
                "any            | primary     | standby     | primary | standby | standby",
                "read-write     | primary     | UNAVAILABLE | primary | primary | primary",
                "primary        | primary     | UNAVAILABLE | primary | primary | primary",
                "read-only      | UNAVAILABLE | standby     | standby | standby | standby",
                "standby        | UNAVAILABLE | standby     | standby | standby | standby",
                "prefer-standby | primary     | standby     | standby | standby | standby",
            })
    void theServerThatIsAskedForIsFound(
            String attributes, String alone, String replica, String first, String second, String afterNobody)
            throws Exception {
        assertThat(reached(url("primary", attributes))).as("primary").isEqualTo(alone);
        assertThat(reached(url("standby", attributes))).as("standby").isEqualTo(replica);
        assertThat(reached(url("primary,standby", attributes)))
                .as("primary, standby")
                .isEqualTo(first);
        assertThat(reached(url("standby,primary", attributes)))
                .as("standby, primary")
                .isEqualTo(second);
        assertThat(reached(url("nobody,standby,primary", attributes)))
                .as("nobody, standby, primary")
                .isEqualTo(afterNobody);
    }

    @ParameterizedTest
    @CsvSource({
        "any, primary",
        "read-write, UNAVAILABLE",
        "read-only, primary",
        "primary, primary",
        "standby, UNAVAILABLE",
        "prefer-standby, primary"
    })
    void aUserWhoseTransactionsAreReadOnlyHasNoServerToWriteTo(String attributes, String server) throws Exception {
        String url = url("primary", attributes).replace(db.user() + ":" + db.password(), "reader:only-for-tests-4");
        assertThat(reached(url)).isEqualTo(server);
    }

    private static JobRun run(String url, Consumer<RunContext> job) {
        Map<String, String> environment =
                Map.of("DATABASE_URL", url, "HOME", "/no/home", "SCHEMAJOB_CONNECT_TIMEOUT", "200ms");
        return JobRun.run(environment, SCRIPTS, job);
    }

    private static void migrate(RunContext run) {
        new MigrateJob(run, new MigrateJob.Options("head", false, true)).execute();
    }

    @Test
    void whateverWritesRefusesAtOnceToAskForAServerThatCannotBeWrittenTo() {
        List<Consumer<RunContext>> writing = List.of(
                TargetSessionIT::migrate,
                run -> new MigrateJob(run, new MigrateJob.Options("head", true, true)).execute(),
                run -> new RollbackJob(run, "base", down -> true).execute(),
                run -> new RepairJob(run).execute(),
                run -> new BaselineJob(run, "001").execute(),
                run -> new ForceJob(run, "001", change -> true).execute(),
                run -> new GotoJob(run, "001", down -> true).execute(),
                run -> new AdoptJob(run, new AdoptJob.Options(null, false, AdoptJob.Keep.NO)).execute());
        for (Consumer<RunContext> job : writing) {
            for (String attributes : List.of("standby", "read-only")) {
                // Nobody listens there: contacting it would end with 69.
                refused(run(url("nobody", attributes), job), attributes);
            }
        }
        ScriptFolder upkeep = ScriptFolder.create()
                .with("001_a.up.sql", "CREATE TABLE a (n int);")
                .with("maintenance.sql", "-- task: one\nDELETE FROM a;\n");
        refused(
                JobRun.run(
                        Map.of("DATABASE_URL", url("nobody", null), "PGTARGETSESSIONATTRS", "standby"),
                        upkeep,
                        run -> new MaintainJob(run, Map.of(), List.of()).execute()),
                "standby");
        refused(run(url("nobody,primary", "prefer-standby"), TargetSessionIT::migrate), "prefer-standby");
    }

    private static void refused(JobRun run, String attributes) {
        assertThat(run.status()).as(run.text()).isEqualTo(ExitStatus.CONFIG);
        assertThat(run.failure().message()).contains("target_session_attrs=" + attributes, "DATABASE_URL");
        assertThat(run.failure().databaseState()).isEqualTo("Not contacted.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "unset",
            value = {
                "standby,primary | unset          | OK",
                "standby,primary | read-write     | OK",
                "standby,primary | primary        | OK",
                "standby,primary | any            | CONFIG",
                "primary         | prefer-standby | OK",
                "standby         | prefer-standby | CONFIG",
                "standby         | unset          | CONFIG",
                "standby         | read-write     | UNAVAILABLE",
            })
    void aRunThatWritesNeedsTheServerThatCanBeWrittenTo(String hosts, String attributes, ExitStatus status) {
        JobRun run = run(url(hosts, attributes), TargetSessionIT::migrate);
        assertThat(run.status()).as(run.text()).isEqualTo(status);
    }

    @Test
    void whatOnlyReadsWorksOnAStandby() {
        for (String attributes : new String[] {null, "any", "standby", "read-only", "prefer-standby"}) {
            JobRun verify = run(url("standby", attributes), run -> new VerifyJob(run).execute());
            assertThat(verify.status()).as(verify.text()).isEqualTo(ExitStatus.OK);
            JobRun info = run(url("standby", attributes), run -> new InfoJob(run).execute());
            assertThat(info.status()).as(info.text()).isEqualTo(ExitStatus.OK);
        }
    }
}
