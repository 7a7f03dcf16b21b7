package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.WireProxy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * How often a run waits for the server, and how many statements it sends: on a network each wait costs more than what the server does, and
 * no clock of a shared machine would notice one more. Who needs fewer writes the new number here.
 */
class RoundTripsIT {
    private static final ScriptFolder ONE = scripts(1);
    private static final ScriptFolder MANY = scripts(200);

    /** Sessions that were opened, waits with those for the logins, and statements. */
    private record Cost(long sessions, int waits, long statements) {}

    /** Neither depends on how many scripts and tables there are. */
    private static final Cost NOTHING = new Cost(1, 19, 20);

    private static final Cost VERIFY = new Cost(1, 13, 14);

    private static ScriptFolder scripts(int count) {
        ScriptFolder folder = ScriptFolder.create();
        IntStream.rangeClosed(1, count)
                .forEach(i -> folder.with(
                        "migrations/%03d_table.up.sql".formatted(i),
                        "CREATE TABLE t%d (id int PRIMARY KEY);\n".formatted(i)));
        return folder.with(
                "schema.yaml",
                IntStream.rangeClosed(1, count)
                        .mapToObj(i ->
                                "  t%d:\n    columns:\n      id: {type: integer, nullable: false}\n    primary_key: [id]\n"
                                        .formatted(i))
                        .collect(Collectors.joining("", "tables:\n", "")));
    }

    /** One of its own: what another database of a server has, such as a subscription, may cost a query more. */
    @AutoClose
    private static final Postgres SERVER = Postgres.dedicated(Postgres.NEWEST).start();

    @Test
    void oneScript() {
        Postgres.Database database = SERVER.createDatabase();
        assertThat(cost(ONE, database, "migrate")).as("one script").isEqualTo(new Cost(2, 55, 55));
        assertThat(cost(ONE, database, "migrate")).as("nothing to do").isEqualTo(NOTHING);
        assertThat(cost(ONE, database, "verify")).as("verify").isEqualTo(VERIFY);
    }

    @Test
    void twoHundredScripts() {
        Postgres.Database database = SERVER.createDatabase();
        assertThat(cost(MANY, database, "migrate"))
                .as("200 scripts")
                .isEqualTo(new Cost(2, 55 + 199 * 7, 55 + 199 * 7));
        assertThat(cost(MANY, database, "migrate")).as("nothing to do").isEqualTo(NOTHING);
        assertThat(cost(MANY, database, "verify")).as("verify").isEqualTo(VERIFY);
    }

    private static Cost cost(ScriptFolder folder, Postgres.Database database, String command) {
        try (WireProxy proxy = new WireProxy(database.server(), null, session -> {})) {
            Cli.succeeded(App.command(command, "--bundle", folder.path().toString())
                    .env(Map.of(
                            "PGHOST", "127.0.0.1",
                            "PGPORT", String.valueOf(proxy.port()),
                            "PGDATABASE", database.name(),
                            "PGUSER", database.user(),
                            "PGPASSWORD", database.password(),
                            "PGSSLMODE", "disable"))
                    .run());
            // The history of a new database is missing once; nothing else that a run asks is an error there.
            assertThat(database.server().log().lines().filter(line -> line.contains("ERROR:")))
                    .allMatch(line -> line.contains("flyway_schema_history"));
            List<WireProxy.Sent> log = proxy.log();
            return new Cost(
                    log.stream().filter(sent -> sent.kind() == '0').count(),
                    proxy.waits(),
                    log.stream().filter(sent -> sent.kind() == 'Q').count());
        }
    }
}
