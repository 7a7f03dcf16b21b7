package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.database.lock.LockKeys;
import io.schemajob.job.RunContext;
import io.schemajob.job.data.ExportJob;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresProxy;
import io.schemajob.testing.PostgresProxy.Strike;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that goes silent in the middle of an import or an export, and a server that lies about lengths. */
class SilentImportIT {
    private static final String LIMIT = "schemajob.internal.silence";
    private static final String UNLOCK = "pg_advisory_unlock(";
    private static final Postgres SERVER = Postgres.version(16);

    private final ScriptFolder bundle = new ScriptFolder(Path.of("agent-platform"));

    @TempDir
    Path place;

    @BeforeEach
    void impatient() {
        System.setProperty(LIMIT, "2000");
    }

    @AfterEach
    void patient() {
        System.clearProperty(LIMIT);
    }

    private record Stage(Postgres.Database db, PostgresProxy proxy, JobRun.Running run) {}

    private Stage begin(Postgres.Database db, String words, Consumer<RunContext> job) {
        PostgresProxy proxy = PostgresProxy.at(SERVER, words, Strike.SILENCE);
        Map<String, String> environment = JobRun.environment(db);
        environment.put("PGPORT", String.valueOf(proxy.port()));
        return new Stage(db, proxy, JobRun.start(environment, bundle, job));
    }

    @Test
    void everyWaitOfAnImportAndOfAnExportEnds() {
        Map<String, Stage> imports = new TreeMap<>();
        Map<String, Stage> exports = new TreeMap<>();
        List<String> importing = List.of("LOCK TABLE", "COPY ", "schemajob_import", "COMMIT", UNLOCK);
        for (String words : importing) {
            Postgres.Database db = SERVER.createDatabase();
            assertThat(JobRun.migrate(db, bundle).exitCode()).isZero();
            SqliteFile file = SqliteFile.phase1(3, 50);
            String at = words.equals(UNLOCK)
                    ? UNLOCK + LockKeys.of(db.name(), "public").job()
                    : words;
            imports.put(words, begin(db, at, NoRoomIT.importing(file, place)));
        }
        Postgres.Database full = SERVER.createDatabase();
        assertThat(JobRun.run(full, bundle, NoRoomIT.importing(SqliteFile.phase1(3, 50), place))
                        .exitCode())
                .isZero();
        for (String words : List.of("ISOLATION", "agents", "tasks")) {
            Path file = place.resolve("export-" + exports.size() + ".db");
            exports.put(words, begin(full, words, run -> new ExportJob(run, new ExportJob.Options(file, null, null))
                    .execute()));
        }
        imports.forEach((words, stage) -> {
            JobRun result = stage.run().await();
            boolean done = words.equals(UNLOCK);
            assertThat(result.status())
                    .as(words + ": " + result.text())
                    .isEqualTo(done ? ExitStatus.OK : ExitStatus.UNAVAILABLE);
            assertThat(stage.proxy().struck()).as(words).isTrue();
            stage.proxy().close();
            try (OtherSession eye = OtherSession.of(stage.db())) {
                assertThat(eye.count("tasks")).as(words).isEqualTo(done ? 50 : 0);
            }
        });
        List<String> ended = new ArrayList<>();
        exports.forEach((words, stage) -> {
            JobRun result = stage.run().await();
            assertThat(result.status()).as(words + ": " + result.text()).isEqualTo(ExitStatus.UNAVAILABLE);
            assertThat(stage.proxy().struck()).as(words).isTrue();
            stage.proxy().close();
            ended.add(words);
        });
        assertThat(ended).hasSize(3);
    }

    /** More than this process could hold: it ends, and says what was too much. */
    @Test
    void rowOfTwoGigabytesEndsTheRun() {
        ScriptFolder folder = ScriptFolder.create()
                .with("001_first.up.sql", "CREATE TABLE first (n int);")
                .with("002_second.up.sql", "SELECT 'said_in_script';");
        for (String words : List.of("said_in_script", "pg_is_in_recovery", "flyway_schema_history")) {
            Postgres.Database db = SERVER.createDatabase();
            try (PostgresProxy rogue = PostgresProxy.at(SERVER, words, Strike.GIANT_ROW)) {
                App.Result result = folder.migrate(db)
                        .env("PGPORT", String.valueOf(rogue.port()))
                        .memory("64m")
                        .property(LIMIT, "2000")
                        .run();
                assertThat(rogue.struck()).isTrue();
                assertThat(result.exitCode()).as(result.text()).isIn(69, 70);
                assertThat(result.err())
                        .containsAnyOf("The memory of this process was not enough", "has not answered for")
                        .contains("database:", "next:")
                        .doesNotContain("A defect of Schemajob");
            }
        }
    }
}
