package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.WireProxy;
import io.schemajob.testing.WireProxy.Moment;
import io.schemajob.testing.WireProxy.Point;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that only reads takes no lock: another run may drop what it has just seen in the catalog. */
class SchemaChangedMeanwhileIT {
    @ParameterizedTest
    @ValueSource(strings = {"export", "usage"})
    void isToldToTryAgain(String command, @TempDir Path place) {
        Postgres.Database db = Postgres.version(16).createDatabase();
        ScriptFolder folder = ScriptFolder.create()
                .with("001_first.up.sql", "CREATE TABLE first (n int); CREATE TABLE second (n int);")
                .with(
                        "import.yaml",
                        """
                        tables: {first: {columns: {n: n}}}
                        layout: CREATE TABLE first (n INTEGER);
                        """);
        Cli.succeeded(folder.migrate(db).run());
        Point point = new Point(sent -> sent.kind() == 'Q' && sent.text().contains("\"first\""), 1, Moment.ANSWERED);
        try (OtherSession other = OtherSession.of(db);
                WireProxy proxy = new WireProxy(db.server(), point, session -> other.execute("DROP TABLE second"))) {
            App.Result result = Cli.failed(
                    ExitStatus.TRY_AGAIN,
                    App.command(line(command, folder, place))
                            .database(db)
                            .env("PGPORT", String.valueOf(proxy.port()))
                            .env("PGSSLMODE", "disable")
                            .run());
            assertThat(proxy.struck()).isTrue();
            assertThat(result.err()).contains("42P01", "Another session changed the schema");
            assertThat(place).isEmptyDirectory();
        }
    }

    private static String[] line(String command, ScriptFolder folder, Path place) {
        String file = place.resolve("out.db").toString();
        List<String> line =
                new ArrayList<>(command.equals("export") ? List.of(command, "sqlite", file) : List.of(command));
        line.addAll(List.of("--bundle", folder.path().toString()));
        return line.toArray(String[]::new);
    }
}
