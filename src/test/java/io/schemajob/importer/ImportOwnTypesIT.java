package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.importer.load.RowFinding;
import io.schemajob.importer.validate.CheckResult;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types that a schema makes itself, enums and domains, and arrays: loaded, proved, found unfit, and given back. */
class ImportOwnTypesIT {
    private static final String TYPES =
            """
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'very happy');
            CREATE DOMAIN positive AS int CHECK (VALUE > 0);
            CREATE DOMAIN small AS positive CONSTRAINT small_below CHECK (VALUE < 100);
            CREATE DOMAIN code AS varchar(5) NOT NULL CONSTRAINT code_letters CHECK (VALUE ~ '^[a-z]+$');
            CREATE DOMAIN feeling AS mood;
            CREATE DOMAIN "some key" AS uuid;
            CREATE DOMAIN numbers AS bigint[] CONSTRAINT numbers_few CHECK (cardinality(VALUE) < 4);
            """;
    private static final String TABLE =
            """
            CREATE TABLE typed (id "some key" PRIMARY KEY, m mood, f feeling DEFAULT 'sad', s small, c code, us uuid[],
                ns int[], "value" numbers)
            """;
    private static final String LAYOUT = "CREATE TABLE typed (id TEXT PRIMARY KEY, m, f, s, c, us, ns, value)";
    private static final String MAPPING =
            """
            tables:
              typed:
                columns:
                  {id: id, m: {from: m, values: {happy: very happy}}, f: {from: f, as: text}, s: {from: s, as: integer}, c: c,
                   us: {from: us, as: array}, ns: ns, value: value}
            layout: %s
            """
                    .formatted(LAYOUT);
    private static final String UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void arriveAreProvedAndGoBack(int major) throws SQLException {
        SqliteFile file = SqliteFile.of(
                LAYOUT,
                """
                INSERT INTO typed VALUES ('%s', 'happy', 'ok', 99, 'abc', '["%s", null]', '[1, -2, null]', '[9223372036854775807]');
                INSERT INTO typed VALUES ('one', NULL, NULL, NULL, 'x', '[]', NULL, '[]');
                """
                        .formatted(UUID, UUID));
        Postgres.Database db = Postgres.version(major).createDatabase();
        db.execute(TYPES + TABLE);
        try (Connection session = db.connect();
                OtherSession eye = OtherSession.of(db)) {
            ImportResult result = Imports.run(session, file, MAPPING, null);
            assertThat(result.verdicts()).isNotEmpty().allMatch(CheckResult::equal);
            assertThat(eye.value(
                            "SELECT concat_ws('|', m, f, s, c, us, ns, value) FROM typed WHERE id = '" + UUID + "'"))
                    .isEqualTo("very happy|ok|99|abc|{" + UUID + ",NULL}|{1,-2,NULL}|{9223372036854775807}");
            assertThat(eye.value(
                            "SELECT concat_ws('|', m, f, s, c, us, ns, value) FROM typed WHERE id <> '" + UUID + "'"))
                    .isEqualTo("x|{}|{}");

            Path back = folder.resolve("back.db");
            Imports.export(session, MAPPING, back);
            String rows = "SELECT m, f, s, c, us, ns, value FROM typed ORDER BY c";
            assertThat(SqliteFile.existing(back).rows(rows)).isEqualTo(file.rows(rows));
            assertThat(Imports.run(session, SqliteFile.existing(back), MAPPING, null)
                            .isAlreadyThere())
                    .isTrue();
        }
    }

    @Test
    void whatTheyForbidIsFoundAndCanBeRejected() throws SQLException {
        SqliteFile file = SqliteFile.of(
                LAYOUT,
                """
                INSERT INTO typed (id, c, m) VALUES ('1', 'a', 'glad');
                INSERT INTO typed (id, c, f) VALUES ('2', 'a', 'SAD');
                INSERT INTO typed (id, c, s) VALUES ('3', 'a', 0);
                INSERT INTO typed (id, c, s) VALUES ('4', 'a', 100);
                INSERT INTO typed (id, c) VALUES ('5', NULL);
                INSERT INTO typed (id, c) VALUES ('6', 'toolong');
                INSERT INTO typed (id, c) VALUES ('7', 'A1');
                INSERT INTO typed (id, c, us) VALUES ('8', 'a', '["agent-7"]');
                INSERT INTO typed (id, c, value) VALUES ('9', 'a', '[1, 2, 3, 4]');
                INSERT INTO typed (id, c) VALUES ('10', 'good');
                """);
        Postgres.Database db = Postgres.version(14).createDatabase();
        db.execute(TYPES + TABLE);
        try (Connection session = db.connect();
                OtherSession eye = OtherSession.of(db)) {
            ImportResult result = new ImportResult();
            SchemajobException e = catchThrowableOfType(
                    SchemajobException.class, () -> Imports.run(session, file, MAPPING, null, result));
            assertThat(e.status()).isEqualTo(ExitStatus.IMPORT_REJECTED);
            assertThat(result.findings())
                    .extracting(RowFinding::toString)
                    .containsExactlyInAnyOrder(
                            "typed row 1 (id '1'): m 'glad' is no value of the enum mood: sad, ok, very happy",
                            "typed row 2 (id '2'): f 'SAD' is no value of the enum feeling: sad, ok, very happy",
                            "typed row 3 (id '3'): s 0 violates the check positive_check: (VALUE > 0)",
                            "typed row 4 (id '4'): s 100 violates the check small_below: ((VALUE)::integer < 100)",
                            "typed row 5 (id '5'): c NULL is NULL, and the column needs a value",
                            "typed row 6 (id '6'): c 'toolong' is 7 characters long, code holds 5",
                            "typed row 7 (id '7'): c 'A1' violates the check code_letters: ((VALUE)::text ~ '^[a-z]+$'::text)",
                            "typed row 8 (id '8'): us '[\"agent-7\"]' is a JSON array with something that is not a UUID",
                            "typed row 9 (id '9'): value '[1, 2, 3, 4]' violates the check numbers_few: (cardinality(VALUE) < 4)");
            assertThat(eye.count("typed")).isZero();

            ImportResult rest = Imports.run(session, file, MAPPING, folder.resolve("rejects.jsonl"));
            assertThat(rest.rowsRejected()).isEqualTo(9);
            assertThat(rest.verdicts()).allMatch(CheckResult::equal);
            assertThat(eye.rows("SELECT c FROM typed")).containsExactly("good");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x mood[]", "x smallint[]", "x int4range", "x positive, y int GENERATED ALWAYS AS (x + 1) STORED"
            })
    void othersAreRefusedBeforeAnythingIsLoaded(String columns) throws SQLException {
        SqliteFile file = SqliteFile.of("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
        Postgres.Database db = Postgres.version(18).createDatabase();
        db.execute(TYPES + "CREATE TABLE t (id int PRIMARY KEY, " + columns + ")");
        try (Connection session = db.connect()) {
            SchemajobException e = catchThrowableOfType(
                    SchemajobException.class,
                    () -> Imports.run(session, file, "tables: {t: {columns: {id: id, x: x}}}", null));
            assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
            assertThat(e).hasMessageContaining("cannot be imported").hasMessageContaining(columns.split("[ ,]")[1]);
        }
    }
}
