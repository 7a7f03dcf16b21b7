package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The variables of a {@code .env} file reach a run, each behind the environment and before Quarkus. */
class EnvFileIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = Shop.golangMigrate();

    /** In the folder, where a run finds the file by itself. */
    private App inFolder(String... line) {
        return App.of(line)
                .secret(database.password())
                .startedBy(List.of("sh", "-c", "cd '%s' && exec \"$@\"".formatted(folder.path()), "sh"));
    }

    private App with(String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of(
                "--env-file",
                folder.path().resolve(".env").toString(),
                "--bundle",
                folder.path().toString()));
        return App.command(all.toArray(String[]::new)).secret(database.password());
    }

    @Test
    void aRunFindsTheFileOfItsFolder() {
        folder.with(
                ".env",
                "# of this project\nexport DATABASE_URL='%s'\nSCHEMAJOB_BUNDLE=.\nSCHEMAJOB_LOCK_WAIT=7s\n"
                        .formatted(database.url()));
        App.Result migrated = inFolder("migrate").run();
        assertThat(migrated.exitCode()).as(migrated.text()).isZero();
        assertThat(migrated.out()).contains("From .env: DATABASE_URL, SCHEMAJOB_BUNDLE, SCHEMAJOB_LOCK_WAIT");
        assertThat(Cli.of(folder, database).applied()).hasSize(3);

        App.Result settings =
                inFolder("settings").env("SCHEMAJOB_LOCK_RETRIES", "3").run();
        assertThat(settings.out())
                .containsPattern("lock-wait +7s +\\.env: SCHEMAJOB_LOCK_WAIT")
                .containsPattern("lock-retries +3 +variable SCHEMAJOB_LOCK_RETRIES")
                .containsPattern("DATABASE_URL +\\*\\*\\* +\\.env: DATABASE_URL");
        // Nor does Quarkus read what was left out.
        assertThat(inFolder("settings", "--env-file", "none").run().out())
                .containsPattern("lock-wait +60s +default")
                .doesNotContain("DATABASE_URL");
    }

    @Test
    void theEnvironmentAndOptionsWin() {
        Postgres.Database other = database.server().createDatabase();
        folder.with(".env", "DATABASE_URL=%s\nPGUSER=nobody\nSCHEMAJOB_LOCK_WAIT=7s\n".formatted(other.url()));
        App.Result migrated = with("migrate").database(database).run();
        assertThat(migrated.exitCode()).as(migrated.text()).isZero();
        assertThat(Cli.of(folder, database).applied()).hasSize(3);
        assertThat(Cli.of(folder, other).rows("SELECT to_regclass('flyway_schema_history') IS NULL"))
                .containsExactly("t");
        assertThat(with("settings", "--lock-wait", "8s")
                        .database(database)
                        .run()
                        .out())
                .containsPattern("lock-wait +8s +option --lock-wait")
                .containsPattern("DATABASE_URL +\\*\\*\\* +\\S+/\\.env: DATABASE_URL, unused");

        Cli.failed(
                ExitStatus.CONFIG,
                with("migrate").env("PGDATABASE", database.name()).run());
    }

    @Test
    void aFileThatCannotBeReadAsAWholeEndsTheRun() {
        folder.with(".env", "PGHOST=127.0.0.1\nPGPASSWORD=ab$cdefgh\n");
        App.Result refused = Cli.failed(ExitStatus.CONFIG, with("migrate").run());
        assertThat(refused.err())
                .contains(".env:2: PGPASSWORD cannot be read: a dollar sign", "--env-file none")
                .doesNotContain("cdefgh");
        assertThat(with("bundles", "--output", "json").run().out()).contains("\"exitCode\":78");
    }
}
