package io.schemajob.bundle.script.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.BundleFolder;
import io.schemajob.bundle.Refusal;
import io.schemajob.bundle.author.NewScriptFolder;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.Failure;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in which other tools keep both directions are never run whole, and nobody's comment is taken for a mark. */
class SectionMarksTest {
    private static final String UP = "CREATE TABLE a (n int);";
    private static final String DOWN = "DROP TABLE a;";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            goose | -- +goose Up | -- +goose Down
            goose | --+goose UP | --  +goose  down
            goose | -- +goose Up notransaction | -- +goose Down
            goose | -- +goose NO TRANSACTION | -- nothing
            goose | -- +goose StatementBegin | -- +goose StatementEnd
            goose | -- +goose ENVSUB ON | -- nothing
            goose | -- nothing |   -- +goose Down
            sql-migrate | -- +migrate Up | -- +migrate Down
            sql-migrate | -- +migrate Up notransaction | -- +migrate Down
            micrate | -- +micrate Up | -- +micrate Down
            dbmate | -- migrate:up | -- migrate:down
            dbmate | --migrate:up transaction:false | --migrate:down
            tern | -- Write your migrate up statements here | ---- create above / drop below ----
            MyBatis | -- // create a | -- //@UNDO
            MyBatis | -- nothing | --//@UNDO
            MyBatis | -- create b | -- @UNDO
            Liquibase | --liquibase formatted sql | --rollback DROP TABLE a
            Liquibase | -- nothing | --changeset bob:1 dbms:mysql
            rambler | -- rambler up | -- rambler down
            Play | # --- !Ups | # --- !Downs
            Play | -- !Ups | -- !Downs
            Mojo::Pg | -- 1 up | -- 1 down
            node-pg-migrate | -- Up Migration | -- Down Migration
            node-pg-migrate | -- up migration for a | -- down migration of a
            shmig | -- ==== UP ==== | -- ==== DOWN ====
            or the like | -- @UP | -- @DOWN
            or the like | -- Up | -- Down
            or the like | -- #UP | -- #DOWN
            or the like | -- migrate: up | -- migrate: down
            or the like | -- nothing | --- Downgrade ---
            """)
    void isRefusedUnderAnyName(String tool, String up, String down) {
        String text = up + "\n" + UP + "\n" + down + "\n" + DOWN + "\n";
        for (String name : List.of("001_a.up.sql", "V1__a.sql", "R__a.sql", "00001_a.sql", "migrations/001_a.up.sql")) {
            if (name.equals("00001_a.sql") && (tool.equals("goose") || tool.equals("dbmate"))) {
                // Named as those tools name it, so it is read as they read it.
                continue;
            }
            BundleFolder bundle = new BundleFolder(folder.resolve(name.replace('/', '_'))).with(name, text);
            Failure failure = Refusal.of(bundle::load);
            assertThat(failure.message()).startsWith(name + ":").contains(tool);
            assertThat(failure.hint()).contains("Split", "repair");
            Path path = bundle.path();
            assertThat(Refusal.of(() -> NewScriptFolder.open(path + "/")).message())
                    .startsWith(name + ":");
        }
    }

    @Test
    void isRefusedAsADownScriptToo() {
        BundleFolder bundle = new BundleFolder(folder)
                .with("001_a.up.sql", UP)
                .with("001_a.down.sql", "-- Up Migration\n" + UP + "\n-- Down Migration\n" + DOWN);
        assertThat(Refusal.of(bundle::load).message()).startsWith("001_a.down.sql:1: \"-- Up Migration\"");
    }

    @Test
    void allFilesAreToldAtOnceWithTheirLines() {
        BundleFolder bundle = new BundleFolder(folder)
                .with("001_a.up.sql", "\n\n-- +goose Up\n" + UP)
                .with("002_b.up.sql", "SELECT 1;\r\n-- migrate:down\r\nSELECT 2;")
                .with("003_c.up.sql", "SELECT 1;");
        assertThat(Refusal.of(bundle::load).message())
                .startsWith("001_a.up.sql:3: \"-- +goose Up\"")
                .contains("goose, dbmate", "the same in 002_b.up.sql:2 \"-- migrate:down\"")
                .doesNotContain("003_c");
    }

    @Property(tries = 100)
    void anyNumberOfFilesIsOneShortMessage(@ForAll @IntRange(min = 1, max = 200) int files) {
        List<Script> scripts = java.util.stream.IntStream.rangeClosed(1, files)
                .mapToObj(i -> script(i + "_a.up.sql", "-- +goose Up\n" + UP))
                .toList();
        Failure failure = Refusal.of(() -> SectionMarks.refuse(scripts));
        assertThat(failure.message().length()).isLessThan(1500);
        assertThat(failure.message())
                .contains("1_a.up.sql:1")
                .contains(files > 21 ? "and " + (files - 21) + " more" : "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- up migration notes\nCREATE TABLE a (n int);",
                "-- Up Migration\nCREATE TABLE a (n int);\n",
                "-- This goes up and down\nCREATE TABLE a (n int);",
                "-- Down Migration\nCREATE TABLE a (n int);",
                "CREATE TABLE a (n int);\n-- Down Migration\n-- DROP TABLE a;",
                "INSERT INTO states VALUES\n-- up\n(1, 'up'),\n-- down\n(2, 'down');\nSELECT 1;",
                "SELECT 1; -- +goose Down\nSELECT 2;",
                "SELECT '\n-- +goose Up\n-- +goose Down\n';",
                "DO $$ BEGIN\n-- migrate:up\nNULL;\nEND $$;",
                "/*\n-- +migrate Down\n*/ SELECT 1;",
                "COPY t (x) FROM stdin;\n-- migrate:down\n\\.\nSELECT 1;",
                "-- see the docs of +goose Up\nSELECT 1;",
                "-- migrate: up to five rows\nSELECT 1;",
                "-- rollback\nSELECT 1;\n-- atlas:txmode none\n",
                "SELECT 1;\n-- update\nSELECT 2;\n-- downtime is short\nSELECT 3;",
            })
    void whatIsNoMarkRuns(String text) {
        assertThat(new BundleFolder(folder).with("001_a.up.sql", text).load().migrations())
                .hasSize(1);
    }

    private static Script script(String name, String text) {
        return Script.of(new TextFile(name, text));
    }
}
