package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and folders beside an import: what a message names is there, and what cannot be is refused in a sentence. */
class ImportPlacesIT {
    @TempDir
    Path folder;

    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final SqliteFile file = SqliteFile.of(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT)", "INSERT INTO t VALUES (1, '1'), (2, 'two'), (3, 'x')");
    private final ScriptFolder bundle = ScriptFolder.create()
            .with("001_t.up.sql", "CREATE TABLE t (id bigint PRIMARY KEY, n int);")
            .with("import.yaml", "tables: {t: {columns: {id: id, n: n}}}\n");

    private App app(String... more) {
        String[] line = new String[more.length + 5];
        System.arraycopy(
                new String[] {
                    "import",
                    "sqlite",
                    file.toString(),
                    "--bundle",
                    bundle.path().toString()
                },
                0,
                line,
                0,
                5);
        System.arraycopy(more, 0, line, 5, more.length);
        return App.command(line).database(database);
    }

    @Test
    void aTrialWritesTheRejects() throws IOException {
        Path rejects = folder.resolve("rejects.jsonl");
        App.Result trial = app("--dry-run", "--rejects", rejects.toString()).run();
        assertThat(trial.exitCode()).as(trial.text()).isZero();
        assertThat(trial.out())
                .contains("t: 2 rows were NOT imported")
                .contains("The 2 rows that do not fit are in " + rejects);
        assertThat(Files.readAllLines(rejects)).hasSize(2);
        try (OtherSession other = OtherSession.of(database)) {
            assertThat(other.value("SELECT to_regclass('t') IS NULL")).isEqualTo("t");
        }
    }

    @Test
    void theFolderOfTheCopyIsMadeOrRefused() throws IOException {
        Path copies = folder.resolve("new/copies");
        App.Result made = app(
                        "--dry-run",
                        "--backup-dir",
                        copies.toString(),
                        "--keep-copy",
                        "--rejects",
                        folder.resolve("r").toString())
                .run();
        assertThat(made.exitCode()).as(made.text()).isZero();
        assertThat(copies).isNotEmptyDirectory();
        for (App attempt : List.of(
                app(
                        "--dry-run",
                        "--backup-dir",
                        copies.toString(),
                        "--rejects",
                        folder.resolve("r2").toString()),
                app("--backup-dir", copies.toString()))) {
            attempt.run();
            assertThat(copies.toFile().list())
                    .as("only what was asked for: a trial, or an import that is refused, leaves no copy")
                    .hasSize(1);
        }
        Path plain = Files.writeString(folder.resolve("plain"), "");
        for (String impossible : new String[] {plain.toString(), plain + "/below", "/proc/copies"}) {
            App.Result refused = Cli.failed(
                    ExitStatus.CONFIG, app("--backup-dir", impossible).run());
            assertThat(refused.err())
                    .contains("could not be copied to " + impossible)
                    .contains("--backup-dir")
                    .doesNotContain("result code");
        }
    }

    /** What is wrong with the mapping is told before the file is copied, all of it. */
    @Test
    void aMappingThatDoesNotFitLeavesNoCopy() throws IOException {
        Path mapping = Files.writeString(
                folder.resolve("import.yaml"), "tables: {t: {columns: {id: idd, m: n}}, u: {columns: {id: id}}}");
        Path copies = folder.resolve("copies");
        for (String more : new String[] {"--dry-run", "--append"}) {
            App.Result refused = Cli.failed(
                    ExitStatus.CONFIG,
                    app("--mapping", mapping.toString(), "--backup-dir", copies.toString(), "--keep-copy", more)
                            .run());
            assertThat(refused.err())
                    .contains("The mapping has 5 mistakes: ", "t has no column idd", "table t has no column m")
                    .contains("column t.id is neither mapped nor ignored", "no table or view u");
            assertThat(refused.out()).doesNotContain("Backing up");
            assertThat(copies).doesNotExist();
        }
    }

    @Test
    void aFileThatCannotBeIsRefusedBeforeAnythingIsContacted() {
        for (String option : new String[] {"--rejects", "--id-map"}) {
            App.Result refused = Cli.failed(
                    ExitStatus.CONFIG,
                    app(option, folder.resolve("missing/file").toString()).run());
            assertThat(refused.err())
                    .contains("of " + option + " could not be written")
                    .contains("Not contacted.");
        }
    }
}
