package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.author.NewScript;
import io.schemajob.job.author.AutogenerateJob;
import io.schemajob.job.author.SnapshotJob;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Dbmate;
import io.schemajob.testing.Goose;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SchemaDump;
import io.schemajob.testing.ScriptFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folders of the real goose and dbmate are bundles as they are, and stay theirs. */
class TwoWayFoldersIT {
    private static final String FUNCTION =
            """
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                NEW.name := NEW.name || '!';
                RETURN NEW;
            END $$;
            """;

    enum Tool {
        GOOSE("goose_db_version") {
            @Override
            void run(Path folder, Postgres.Database database, String command) {
                Goose.run(folder, database, command);
            }

            @Override
            String file(String up, String down, boolean transaction) {
                return "%s-- +goose Up\n%s\n-- +goose Down\n%s\n"
                        .formatted(transaction ? "" : "-- +goose NO TRANSACTION\n", up, down);
            }

            @Override
            String bracket(String statement) {
                return "-- +goose StatementBegin\n" + statement + "-- +goose StatementEnd\n";
            }
        },
        DBMATE("schema_migrations") {
            @Override
            void run(Path folder, Postgres.Database database, String command) {
                Dbmate.run(folder, database, command);
            }

            @Override
            String file(String up, String down, boolean transaction) {
                String options = transaction ? "" : " transaction:false";
                return "-- migrate:up%s\n%s\n-- migrate:down%s\n%s\n".formatted(options, up, options, down);
            }

            @Override
            String bracket(String statement) {
                return statement;
            }
        };

        private final String table;

        Tool(String table) {
            this.table = table;
        }

        abstract void run(Path folder, Postgres.Database database, String command);

        abstract String file(String up, String down, boolean transaction);

        abstract String bracket(String statement);

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Postgres server = Postgres.version(16);

    private static ScriptFolder two(Tool tool) {
        return ScriptFolder.create()
                .with(
                        "migrations/20240101120000_items.sql",
                        tool.file(
                                Shop.ITEMS + tool.bracket(FUNCTION), "DROP FUNCTION touch();\nDROP TABLE items;", true))
                .with("migrations/20240102120000_orders.sql", tool.file(Shop.ORDERS, "DROP TABLE orders;", true));
    }

    static ScriptFolder three(Tool tool) {
        return two(tool)
                .with(
                        "migrations/20240103120000_index.sql",
                        tool.file(Shop.INDEX, "DROP INDEX CONCURRENTLY orders_item;", false));
    }

    private static Path scripts(ScriptFolder folder) {
        return folder.path().resolve("migrations").toAbsolutePath();
    }

