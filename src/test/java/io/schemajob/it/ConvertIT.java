package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.Alembic;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A project of the real Alembic becomes a bundle, which makes the same schema and takes its databases over. */
class ConvertIT {
    private final Postgres server = Postgres.version(16);

    private static List<String> schema(Cli cli) {
        return CatalogText.withoutHistory(cli.database()).stream()
                .filter(line -> !line.contains("alembic_version"))
                .map(line -> line.replace(cli.database().user(), "owner"))
                .toList();
    }

    @Test
    void makesTheSameSchemaAndTakesDatabasesOver() {
        Alembic alembic = Alembic.project()
                .revision("1975ea83b712", null, Shop.ITEMS, "DROP TABLE items")
                .revision("ae1027a6acf", "1975ea83b712", Shop.ORDERS, "DROP TABLE orders");
        Postgres.Database theirs = server.createDatabase();
        ScriptFolder output = ScriptFolder.create()
                .with("up.sql", alembic.run(theirs, "upgrade", "base:head", "--sql"))
                .with("down.sql", alembic.run(theirs, "downgrade", "head:base", "--sql"));
        Path folder = output.path().resolve("bundle");
        App.Result converted = App.of(
                        "convert",
                        "--from",
                        "alembic",
                        output.path().resolve("up.sql").toString(),
                        "--down",
                        output.path().resolve("down.sql").toString(),
                        "--to",
                        folder.toString())
                .run();
        assertThat(converted.exitCode()).as(converted.text()).isZero();
        assertThat(converted.out()).contains("001_1975ea83b712.up.sql", "002_ae1027a6acf.down.sql");
        assertThat(converted.err()).contains("Not carried over");

        Cli fresh = new Cli(folder.toString(), server.createDatabase());
        fresh.succeeds("migrate");
        alembic.run(theirs, "upgrade", "head");
        Cli taken = new Cli(folder.toString(), theirs);
        assertThat(schema(taken)).isEqualTo(schema(fresh)).anyMatch(line -> line.contains("orders"));

        Cli older = new Cli(folder.toString(), server.createDatabase());
        alembic.run(older.database(), "upgrade", "1975ea83b712");
        older.succeeds("snapshot", "--file", folder.resolve("schema/001.yaml").toString());
        older.succeeds("adopt");
        assertThat(older.applied()).containsExactly("001");
        older.succeeds("migrate");
        assertThat(schema(older)).isEqualTo(schema(fresh));
        fresh.succeeds("snapshot", "--file", folder.resolve("schema.yaml").toString());
        TakenOver.goesOn(older);
        older.succeeds("rollback", "base", "--yes");
        assertThat(schema(older)).noneMatch(line -> line.contains("items"));

        // Its newest is now older than the folder, and declared for its version.
        taken.succeeds("adopt");
        assertThat(taken.applied()).containsExactly("001", "002");
        taken.succeeds("migrate");
        assertThat(taken.applied()).containsExactly("001", "002", "003");
        taken.succeeds("rollback", "-1", "--yes");
        Cli.failed(
                ExitStatus.USAGE,
                App.of("convert", "--from", "goose", "x.sql", "--to", "y").run());
    }
}
