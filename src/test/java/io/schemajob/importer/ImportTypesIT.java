package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.importer.validate.CheckResult;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every type that can be imported: what arrives is what was meant, and the server's checksums are the same as ours. */
class ImportTypesIT {
    private static final int RANDOM_ROWS = 500;
    private static final String TABLE =
            """
            CREATE TABLE every (
                id int8 PRIMARY KEY, u uuid, t text, v varchar(10), c char(5), jb jsonb, j json, n numeric, n2 numeric(10,4),
                b bytea, a text[], bo boolean, i2 int2, i4 int4, f4 real, f8 double precision, d date, ts timestamp,
                tz timestamptz, filled int DEFAULT 7, twice int8 GENERATED ALWAYS AS (i4::int8 * 2) STORED)
            """;
    private static final String MAPPING =
            """
            tables:
              every:
                columns:
                  {id: id, u: u, t: t, v: v, c: c, jb: jb, j: j, n: n, n2: n2, b: b, a: a, bo: bo, i2: i2, i4: i4, f4: f4,
                   f8: f8, d: d, ts: {from: ts, epoch: milliseconds}, tz: tz}
            """;

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void everyTypeArrivesAndIsProved(int major) throws SQLException {
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE every (id INTEGER PRIMARY KEY, u, t, v, c, jb, j, n, n2, b, a, bo, i2, i4, f4, f8, d, ts, tz)",
                """
                INSERT INTO every VALUES (1, '0F8FAD5B-D9CB-469F-A165-70867728950E', 'é🤖', '0123456789', 'ab   ',
                  '{"b": [1.50, 1e3, -0.0], "a": {"x": null}}', '{"b" :  1}', '123456789012345678901234.5600', 1.5, x'00ff',
                  '["a b", "c,d", "", "NULL", null, "q\\"\\\\", "{x}"]', 1, -32768, 2147483647, 0.1, 0.1,
                  '1999-12-31', 1735689600123, '2025-01-01T10:00:00+02:00');
                INSERT INTO every VALUES (-2, x'000102030405060708090a0b0c0d0e0f', '', '', '', '[]', 'null', '-0.000', -9999, x'',
                  '[]', 'no', 0, 0, -0.0, 1e308, '0001-01-01', '9999-12-31T23:59:59.999999', '1970-01-01');
                INSERT INTO every (id) VALUES (3);
                """);
        randomRows(file);
        Postgres.Database db = Postgres.version(major).createDatabase();
        db.execute(TABLE);
        try (Connection session = db.connect();
                OtherSession eye = OtherSession.of(db)) {
            ImportResult result = Imports.run(session, file, MAPPING, null);
            assertThat(result.verdicts()).isNotEmpty().allMatch(CheckResult::equal);
            assertThat(result.rowsLoaded()).isEqualTo(RANDOM_ROWS + 3);
            eye.execute("SET timezone = 'UTC'");
            assertThat(eye.value("SELECT every FROM every WHERE id = 1"))
                    .isEqualTo("(1,0f8fad5b-d9cb-469f-a165-70867728950e,é🤖,0123456789,\"ab   \","
                            + "\"{\"\"a\"\": {\"\"x\"\": null}, \"\"b\"\": [1.50, 1000, 0.0]}\",\"{\"\"b\"\" :  1}\","
                            + "123456789012345678901234.5600,1.5000,\"\\\\x00ff\","
                            + "\"{\"\"a b\"\",\"\"c,d\"\",\"\"\"\",\"\"NULL\"\",NULL,\"\"q\\\\\"\"\\\\\\\\\"\",\"\"{x}\"\"}\","
                            + "t,-32768,2147483647,0.1,0.1,1999-12-31,\"2025-01-01 00:00:00.123\","
                            + "\"2025-01-01 08:00:00+00\",7,4294967294)");
            assertThat(eye.value("SELECT concat_ws('|', u, n, n2, a, bo, f8, d, ts) FROM every WHERE id = -2"))
                    .isEqualTo("00010203-0405-0607-0809-0a0b0c0d0e0f|0.000|-9999.0000|{}|f|1e+308|0001-01-01"
                            + "|9999-12-31 23:59:59.999999");
            assertThat(eye.value("SELECT num_nonnulls(u, t, v, c, jb, j, n, n2, b, a, bo, i2, i4, f4, f8, d, ts, tz)"
                            + " FROM every WHERE id = 3"))
                    .isEqualTo("0");
        }
    }

    /** A column that counts by itself goes on behind what was loaded. */
    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void sequencesGoOnBehindTheLoadedRows(int major) throws SQLException {
        SqliteFile file = SqliteFile.of("CREATE TABLE n (id INTEGER PRIMARY KEY); INSERT INTO n VALUES (41)");
        Postgres.Database db = Postgres.version(major).createDatabase();
        db.execute("CREATE TABLE n (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)");
        try (Connection session = db.connect();
                OtherSession eye = OtherSession.of(db)) {
            Imports.run(session, file, "tables: {n: {columns: {id: id}}}", null);
            assertThat(eye.value("INSERT INTO n DEFAULT VALUES RETURNING id")).isEqualTo("42");
        }
    }

    private static void randomRows(SqliteFile file) throws SQLException {
        Random random = new Random(3);
        try (Connection connection = file.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO every (id, t, n, n2, b, i4, f8, jb, d, tz) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < RANDOM_ROWS; i++) {
                byte[] bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                String decimal = new java.math.BigDecimal(
                                new java.math.BigInteger(random.nextInt(120), random), random.nextInt(30))
                        .toPlainString();
                insert.setLong(1, 1000 + i);
                insert.setString(
                        2,
                        random.ints(random.nextInt(30), 1, 0xd800)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString());
                insert.setString(3, (random.nextBoolean() ? "-" : "") + decimal);
                insert.setDouble(4, random.nextInt(1_000_000) / 100.0);
                insert.setBytes(5, bytes);
                insert.setInt(6, random.nextInt(1000) - 500);
                insert.setDouble(7, Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(600) - 300));
                insert.setString(
                        8, "{\"k%d\": %s, \"é\": [%s]}".formatted(random.nextInt(9), decimal, random.nextDouble()));
                insert.setString(
                        9,
                        java.time.LocalDate.ofEpochDay(random.nextInt(40_000) - 20_000)
                                .toString());
                insert.setString(
                        10,
                        java.time.Instant.ofEpochMilli(random.nextLong() >>> 18).toString());
                insert.executeUpdate();
            }
            connection.commit();
        }
    }
}