    /** What pg_dump prints, without the tool's own table. */
    private static List<String> dump(Cli cli, Tool tool) {
        String name = tool.table;
        return SchemaDump.of(cli.database())
                .replaceAll(
                        "(?s)\n--\n-- Name: [^;]*\\b" + name
                                + ".*?(?=\n--\n-- Name: |\n--\n-- PostgreSQL database dump complete)",
                        "")
                .lines()
                .filter(line ->
                        !line.isBlank() && !line.startsWith("--") && !line.startsWith("\\") && !line.startsWith("SET "))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void upAndDownAreThoseOfTheTool(Tool tool) {
        ScriptFolder folder = three(tool);
        Cli theirs = Cli.of(folder, server.createDatabase());
        tool.run(scripts(folder), theirs.database(), tool == Tool.GOOSE ? "up" : "migrate");
        Cli ours = Cli.of(folder, server.createDatabase());
        ours.succeeds("migrate");
        assertThat(ours.history())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("20240101120000 20240101120000_items.sql SQL");
        assertThat(dump(ours, tool)).isEqualTo(dump(theirs, tool)).anyMatch(line -> line.contains("orders_item"));
        for (String target : List.of("-1", "-1", "base")) {
            ours.succeeds("rollback", target, "--yes");
            tool.run(scripts(folder), theirs.database(), tool == Tool.GOOSE ? "down" : "rollback");
            assertThat(dump(ours, tool)).isEqualTo(dump(theirs, tool));
        }
        assertThat(ours.applied()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseOfTheToolIsTakenOverAndGoesOn(Tool tool) {
        ScriptFolder folder = two(tool);
        Cli cli = Cli.of(folder, server.createDatabase());
        tool.run(scripts(folder), cli.database(), tool == Tool.GOOSE ? "up" : "migrate");
        folder.with("migrations/20240103120000_index.sql", three(tool).read("migrations/20240103120000_index.sql"));
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "migrate").err()).contains("schemajob adopt");

        // The database is older than the folder: what it holds is declared for its version.
        cli.succeeds(
                "snapshot",
                "--file",
                folder.path().resolve("schema/20240102120000.yaml").toString());
        assertThat(cli.succeeds("adopt").out()).contains(tool.title() + " has set up this schema");
        assertThat(cli.applied()).containsExactly("20240101120000", "20240102120000");
        cli.succeeds("migrate");

        String file = TakenOver.goesOn(cli).get(0);
        assertThat(file).matches("migrations/20\\d{12}_add_stock\\.sql");
        cli.succeeds("migrate");
        assertThat(cli.applied()).hasSize(4);
        Cli theirs = Cli.of(folder, server.createDatabase());
        tool.run(scripts(folder), theirs.database(), tool == Tool.GOOSE ? "up" : "migrate");
        assertThat(dump(cli, tool)).isEqualTo(dump(theirs, tool)).anyMatch(line -> line.contains("stock"));

        // And at the newest version, by the schema that check has written.
        theirs.succeeds("adopt");
        theirs.succeeds("verify");
        assertThat(theirs.applied()).hasSize(4);
        theirs.succeeds("rollback", "-1", "--yes");
        assertThat(dump(theirs, tool)).noneMatch(line -> line.contains("stock"));
    }

    @Test
    void aFailureIsToldWithTheLineOfTheFile() {
        ScriptFolder folder = two(Tool.GOOSE)
                .with(
                        "migrations/20240103120000_index.sql",
                        "-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;\n-- +goose StatementBegin\nCREATE TABLE a (n int);\n"
                                + "SELECT 1/0;\n-- +goose StatementEnd\n");
        Cli cli = Cli.of(folder, server.createDatabase());
        App.Result failed = cli.fails(ExitStatus.MIGRATION_PARTIAL, "migrate");
        assertThat(failed.err()).contains("20240103120000_index.sql", "line 6", "22012");
        // What goose sends at once is one transaction.
        assertThat(cli.rows("SELECT to_regclass('a') IS NULL")).containsExactly("t");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "rollback", "base", "--yes")
                        .err())
                .contains("20240103120000_index.sql is half done by an earlier run");
    }

    /** Changes of many sorts to a table with rows: in a transaction and outside, with bodies full of semicolons. */
    private static final String CHANGES =
            """
            ALTER TABLE items ADD stock int, ADD CHECK (stock >= 0);
            CREATE INDEX items_name ON items (name);
            COMMENT ON TABLE items IS 'what we sell; -- and what not
            $$ in two lines;';
            CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                -- A comment; with a semicolon;

                IF NEW.name LIKE '%;' THEN
                    NEW.name := 'x;';
                END IF;
                RETURN NEW;
            END;
            $$;
            CREATE FUNCTION quoted(t text) RETURNS text LANGUAGE sql AS $body$ SELECT '$$;' || $1; $body$;
            CREATE TRIGGER items_touch BEFORE UPDATE ON items FOR EACH ROW EXECUTE FUNCTION touch();
            CREATE VIEW sold AS SELECT i.name, sum(i.stock) AS stock FROM items i GROUP BY i.name;
            DROP TABLE orders;
            """;

    private static String declare(ScriptFolder folder, Postgres.Database wanted) {
        List<String> texts = new ArrayList<>();
        JobRun run = JobRun.run(wanted, folder, context -> texts.add(new SnapshotJob(context, List.of()).execute()));
        assertThat(run.exitCode()).as(run.text()).isZero();
        return texts.get(0);
    }

    private static List<NewScript> autogenerate(ScriptFolder folder, Postgres.Database database) {
        List<AutogenerateJob.Generated> generated = new ArrayList<>();
        JobRun run = JobRun.run(
                database,
                folder,
                context ->
                        generated.add(new AutogenerateJob(context, "All at once", false, Clock.systemUTC()).execute()));
        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(generated.get(0).notes()).isEmpty();
        return generated.get(0).scripts();
    }

