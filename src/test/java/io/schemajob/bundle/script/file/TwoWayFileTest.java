package io.schemajob.bundle.script.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleFolder;
import io.schemajob.bundle.Refusal;
import io.schemajob.bundle.script.FlywayChecksum;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.script.ScriptStep;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.report.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of goose and dbmate are read as those tools read them; places are those of the file. */
class TwoWayFileTest {
    private static final String GOOSE =
            """
            -- title: The items
            -- +goose Up
            CREATE TABLE items (id int); -- them
            -- +goose StatementBegin
            CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$
            BEGIN
                RETURN 1;
            END $$;
            -- +goose StatementEnd

            -- +goose Down
            DROP FUNCTION f();
            DROP TABLE items;
            """;

    @TempDir
    Path folder;

    private Migration only(String name, String text) {
        return load(name, text).migrations().get(0);
    }

    private Bundle load(String name, String text) {
        return new BundleFolder(folder).with(name, text).load();
    }

    private static List<String> statements(Script script) {
        return ScriptParser.parse(script).statements().stream()
                .map(statement -> statement.line() + " "
                        + statement.sql().lines().findFirst().orElseThrow())
                .toList();
    }

    @Test
    void gooseHasBothDirectionsWithTheirLines() {
        Migration migration = only("00001_the_items.sql", GOOSE);
        assertThat(migration.version()).hasToString("00001");
        assertThat(migration.description()).isEqualTo("the items");
        assertThat(migration.title()).isEqualTo("The items");
        assertThat(statements(migration.up()))
                .containsExactly(
                        "3 CREATE TABLE items (id int)", "5 CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$");
        assertThat(statements(migration.down())).containsExactly("12 DROP FUNCTION f()", "13 DROP TABLE items");
        assertThat(migration.up().name()).isEqualTo("00001_the_items.sql");
        assertThat(migration.up().checksum()).isEqualTo(FlywayChecksum.of(GOOSE.getBytes(StandardCharsets.UTF_8), 0));
        assertThat(migration.up().text()).hasSameSizeAs(GOOSE).doesNotContain("+goose", "DROP");
        assertThat(migration.down().text()).hasSameSizeAs(GOOSE).doesNotContain("CREATE");
        for (Statement statement : ScriptParser.parse(migration.down()).statements()) {
            assertThat(GOOSE).startsWith(GOOSE.substring(0, statement.start()) + statement.sql());
        }
    }

