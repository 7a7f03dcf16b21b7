package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is in memory at once is bounded by bytes, and not by rows alone: of large rows hardly more than one. */
class LargeRowsIT {
    private static final int ROWS = 6;
    private static final String MEMORY = "160m";
    private static final String LAYOUT =
            "CREATE TABLE docs (id INTEGER PRIMARY KEY, n INTEGER, body TEXT, j TEXT, raw BLOB)";
    private static final String MAPPING =
            "tables: {docs: {columns: {id: id, n: n, body: body, j: j, raw: raw}}}\nlayout: |\n  %s;\n"
                    .formatted(LAYOUT);

    private final Postgres.Database database = Postgres.version(17).createDatabase();
    private final ScriptFolder bundle = ScriptFolder.create()
            .with(
                    "001_docs.up.sql",
                    "CREATE TABLE docs (id bigint PRIMARY KEY, n int NOT NULL, body text, j jsonb, raw bytea);")
            .with("import.yaml", MAPPING);

    private App.Result imported(SqliteFile file, String... more) {
        return file.importInto(database, bundle.path().toString(), more)
                .memory(MEMORY)
                .run();
    }

    private App.Result exported(Path file) {
        return App.command(
                        "export",
                        "sqlite",
                        file.toString(),
                        "--bundle",
                        bundle.path().toString())
                .database(database)
                .memory(MEMORY)
                .run();
    }

    /** Rows of 22 MB, of which seven are as much as the memory. */
    @Test
    void largeRowsPassOneByOne() throws IOException {
        SqliteFile file = SqliteFile.of(LAYOUT)
                .execute("INSERT INTO docs WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                        + ROWS + ") SELECT i, 'no number', i || replace(hex(zeroblob(5000000)), '00', 'a '),"
                        + " '{\"k\": \"' || hex(randomblob(1000000)) || '\"}', randomblob(10000000) FROM n");
        Path rejects = TemporaryFolders.create("rejects").resolve("r.jsonl");
        App.Result trial = imported(file, "--dry-run", "--rejects", rejects.toString());
        assertThat(trial.exitCode()).as(trial.text()).isZero();
        assertThat(Files.size(rejects)).isGreaterThan(ROWS * 32_000_000L);
        assertThat(imported(file.execute("UPDATE docs SET n = id")).exitCode()).isZero();
        App.Result again = imported(file);
        assertThat(again.exitCode()).as(again.text()).isZero();

        Path back = TemporaryFolders.create("back").resolve("back.db");
        App.Result export = exported(back);
        assertThat(export.exitCode()).as(export.text()).isZero();
        String lengths = "SELECT id, n, length(body), length(j), length(raw) FROM docs ORDER BY id";
        assertThat(SqliteFile.existing(back).rows(lengths)).hasSize(ROWS).isEqualTo(file.rows(lengths));
    }

    /** A row that is larger than the memory is named, and is no defect. */
    @Test
    void rowThatIsTooLargeIsNamed() {
        SqliteFile file = SqliteFile.of(
                LAYOUT,
                "INSERT INTO docs VALUES (1, 1, 'a', NULL, NULL), (7, 7, zeroblob(2097152), NULL, zeroblob(170000000))");
        App.Result result = imported(file);
        assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitStatus.CONFIG.code());
        assertThat(result.err())
                .containsPattern(
                        "The memory of this process was not enough \\(1\\d\\d MiB\\): row 7 of the table docs of the"
                                + " SQLite file has 164.1 MiB, its column raw alone 162.1 MiB\\.")
                .contains("Everything was rolled back", "Give the container more memory")
                .doesNotContain("defect", "unknown");
    }

    /** The way back says the same, and leaves no file. */
    @Test
    void rowThatIsTooLargeForTheExportIsNamed() {
        assertThat(bundle.migrate(database).run().exitCode()).isZero();
        database.execute("INSERT INTO docs VALUES (1, 1, 'a'), (2, 2, 'b')");
        database.execute("INSERT INTO docs (id, n, raw) VALUES (7, 7, convert_to(repeat('x', 170000000), 'UTF8'))");
        Path back = TemporaryFolders.create("back").resolve("back.db");
        App.Result result = exported(back);
        assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitStatus.CONFIG.code());
        assertThat(result.err())
                .containsPattern(
                        "The memory of this process was not enough \\(1\\d\\d MiB\\): a row of docs is too large")
                .contains("no file was left", "Give the container more memory")
                .doesNotContain("defect", "unknown");
        assertThat(back).doesNotExist();
    }
}