    private static void succeeds(JobRun run) {
        assertThat(run.exitCode()).as(run.text()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void autogeneratedScriptsAreOfTheToolToo(Tool tool) {
        ScriptFolder folder = two(tool).with("bundle.yaml", "name: shop\nstrict: true\n");
        Postgres.Database ours = server.createDatabase();
        Postgres.Database wanted = server.createDatabase();
        Postgres.Database theirs = server.createDatabase();
        String rows = "INSERT INTO items VALUES (1, 'cup'), (2, 'pot'); INSERT INTO orders VALUES (1, 1)";
        for (Postgres.Database database : List.of(ours, wanted)) {
            succeeds(JobRun.migrate(database, folder));
            database.execute(rows);
        }
        tool.run(scripts(folder), theirs, tool == Tool.GOOSE ? "up" : "migrate");
        theirs.execute(rows);
        List<String> before = dump(Cli.of(folder, ours), tool);
        wanted.execute(CHANGES);
        folder.with("schema.yaml", declare(folder, wanted));

        List<NewScript> scripts = autogenerate(folder, ours);
        assertThat(scripts).hasSizeGreaterThan(2);
        List<String> texts =
                scripts.stream().map(script -> folder.read(script.up())).toList();
        for (int i = 0; i < scripts.size(); i++) {
            assertThat(scripts.get(i).down()).isEqualTo(scripts.get(i).up());
            assertThat(texts.get(i)).contains(tool == Tool.GOOSE ? "-- +goose Down" : "-- migrate:down");
            assertThat(texts.get(i).contains("CONCURRENTLY"))
                    .isEqualTo(texts.get(i)
                            .contains(
                                    tool == Tool.GOOSE
                                            ? "-- +goose NO TRANSACTION"
                                            : "-- migrate:up transaction:false"));
        }
        assertThat(texts).anyMatch(text -> text.contains("CONCURRENTLY"));
        assertThat(String.join("", texts).contains("-- +goose StatementBegin")).isEqualTo(tool == Tool.GOOSE);
        // What lint says of one direction stands there only.
        String first = texts.get(0);
        int down = first.indexOf(tool == Tool.GOOSE ? "-- +goose Down" : "-- migrate:down");
        assertThat(first.substring(0, down)).doesNotContain("only taking the migration back does this");
        assertThat(first.substring(down)).doesNotContain("schema.yaml does not declare it");
        Cli.of(folder, ours).succeeds("lint");

        succeeds(JobRun.migrate(ours, folder));
        succeeds(JobRun.verify(ours, folder));
        tool.run(scripts(folder), theirs, tool == Tool.GOOSE ? "up" : "migrate");
        List<String> after = dump(Cli.of(folder, ours), tool);
        assertThat(after)
                .isEqualTo(dump(Cli.of(folder, theirs), tool))
                .containsExactlyInAnyOrderElementsOf(dump(Cli.of(folder, wanted), tool));
        succeeds(JobRun.rollback(ours, folder, "20240102120000"));
        for (int i = 0; i < scripts.size(); i++) {
            tool.run(scripts(folder), theirs, tool == Tool.GOOSE ? "down" : "rollback");
        }
        assertThat(dump(Cli.of(folder, ours), tool)).isEqualTo(before);
        assertThat(dump(Cli.of(folder, theirs), tool)).isEqualTo(before);
    }

    /** With nothing but a declared schema the format is what {@code bundle.yaml} says. */
    @ParameterizedTest
    @EnumSource
    void aFolderWithNothingButASchemaBeginsInTheFormatOfTheTool(Tool tool) {
        ScriptFolder folder = ScriptFolder.create().with("bundle.yaml", "name: shop\nformat: " + tool.title() + "\n");
        Postgres.Database wanted = server.createDatabase();
        wanted.execute(Shop.ITEMS + Shop.ORDERS + FUNCTION + CHANGES);
        folder.with("schema.yaml", declare(folder, wanted));
        Postgres.Database ours = server.createDatabase();
        List<NewScript> scripts = autogenerate(folder, ours);
        assertThat(scripts).singleElement().satisfies(script -> assertThat(script.up())
                .matches("20\\d{12}_all_at_once\\.sql"));
        succeeds(JobRun.migrate(ours, folder));
        succeeds(JobRun.verify(ours, folder));
        Postgres.Database theirs = server.createDatabase();
        Path files = folder.path().toAbsolutePath();
        tool.run(files, theirs, tool == Tool.GOOSE ? "up" : "migrate");
        assertThat(dump(Cli.of(folder, ours), tool))
                .isEqualTo(dump(Cli.of(folder, theirs), tool))
                .containsExactlyInAnyOrderElementsOf(dump(Cli.of(folder, wanted), tool));
        succeeds(JobRun.rollback(ours, folder, "base"));
        tool.run(files, theirs, tool == Tool.GOOSE ? "down" : "rollback");
        assertThat(dump(Cli.of(folder, ours), tool)).isEqualTo(dump(Cli.of(folder, theirs), tool));
    }
}
