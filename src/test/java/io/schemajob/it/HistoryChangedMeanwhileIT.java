package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.WireProxy;
import io.schemajob.testing.WireProxy.Moment;
import io.schemajob.testing.WireProxy.Point;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Flyway that works beside a run cannot change the history between the moment when the run reads it and what it then does. */
class HistoryChangedMeanwhileIT {
    private final Postgres.Database db = Postgres.version(17).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rollback -2 --yes | 001",
                "migrate +1 | 001, 002, 003, 004",
                "goto 002 --yes | 001, 002",
                "repair | 001, 002, 003",
                "force 002 --yes | 001, 002",
                "migrate | 001, 002, 003, 004"
            })
    void staysAsItWasRead(String command, String versions) {
        for (int i = 1; i <= 4; i++) {
            folder.with("migrations/00%d_n.up.sql".formatted(i), "CREATE TABLE IF NOT EXISTS t%d (n int);".formatted(i))
                    .with("migrations/00%d_n.down.sql".formatted(i), "DROP TABLE t%d;".formatted(i));
        }
        Cli.succeeded(command("migrate 003").database(db).run());
        List<Exception> refusals = new ArrayList<>();
        Point read = new Point(
                sent -> sent.kind() == 'Q' && sent.text().startsWith("SELECT installed_rank, version"),
                1,
                Moment.ANSWERED);
        try (WireProxy proxy = new WireProxy(db.server(), read, session -> {
            try {
                flyway().migrate();
            } catch (FlywayException e) {
                refusals.add(e);
            }
        })) {
            App.Result result = command(command)
                    .database(db)
                    .env("PGPORT", String.valueOf(proxy.port()))
                    .env("PGSSLMODE", "disable")
                    .run();
            assertThat(proxy.struck()).isTrue();
            assertThat(result.exitCode()).as(result.text()).isZero();
        }
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(String.join(", ", eye.rows("SELECT version FROM flyway_schema_history ORDER BY installed_rank")))
                    .isEqualTo(versions);
        }
        assertThat(refusals).singleElement().asString().contains("lock");
        assertThat(flyway().migrate().success).isTrue();
    }

    /** An application may start, and ask Flyway, while rows are imported for hours. */
    @Test
    void isFreeWhileRowsAreImported() throws Exception {
        folder.with("001_first.up.sql", "CREATE TABLE first (n int);")
                .with("import.yaml", "tables: {first: {columns: {n: n}}}");
        SqliteFile file = SqliteFile.of("CREATE TABLE first (n INTEGER)", "INSERT INTO first VALUES (1)");
        Point rows = new Point(sent -> sent.kind() == 'Q' && sent.text().startsWith("COPY"), 1, Moment.ANSWERED);
        List<Boolean> free = new ArrayList<>();
        try (WireProxy proxy = new WireProxy(db.server(), rows, session -> free.add(flyway().migrate().success))) {
            App.Result result = command("import sqlite " + file.path() + " --backup-dir "
                            + file.path().getParent())
                    .database(db)
                    .env("PGPORT", String.valueOf(proxy.port()))
                    .env("PGSSLMODE", "disable")
                    .run();
            assertThat(result.exitCode()).as(result.text()).isZero();
        }
        assertThat(free).containsExactly(true);
    }

    private App command(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--bundle", folder.path().toString()));
        return App.command(words.toArray(String[]::new));
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://127.0.0.1:%d/%s"
                                .formatted(db.server().port(), db.name()),
                        db.user(),
                        db.password())
                .locations("filesystem:" + folder.path())
                .sqlMigrationPrefix("")
                .sqlMigrationSeparator("_")
                .sqlMigrationSuffixes(".up.sql")
                .lockRetryCount(0)
                .load();
    }
}
