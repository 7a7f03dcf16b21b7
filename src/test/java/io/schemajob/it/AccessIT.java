package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.api.Test;

/** What a user may not, and what a server does not have: known before anything is changed. */
class AccessIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final Postgres server = database.server();
    private final Cli cli = new Cli("agent-executor", database);

    private Cli as(String user, String password) {
        return new Cli("agent-executor", new Postgres.Database(server, database.name(), user, password));
    }

    @Test
    void wrongPasswordUnknownUserNoPasswordAndMissingDatabase() {
        App.Result wrong = as(database.user(), "wrong-password").fails(ExitStatus.ACCESS_DENIED, "migrate");
        assertThat(wrong.err())
                .contains("refused user " + database.user(), "SQLSTATE: 28P01", "the PG* variables")
                .contains("Not touched: no session was opened.");
        as("nobody_" + database.name(), "wrong-password").fails(ExitStatus.ACCESS_DENIED, "migrate");
        App.Result none = Cli.failed(
                ExitStatus.CONFIG, cli.app("migrate").env("PGPASSWORD", "").run());
        assertThat(none.err()).contains("asks for a password", "the PG* variables");
        App.Result missing = Cli.failed(
                ExitStatus.CONFIG,
                cli.app("migrate").env("PGDATABASE", "no such db").run());
        assertThat(missing.err()).contains("no such db does not exist", "SQLSTATE: 3D000", "createdb");
        App.Result nothing = Cli.failed(
                ExitStatus.CONFIG,
                App.of("migrate", "--bundle", "agent-executor").run());
        assertThat(nothing.err()).contains("Nothing says which database to connect to.", "DATABASE_URL");
    }

    @Test
    void withoutCreatePrivilegeTheGrantIsNamed() {
        String user = database.name() + "_app";
        server.createRole(user, "app-password");
        App.Result denied = as(user, "app-password").fails(ExitStatus.ACCESS_DENIED, "migrate");
        assertThat(denied.err())
                .contains("This user has no CREATE privilege on schema public.", "Nothing was changed.")
                .contains("GRANT CREATE, USAGE ON SCHEMA \"public\" TO " + user + ";");
        App.Result noSchema =
                as(user, "app-password").fails(ExitStatus.ACCESS_DENIED, "migrate", "--schema", "Other Schema");
        assertThat(noSchema.err()).contains("CREATE SCHEMA \"Other Schema\" AUTHORIZATION " + user + ";");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.startsWith("relation"));

        database.execute("GRANT CREATE, USAGE ON SCHEMA \"public\" TO " + user);
        as(user, "app-password").succeeds("migrate");
        cli.succeeds("migrate", "--schema", "Other Schema");
        assertThat(CatalogText.of(database))
                .anyMatch(line -> line.startsWith("relation \"Other Schema\".checkpoints"))
                .anyMatch(line -> line.startsWith("relation \"Other Schema\".flyway_schema_history"));
    }

    @Test
    void theOwnerRoleOwnsEverythingAndMustBeThere() {
        String owner = "Owner of " + database.name();
        App.Result missing = cli.fails(ExitStatus.CONFIG, "migrate", "--owner-role", owner);
        assertThat(missing.err())
                .contains("The owner role " + owner + " does not exist", "CREATE ROLE \"" + owner + "\" NOLOGIN;");

        server.superuserExecute("CREATE ROLE \"" + owner + "\" NOLOGIN");
        App.Result stranger = cli.fails(ExitStatus.ACCESS_DENIED, "migrate", "--owner-role", owner);
        assertThat(stranger.err())
                .contains("User " + database.user() + " may not take the owner role " + owner + ".")
                .contains("GRANT \"" + owner + "\" TO \"" + database.user() + "\";");

        server.superuserExecute("GRANT \"" + owner + "\" TO \"" + database.user() + "\"");
        database.execute("GRANT CREATE, USAGE ON SCHEMA public TO \"" + owner + "\"");
        ScriptFolder folder = ScriptFolder.create()
                .with("001_a.up.sql", "CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY);")
                .with("001_a.down.sql", "DROP TABLE a;")
                .with("002_b.up.sql", "CREATE INDEX CONCURRENTLY a_idx ON a (id);")
                .with("002_b.down.sql", "DROP INDEX CONCURRENTLY a_idx;")
                .with("003_c.up.sql", "CREATE VIEW c AS SELECT 1 AS one;")
                .with("003_c.down.sql", "DROP VIEW c;");
        Cli own = Cli.of(folder, database);
        Cli.succeeded(own.app("migrate").env("SCHEMAJOB_OWNER_ROLE", owner).run());
        assertThat(CatalogText.of(database))
                .filteredOn(line -> line.startsWith("relation"))
                .hasSizeGreaterThanOrEqualTo(6)
                .allMatch(line -> line.contains(" owner " + owner + " "));
        assertThat(own.rows("SELECT DISTINCT installed_by FROM flyway_schema_history"))
                .containsExactly(owner);
        Cli.succeeded(own.app("rollback", "base", "--yes")
                .env("SCHEMAJOB_OWNER_ROLE", owner)
                .run());
        assertThat(own.history()).isEmpty();
    }

    @Test
    void whatTheServerDoesNotHaveIsNamed() {
        ScriptFolder folder = ScriptFolder.create()
                .with("bundle.yaml", "name: shop\npostgresql: 99\n")
                .with("001_a.up.sql", "CREATE TABLE a (id int);");
        App.Result old = Cli.of(folder, database).fails(ExitStatus.PREREQUISITE_MISSING, "migrate");
        assertThat(old.err()).containsPattern("The server is PostgreSQL 16\\.\\d+.*; bundle shop needs 99 or newer\\.");

        folder.with("bundle.yaml", "name: shop\nextensions: [no_such_extension]\n");
        App.Result unavailable = Cli.of(folder, database).fails(ExitStatus.PREREQUISITE_MISSING, "migrate");
        assertThat(unavailable.err())
                .contains("The extension no_such_extension is not installed on this server.")
                .contains("CREATE EXTENSION \"no_such_extension\";");

        folder.with("bundle.yaml", "name: shop\nextensions: [file_fdw]\n");
        App.Result forbidden = Cli.of(folder, database).fails(ExitStatus.PREREQUISITE_MISSING, "migrate");
        assertThat(forbidden.err())
                .contains("The extension file_fdw is missing and this user may not create it.")
                .contains("CREATE EXTENSION \"file_fdw\";");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.startsWith("relation"));
    }
}