    @Test
    void dbmateHasBothDirectionsWithTheirLines() {
        String text = "-- title: Q\r\n--migrate:up\r\nSELECT 1;\r\n-- migrate:down  transaction:false\r\nSELECT 2;";
        Migration migration = only("20240101120000-q.sql", text);
        assertThat(migration.version()).hasToString("20240101120000");
        assertThat(migration.description()).isEqualTo("q");
        assertThat(migration.title()).isEqualTo("Q");
        assertThat(statements(migration.up())).containsExactly("3 SELECT 1");
        assertThat(statements(migration.down())).containsExactly("5 SELECT 2");
        assertThat(ScriptParser.parse(migration.up()).transactional()).isTrue();
        assertThat(ScriptParser.parse(migration.down()).stepwise()).isTrue();
        assertThat(migration.down().name()).isNotEqualTo(migration.up().name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            1_a.sql | -- +goose Down                                        | 1
            1_a.sql | -- +goose Up~SELECT 1;~-- +goose Up                   | 3
            1_a.sql | -- +goose Up~-- +goose Down~-- +goose Down            | 3
            1_a.sql | -- +goose Up~-- +goose StatementBegin~-- +goose Down  | 3
            1_a.sql | -- +goose Up~-- +goose StatementEnd                   | 2
            1_a.sql | -- +goose StatementBegin                              | 1
            1_a.sql | -- +goose Up~  -- +goose Down                         | 2
            1_a.sql | -- +goose Up~-- +goose Dwon                           | 2
            1_a.sql | -- +goose Up notransaction                            | 1
            1_a.sql | SELECT 1;~-- +goose Up                                | 1
            1_a.sql | -- +goose Up~SELECT 1;~-- as +goose Down says         | 3
            1_a.sql | -- migrate:down~SELECT 1;~-- migrate:up               | 1
            1_a.sql | SELECT 1;~-- migrate:up                               | 1
            1_a.sql | -- migrate:up~SELECT 1;~-- migrate:down~-- migrate:up | 4
            1_a.sql | -- migrate:up~-- migrate:down~-- migrate:down         | 3
            """)
    void whatTheToolRefusesIsRefused(String name, String text, int line) {
        Failure failure = Refusal.of(() -> load(name, text.replace('~', '\n')));
        assertThat(failure.message()).startsWith(name + ":" + line + ": ");
    }

    @Test
    void theLackOfAMarkIsRefused() {
        new BundleFolder(folder).with("1_a.sql", "-- +goose Up\nSELECT 1;");
        assertThat(Refusal.of(() -> load("2_b.sql", "SELECT 2;")).message()).startsWith("2_b.sql:1: ");
        assertThat(Refusal.of(() -> load("2_b.sql", "-- later")).message()).contains("needs the line \"-- +goose Up\"");
    }

    @Test
    void gooseSendsEachStatementOutsideOfATransactionAndABracketAtOnce() {
        Migration migration = only(
                "1_a.sql",
                """
                -- +goose NO TRANSACTION
                -- +goose Up
                CREATE INDEX CONCURRENTLY i ON t (a);
                SELECT 1; SELECT 2;
                -- +goose StatementBegin
                SET LOCAL x.y = 'z';
                SELECT 3;
                -- +goose StatementEnd
                SELECT 4;
                -- +goose Down
                DROP INDEX CONCURRENTLY i;
                """);
        assertThat(ScriptParser.parse(migration.up()).steps())
                .containsExactly(
                        new ScriptStep(0, 1, ScriptStep.Kind.ALONE),
                        new ScriptStep(1, 2, ScriptStep.Kind.STATEMENT),
                        new ScriptStep(3, 2, ScriptStep.Kind.STATEMENT),
                        new ScriptStep(5, 1, ScriptStep.Kind.STATEMENT));
        assertThat(ScriptParser.parse(migration.down()).stepwise()).isTrue();
    }

    @Test
    void dbmateSendsAllAtOnce() {
        Migration migration = only(
                "1_a.sql",
                "-- migrate:up transaction:false\nSELECT 1;\nSELECT 2;\n-- migrate:down transaction:false\n"
                        + "SELECT 1;\nDROP INDEX CONCURRENTLY i;");
        assertThat(ScriptParser.parse(migration.up()).steps())
                .containsExactly(new ScriptStep(0, 2, ScriptStep.Kind.STATEMENT));
        assertThat(Refusal.of(() -> ScriptParser.parse(migration.down())).message())
                .startsWith("1_a.sql:6: DROP INDEX CONCURRENTLY i: ")
                .contains("dbmate sends it with the statements beside it");
    }

    @Test
    void variablesOfTheEnvironmentAreNotPutIn() {
        Migration migration = only(
                "1_a.sql",
                """
                -- +goose Up
                -- +goose ENVSUB ON
                CREATE ROLE ${NAME};
                -- +goose ENVSUB OFF
                -- +goose Down
                SELECT '$x';
                """);
        assertThat(Refusal.of(() -> ScriptParser.parse(migration.up())).message())
                .startsWith("1_a.sql:3: ")
                .contains("ENVSUB");
        assertThat(statements(migration.down())).containsExactly("6 SELECT '$x'");
    }

    @Test
    void aBlankWayBackCountsAsNone() {
        assertThat(only("1_a.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\n\n")
                        .downScript())
                .isEmpty();
        assertThat(only("1_a.sql", "-- +goose Up\nSELECT 1;\n").downScript()).isEmpty();
        assertThat(only("1_a.sql", "-- +goose Up\n-- +goose Down\n").downScript())
                .isPresent();
        Bundle pair = new BundleFolder(folder.resolve("pair"))
                .with("001_a.up.sql", "SELECT 1;")
                .with("001_a.down.sql", "\n")
                .load();
        assertThat(pair.migrations().get(0).downScript()).isEmpty();
    }

    @Test
    void migrationsInGoAreNamed() {
        new BundleFolder(folder)
                .with("00002_b.go", "package m")
                .with("embed.go", "")
                .with("00002_b_test.go", "");
        assertThat(Refusal.of(() -> load("00001_a.sql", GOOSE)).message())
                .startsWith("00002_b.go: a migration written in Go cannot be run.");
    }

    @Test
    void dbmatesOrderIsThatOfTheNames() {
        new BundleFolder(folder).with("9_a.sql", "-- migrate:up\n-- migrate:down\n");
        assertThat(Refusal.of(() -> load("10_b.sql", "-- migrate:up\n-- migrate:down\n"))
                        .message())
                .startsWith("10_b.sql: dbmate runs it before 9_a.sql");
    }

    @Test
    void theFormatCanBeDeclared() {
        BundleFolder bundle =
                new BundleFolder(folder).with("001_a.up.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;");
        assertThat(Refusal.of(bundle::load).hint()).contains("format: goose in bundle.yaml");
        bundle.with("bundle.yaml", "format: goose\n");
        assertThat(statements(bundle.load().migrations().get(0).down())).containsExactly("4 SELECT 2");
        bundle.with("bundle.yaml", "format: geese\n");
        assertThat(Refusal.of(bundle::load).message())
                .contains("bundle.yaml:1:", "one of golang-migrate, flyway, goose, dbmate");
        bundle.with("bundle.yaml", "format: flyway\n");
        assertThat(Refusal.of(bundle::load).message()).contains("001_a.up.sql");
    }
}
