package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.importer.reverse.Loss;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each key of a column makes of a value, what does not fit, and what comes back. */
class MappingKeysIT {
    private static final Postgres.Database DATABASE = Postgres.version(17).createDatabase();

    /**
     * Three values: one row each. What PostgreSQL has of them; REFUSED for one that does not fit. Then which come back as
     * they were: a letter a row.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "timestamptz|format: 'dd.MM.yyyy HH:mm'|'14.07.2017 02:43'|2017-07-14 02:43:00+00|y",
                "timestamptz|format: 'dd.MM.yyyy HH:mm', zone: Europe/Berlin|'14.07.2017 02:43'|2017-07-14 00:43:00+00|y",
                "timestamptz|format: 'dd.MM.yyyy HH:mm', zone: Europe/Berlin|'26.03.2017 02:43'|REFUSED|-",
                "timestamptz|format: 'dd.MM.yyyy HH:mm'|'31.02.2017 02:43'|REFUSED|-",
                "timestamptz|format: 'dd.MM.yyyy HH:mm'|'2017-07-14 02:43'|REFUSED|-",
                "timestamptz|format: ['dd.MM.yyyy HH:mm', 'dd.MM.yyyy HH:mm:ss']|'14.07.2017 02:43:11'|2017-07-14 02:43:11+00|y",
                "timestamptz|format: [iso, 'MM/dd/yy h:mm a'], years_from: 2000|'07/14/17 2:43 PM'|2017-07-14 14:43:00+00|n",
                "timestamptz|format: ['MM/dd/yy h:mm a', iso], years_from: 1950|'07/14/17 2:43 PM'|2017-07-14 14:43:00+00|y",
                "timestamptz|format: ['d MMM yyyy', iso]|'2017-07-14T02:43:00.5+00:00'|2017-07-14 02:43:00.5+00|y",
                "timestamptz|format: \"yyyy-MM-dd HH:mm:ss.SSSSSSSSS xx 'UTC'\", fraction: cut|'2017-07-14 02:43:00.123456789 +0000 UTC'|2017-07-14 02:43:00.123456+00|n",
                "date|format: ddMMyy, years_from: 1970|'140769'|2069-07-14|y",
                "date|format: ddMMyy, years_from: 1920|'140719'|2019-07-14|y",
                "date|format: 'dd.MM.uu', years_from: 1920|'14.07.20'|1920-07-14|y",
                "timestamptz|format: \"yyyy-MM-dd'T'HH:mm:ss'Z'\"|'2017-07-14T02:43:00Z'|2017-07-14 02:43:00+00|y",
                "timestamptz|format: \"yyyy-MM-dd'T'HH:mm:ssX\", zone: Europe/Berlin|'2017-07-14T02:43:00Z'|2017-07-14 02:43:00+00|n",
                "timestamptz|format: 'yyyy-MM-dd HH:mm:ss xx z', zone: Europe/Berlin|'2017-10-29 02:43:00 +0200 CEST'|2017-10-29 00:43:00+00|y",
                "timestamptz|format: 'dd.MM.yyyy[ HH][:mm]'|'14.07.2017:43'|REFUSED|-",
                "timestamptz|format: 'd.M.u'|'14.7.604017'|REFUSED|-",
                "date|format: uuuuMMdd, zone: Europe/Berlin|'00010101'|0001-01-01|y",
                "date|format: [uuuuMMdd, iso], zone: Europe/Berlin|'0001-01-01'|0001-01-01|n",
                "date|format: uuuuMMdd, zone: America/New_York|'99991231'|9999-12-31|y",
                "date|format: 'uuuuMMdd HH:mm', zone: Europe/Berlin, fraction: cut|'20170326 02:30'|2017-03-26|n",
                "date|format: 'uuuuMMdd HH:mm X', zone: Europe/Berlin, fraction: cut|'20170326 23:30 Z'|2017-03-27|n",
                "timestamp|format: 'yyyyMMdd'|20170714|REFUSED|-",
                "date|format: 'dd.MM.yyyy'|'14.07.2017'|2017-07-14|y",
                "date|format: 'dd.MM.yyyy HH:mm'|'14.07.2017 02:43'|REFUSED|-",
                "date|format: 'dd.MM.yyyy HH:mm', fraction: cut|'14.07.2017 02:43'|2017-07-14|n",
                "date|fraction: cut|'2017-07-14T23:59:59'|2017-07-14|n",
                "date|fraction: cut|'2017-07-14Tsoon'|REFUSED|-",
                "timestamptz|fraction: cut|'2017-07-14T02:43:00.123456789Z'|2017-07-14 02:43:00.123456+00|n",
                "timestamptz|fraction: round|'2017-07-14T23:59:59.999999500Z'|2017-07-15 00:00:00+00|n",
                "timestamptz|fraction: reject|'2017-07-14T02:43:00.123456789Z'|REFUSED|-",
                "timestamptz(3)|fraction: round|'2017-07-14T02:43:00.123499999Z'|2017-07-14 02:43:00.123+00|n",
                "timestamptz(3)|fraction: round|'2017-07-14T02:43:00.1235Z'|2017-07-14 02:43:00.124+00|n",
                "timestamptz(3)|fraction: cut, epoch: microseconds|-999|1969-12-31 23:59:59.999+00|n",
                "timestamptz(0)|fraction: round, epoch: milliseconds|1500|1970-01-01 00:00:02+00|n",
                "timestamptz|epoch: seconds|1709208000.123456|2024-02-29 12:00:00.123456+00|y",
                "timestamptz|epoch: seconds|1709208000.1234567|REFUSED|-",
                "timestamptz|epoch: seconds|1e-9|REFUSED|-",
                "timestamptz|epoch: seconds, fraction: cut|1709208000.1234567|2024-02-29 12:00:00.123456+00|n",
                "timestamptz|epoch: seconds, fraction: round|1709208000.1234567|2024-02-29 12:00:00.123457+00|n",
                "timestamptz|epoch: seconds, fraction: cut|-1e-9|1969-12-31 23:59:59.999999+00|n",
                "timestamptz|epoch: milliseconds|1709208000123.4567|REFUSED|-",
                "timestamptz|epoch: microseconds|1.4|REFUSED|-",
                "timestamptz|epoch: microseconds, fraction: cut|1.4|1970-01-01 00:00:00.000001+00|n",
                "timestamptz(3)|epoch: seconds, fraction: round|0.0004999996|1970-01-01 00:00:00+00|n",
                "timestamp|epoch: microseconds|1.4|REFUSED|-",
                "date|epoch: microseconds|0.5|REFUSED|-",
                "timestamptz|epoch: julian days|julianday('2024-02-29 12:00:00.123')|2024-02-29 12:00:00.123+00|y",
                "timestamptz|epoch: julian days|2460370.000001|REFUSED|-",
                "timestamptz|epoch: 'julian days', fraction: cut|2460370.000001|2024-02-29 12:00:00.086+00|n",
                "double precision|as: float|'0.1'|0.1|n",
                "double precision|as: float|'0.10000000000000001'|0.1|n",
                "double precision|as: float|'1.50'|1.5|n",
                "double precision|as: float|'1e-400'|REFUSED|-",
                "double precision|as: float|'1e400'|REFUSED|-",
                "double precision|as: float|'5e-324'|5e-324|n",
                "double precision|as: float|'1.23456789012345678901'|REFUSED|-",
                "double precision|as: float|'9007199254740993'|REFUSED|-",
                "double precision|as: float|9007199254740993|REFUSED|-",
                "double precision|as: float|'1152921504606846976'|1.152921504606847e+18|n",
                "double precision|as: float|1152921504606846976|1.152921504606847e+18|n",
                "real|as: float|'0.1'|0.1|n",
                "real|as: float|'0.100000001'|0.1|n",
                "real|as: float|0.1|0.1|y",
                "real|as: float|'0.1234567891'|REFUSED|-",
                "real|as: float|'1e-46'|REFUSED|-",
                "real|as: float|'3.5e38'|REFUSED|-",
                "real|as: float|16777217|REFUSED|-",
                "real|as: float|'16777217'|REFUSED|-",
                "boolean|true_values: [J], false_values: [N, J]|'J'|REFUSED|-",
                "numeric(5,-2)|as: numeric|12300|12300|y",
                "numeric(5,-2)|as: numeric|0|0|y",
                "numeric(5,-2)|as: numeric|12345|REFUSED|-",
                "numeric(5,-2)|as: numeric, fraction: round|12355|12400|n",
                "numeric(5,-2)|as: numeric|10000000|REFUSED|-",
                "numeric(6,2)|fraction: cut|12.999|12.99|n",
                "numeric(6,2)|fraction: round|-12.995|-13.00|n",
                "numeric(6,2)|fraction: round|9999.999|REFUSED|-",
                "int|fraction: cut|-1.9|-1|n",
                "int|fraction: round|'2.5'|3|n",
                "int|fraction: round|'2147483647.5'|REFUSED|-",
                "boolean|true_values: [J, Y], false_values: [N, '-1']|'J'|true|y",
                "boolean|true_values: [J, Y], false_values: [N, '-1']|'Y'|true|n",
                "boolean|true_values: [J, Y], false_values: [N, '-1']|-1|false|n",
                "boolean|true_values: J, false_values: N|'N'|false|y",
                "boolean|true_values: J|'X'|REFUSED|-",
                "text|trim: both|char(9,32,97,32,98,32,10)|a b|n",
                "text|trim: both|'a'|a|y",
                "text|trim: left|'  a'|a|n",
                "int|trim: right|'7 '|7|n",
                "int|trim: both, empty: null|'  '|-|n",
                "int|trim: both, empty: null, default: '4'|'  '|4|n",
                "text|default: none|NULL|none|n",
                "text|default: none|'x'|x|y",
            })
    void eachKey(String type, String rules, String value, String expected, String back) throws SQLException {
        String layout = "CREATE TABLE t (id INTEGER PRIMARY KEY, v)";
        String mapping = "tables: {t: {columns: {id: id, v: {from: v, %s}}}}\nlayout: %s".formatted(rules, layout);
        SqliteFile file = SqliteFile.of(layout, "INSERT INTO t VALUES (1, " + (value == null ? "NULL" : value) + ")");
        try (Connection session = DATABASE.connect();
                OtherSession other = OtherSession.of(DATABASE)) {
            other.execute(
                    "DROP TABLE IF EXISTS t, schemajob_import",
                    "CREATE TABLE t (id int PRIMARY KEY, v " + type + ")",
                    "SET timezone = 'UTC'");
            if ("REFUSED".equals(expected)) {
                assertThat(catchThrowableOfType(
                                SchemajobException.class, () -> Imports.run(session, file, mapping, null)))
                        .as(rules)
                        .isNotNull();
                return;
            }
            List<Loss> losses = Imports.run(session, file, mapping, null).losses();
            assertThat(other.rows("SELECT v::text FROM t").get(0)).as(rules).isEqualTo(String.valueOf(expected));
            SqliteFile returned = export(session, mapping);
            String all = "SELECT id, typeof(v), quote(v) FROM t";
            assertThat(returned.rows(all).equals(file.rows(all)))
                    .as(rules + returned.rows(all))
                    .isEqualTo(back.equals("y"));
            assertThat(losses).as("what does not come back is named: " + rules).hasSize(back.equals("y") ? 0 : 1);
        }
    }

    private static SqliteFile export(Connection session, String mapping) {
        Path back = TemporaryFolders.create("keys").resolve("back.db");
        Imports.export(session, mapping, back);
        return SqliteFile.existing(back);
    }

    @Test
    void viewsQueriesAndLookups() throws SQLException {
        String layout =
                """
                CREATE TABLE states (code INTEGER PRIMARY KEY, label TEXT);
                CREATE TABLE orders (id INTEGER PRIMARY KEY, state INTEGER, total REAL);
                CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE state = 1;
                """;
        SqliteFile file = SqliteFile.of(
                layout,
                "INSERT INTO states VALUES (1, 'open'), (2, 'done'), (3, NULL)",
                "INSERT INTO orders VALUES (10, 1, 1.5), (11, 2, 2.5), (12, 1, 4)");
        String mapping =
                """
                tables:
                  orders: {columns: {id: id, state: {from: state, lookup: {from: states, key: code, value: label}}, total: total}}
                  open: {from: open_orders, columns: {id: id, total: total}}
                  sums:
                    query: |
                      SELECT s.label AS state, count(*) AS n, sum(o.total) AS total -- of each
                      FROM orders o JOIN states s ON s.code = o.state GROUP BY 1;
                    columns: {state: state, n: n, total: total}
                ignore: [states]
                layout: |
                  %s
                """
                        .formatted(layout.replace("\n", "\n  "));
        Postgres.Database db = Postgres.version(14).createDatabase();
        db.execute("CREATE TABLE orders (id int PRIMARY KEY, state text, total float8);"
                + "CREATE TABLE open (id int PRIMARY KEY REFERENCES orders, total float8);"
                + "CREATE TABLE sums (state text PRIMARY KEY, n int CHECK (n > 1), total float8)");
        try (Connection session = db.connect();
                OtherSession other = OtherSession.of(db)) {
            ImportResult refused = new ImportResult();
            catchThrowableOfType(SchemajobException.class, () -> Imports.run(session, file, mapping, null, refused));
            assertThat(refused.findings())
                    .extracting(finding -> finding.toString())
                    .containsExactly("sums row 1 (state 'done'): n 1 violates the check sums_n_check: (n > 1)");
            file.execute("INSERT INTO orders VALUES (13, 2, 8)");
            List<Loss> losses = Imports.run(session, file, mapping, null).losses();
            assertThat(losses.stream().map(Loss::toString))
                    .containsExactlyInAnyOrder(
                            "states: 3 rows will be missing (ignore)",
                            "orders.state: 4 values do not come back as they were; the first, row 10, was 1 and comes back"
                                    + " as 'open'",
                            "open: 2 rows of a view or a query do not go back into it",
                            "sums: 2 rows of a view or a query do not go back into it");
            assertThat(other.rows("SELECT id, state, total FROM orders ORDER BY id"))
                    .containsExactly("10|open|1.5", "11|done|2.5", "12|open|4", "13|done|8");
            assertThat(other.rows("SELECT * FROM open ORDER BY id")).containsExactly("10|1.5", "12|4");
            assertThat(other.rows("SELECT * FROM sums ORDER BY state")).containsExactly("done|2|10.5", "open|2|5.5");
            assertThat(Imports.run(session, file, mapping, null).isAlreadyThere())
                    .isTrue();
            assertThat(export(session, mapping).rows("SELECT id, state, total FROM orders ORDER BY id"))
                    .containsExactly("10|open|1.5", "11|done|2.5", "12|open|4.0", "13|done|8.0");
            for (String[] wrong : new String[][] {
                {"key: code", "key: cod", "the lookup in states cannot be read: there is no column cod"},
                {"AS state, count", "AS state, cnt", "SQLite refuses the query: "},
                {"from: open_orders", "from: opens", "no table or view opens"},
            }) {
                assertThat(catchThrowableOfType(
                                SchemajobException.class,
                                () -> Imports.run(session, file, mapping.replace(wrong[0], wrong[1]), null)))
                        .hasMessageContaining(wrong[2]);
            }
            file.execute("UPDATE orders SET state = 9 WHERE id = 12", "CREATE TABLE more (n)");
            assertThat(catchThrowableOfType(SchemajobException.class, () -> Imports.run(session, file, mapping, null)))
                    .hasMessageContaining("table more is neither mapped nor ignored");
            other.execute("TRUNCATE orders, open, sums");
            file.execute("DROP TABLE more");
            assertThat(catchThrowableOfType(SchemajobException.class, () -> Imports.run(session, file, mapping, null)))
                    .hasMessageContaining("row 12: state 9 is not in the table of the lookup");
            file.execute("UPDATE orders SET state = 3 WHERE id = 12");
            assertThat(catchThrowableOfType(SchemajobException.class, () -> Imports.run(session, file, mapping, null)))
                    .hasMessageContaining("row 12: state 3 has NULL in the table of the lookup");
        }
    }
}
