package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code new --autogenerate} as its users see it. */
class AutogenerateCommandIT {
    private final ScriptFolder folder = ScriptFolder.create();
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final Cli cli = Cli.of(folder, database);

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder.path())) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFolderWithNothingButASchemaIsABeginning() {
        Postgres.Database made = Postgres.version(16).createDatabase();
        made.execute("CREATE TABLE a (id int PRIMARY KEY, t text);");
        ScriptFolder empty = ScriptFolder.create();
        Path declared = empty.path().resolve("schema.yaml");
        Cli.of(empty, made).prints("snapshot", "--file", declared.toString());

        Cli beginning = Cli.of(empty, Postgres.version(16).createDatabase());
        assertThat(Cli.of(empty, made).succeeds("verify").out()).contains("All 1 tables verified successfully");
        beginning.fails(ExitStatus.VERIFICATION_FAILED, "verify");
        beginning.fails(ExitStatus.VERIFICATION_FAILED, "migrate");
        beginning.prints("new", "first", "--autogenerate");
        beginning.succeeds("migrate");
        assertThat(beginning.applied()).containsExactly("001");
        beginning.succeeds("verify");
    }

    @Test
    void leadsFromEditingToVerifying() throws Exception {
        folder.with("001_shop.up.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n")
                .with("001_shop.down.sql", "DROP TABLE orders;\n");
        App.Result undeclared = cli.fails(ExitStatus.CONFIG, "new", "x", "--autogenerate");
        assertThat(undeclared.err()).contains("has no schema.yaml to go by").contains("schemajob snapshot --file");

        folder.with(
                "schema.yaml",
                """
                tables:
                  orders:
                    columns: {id: bigint, note: text}
                    primary_key: [id]
                """);
        App.Result pending = cli.fails(ExitStatus.FINDINGS, "new", "x", "--autogenerate");
        assertThat(pending.err())
                .contains("The database is not up to date: 1 migration(s) are pending, from 001_shop.up.sql on.")
                .contains("next:     schemajob migrate");
        cli.succeeds("migrate");
        List<String> before = files();
        assertThat(cli.succeeds("new", "Nothing", "--autogenerate").out())
                .isEqualTo("No difference between the database and schema.yaml; nothing written.\n");
        assertThat(files()).isEqualTo(before);

        database.execute("INSERT INTO orders VALUES (1, 'x')");
        folder.with(
                "schema.yaml",
                """
                tables:
                  orders:
                    columns: {id: bigint, note: {type: text, nullable: false}, placed: timestamptz}
                    primary_key: [id]
                    indexes: {orders_placed: [placed]}
                """);
        App.Result written = cli.succeeds("revision", "--autogenerate", "-m", "Know when");
        assertThat(written.out())
                .isEqualTo(
                        """
                        002_know_when.up.sql
                        002_know_when.down.sql
                        003_know_when_validate.up.sql
                        003_know_when_validate.down.sql
                        004_know_when_build_index_orders_placed.up.sql
                        004_know_when_build_index_orders_placed.down.sql
                        005_know_when_finish.up.sql
                        005_know_when_finish.down.sql
                        Next: read the scripts, then schemajob migrate --dry-run
                        """);
        assertThat(Files.readString(folder.path().resolve("004_know_when_build_index_orders_placed.up.sql")))
                .contains("\nCREATE INDEX CONCURRENTLY orders_placed ON orders (placed);\n");
        assertThat(cli.app("lint", "--level", "info").run().exitCode()).isZero();
        cli.succeeds("migrate");
        cli.succeeds("rollback", "001", "--yes");
        assertThat(cli.rows(
                        "SELECT count(*) FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'placed'"))
                .containsExactly("0");
    }

    @Test
    void leavesToAPersonWhatItCannotKnow() throws Exception {
        folder.with(
                "001_shop.up.sql",
                "CREATE TABLE orders (id bigint PRIMARY KEY, name text NOT NULL);\n"
                        + "CREATE TABLE other (n integer);\n");
        database.execute("SELECT 1");
        assertThat(cli.app("migrate", "--no-verify").run().exitCode()).isZero();
        folder.with(
                "schema.yaml",
                """
                tables:
                  orders:
                    columns: {id: bigint, title: text}
                    primary_key: [id]
                """);
        App.Result result =
                cli.app("new", "Title", "--autogenerate", "--output", "json").run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        JsonNode details = Cli.json(result.out()).path("details");
        assertThat(details.path("leavesDrift").booleanValue()).isTrue();
        assertThat(details.at("/scripts/0/up").textValue()).isEqualTo("002_title.up.sql");
        assertThat(details.path("notes").findValuesAsText("object"))
                .containsExactly("table other", "column orders.name");
        assertThat(result.err())
                .contains("WARNING")
                .contains("column orders.name: It may have become column orders.title");
        assertThat(Files.readString(folder.path().resolve("002_title.up.sql")))
                .contains("\nALTER TABLE orders ADD COLUMN title text;\n")
                .contains("\n-- ALTER TABLE orders DROP COLUMN name;\n")
                .contains("\n-- DROP TABLE other;\n");
        App.Result drift = cli.fails(ExitStatus.VERIFICATION_FAILED, "migrate");
        assertThat(drift.err()).contains("column orders.name");
    }
}
