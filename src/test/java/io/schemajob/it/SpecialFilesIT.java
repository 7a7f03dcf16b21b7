package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files to write that are none: nobody waits for the reader of a pipe, and no device is replaced. */
class SpecialFilesIT {
    @TempDir
    Path folder;

    private final Postgres.Database db = Postgres.version(16).createDatabase();
    private final ScriptFolder scripts = ScriptFolder.create().with("001_first.up.sql", "CREATE TABLE first (n int);");

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    @Test
    void finishedRunEndsAlthoughNobodyReadsTheResult() throws IOException, InterruptedException {
        String pipe = pipe().toString();
        App.Result result = scripts.migrate(db)
                .env("SCHEMAJOB_TERMINATION_LOG", pipe)
                .env("SCHEMAJOB_REPORT", pipe)
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.err()).contains("termination message was not written", "is a named pipe", "report");
    }

    @Test
    void resultsGoToStreamsThatAreNamed() throws IOException {
        App.Result result = scripts.migrate(db)
                .env("SCHEMAJOB_TERMINATION_LOG", "/dev/stderr")
                .env("SCHEMAJOB_REPORT", "/dev/stdout")
                .asProcess()
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.err()).contains("\"status\":\"success\"");
        assertThat(result.out()).contains("\"exitName\" : \"OK\"");
        App.Result silent = scripts.migrate(db)
                .env("SCHEMAJOB_TERMINATION_LOG", "/dev/null")
                .asProcess()
                .run();
        assertThat(silent.exitCode()).as(silent.text()).isZero();
        assertThat(silent.err()).isEmpty();
    }

    /** As root, the link /dev/stdout itself was replaced by a file. */
    @Test
    void credentialsGoToStandardOutputAloneAndNothingIsReplaced() throws IOException, InterruptedException {
        App.Result result = App.of("credentials", "--file", "/dev/stdout")
                .env("PGHOST", "db")
                .env("PGDATABASE", "d")
                .env("PGUSER", "u")
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.out().lines()).isNotEmpty().allMatch(line -> line.startsWith("export PG"));
        assertThat(Files.isSymbolicLink(Path.of("/dev/stdout"))).isTrue();

        for (String file : new String[] {pipe().toString(), "/dev/null", "/dev/full", folder.toString()}) {
            App.Result refused = App.of("credentials", "--file", file)
                    .env("PGHOST", "db")
                    .env("PGDATABASE", "d")
                    .env("PGUSER", "u")
                    .run();
            assertThat(refused.exitCode()).as(file).isEqualTo(ExitStatus.CONFIG.code());
            assertThat(refused.err()).contains("are not written to " + file);
        }
    }

    @Test
    void snapshotRefusesBeforeItConnects() throws IOException, InterruptedException {
        App.Result refused = App.of("snapshot", "--bundle", scripts.path().toString(), "--file", pipe().toString())
                .database(db)
                .env("PGPORT", "1")
                .run();
        assertThat(refused.exitCode()).as(refused.text()).isEqualTo(ExitStatus.CONFIG.code());
        assertThat(refused.err()).contains("is a named pipe");
    }

    /** A result that a full disk has swallowed is none. */
    @Test
    void resultThatCouldNotBeWrittenIsAFailure() {
        scripts.migrate(db).run();
        App.Result full = App.of("snapshot", "--bundle", scripts.path().toString())
                .database(db)
                .startedBy(List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh"))
                .run();
        assertThat(full.exitCode()).as(full.text()).isEqualTo(ExitStatus.CONFIG.code());
        assertThat(full.err()).contains("could not be written to standard output");

        for (String command : List.of("info", "migrate", "verify")) {
            App.Result json = App.of(
                            command,
                            "--output",
                            "json",
                            "--bundle",
                            scripts.path().toString())
                    .database(db)
                    .startedBy(List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh"))
                    .run();
            assertThat(json.exitCode()).as(json.text()).isEqualTo(ExitStatus.CONFIG.code());
            assertThat(json.termination()).contains("could not be written to standard output");
        }

        App.Result gone = App.of("snapshot", "--bundle", scripts.path().toString())
                .database(db)
                .startedBy(List.of("sh", "-c", "(\"$@\"; echo \"ended with $?\" >&2) | true", "sh"))
                .run();
        assertThat(gone.err()).contains("ended with 0");
    }
}
