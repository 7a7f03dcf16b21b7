package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are made when the rows are there: afterwards all is as it was, and what cannot be made again was never gone. */
class SuspendedKeysIT {
    private static final int ROWS = 11_000;
    private static final String TABLES =
            """
            CREATE TABLE parents (id uuid PRIMARY KEY, code text, CONSTRAINT parents_u UNIQUE (code) INCLUDE (id));
            CREATE TABLE kids (id bigint CONSTRAINT "kids Key" PRIMARY KEY, parent uuid REFERENCES parents ON DELETE CASCADE,
                n int UNIQUE DEFERRABLE INITIALLY DEFERRED, up bigint REFERENCES kids);
            CREATE TABLE other (kid bigint REFERENCES kids (id) MATCH FULL, parent uuid REFERENCES parents);
            CREATE INDEX kids_parent ON kids (parent);
            """;
    private static final String MAPPING =
            """
            tables:
              parents: {columns: {id: {from: id, ids: parents}, code: code}}
              kids: {columns: {id: id, parent: {from: parent, ids: parents}, n: n, up: up}}
            """;

    private static final String CATALOG =
            """
            SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index
            WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace) ORDER BY 1
            """;

    private final Postgres.Database db = Postgres.version(18).createDatabase();

    private static SqliteFile file() {
        return SqliteFile.of(
                "CREATE TABLE parents (id TEXT PRIMARY KEY, code TEXT)",
                "CREATE TABLE kids (id INTEGER PRIMARY KEY, parent TEXT, n INTEGER, up INTEGER)",
                """
                INSERT INTO parents WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                SELECT 'p' || i, 'c' || i FROM n
                """
                        .formatted(ROWS),
                "INSERT INTO kids SELECT rowid, id, rowid, max(1, rowid - 1) FROM parents");
    }

    @Test
    void allIsAsItWas() throws SQLException {
        db.execute(TABLES);
        try (Connection session = db.connect();
                OtherSession other = OtherSession.of(db)) {
            List<String> before = other.rows(CATALOG);
            String newest = other.value("SELECT max(oid::bigint) FROM pg_constraint");
            ImportResult result = Imports.run(session, file(), MAPPING, null);
            assertThat(result.rowsLoaded()).isEqualTo(2 * ROWS);
            assertThat(other.rows(CATALOG))
                    .filteredOn(row -> !row.contains("schemajob_import"))
                    .isEqualTo(before);
            assertThat(other.rows("SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u') AND oid::bigint > "
                            + newest + " AND conname NOT LIKE 'schemajob%' ORDER BY 1"))
                    .as("made anew; a deferrable key has triggers that depend on it")
                    .containsExactly("kids Key", "parents_pkey", "parents_u");
        }
    }

    /** The key is missing when the rows come; what violates it is told row by row all the same. */
    @Test
    void doublesAreFound() throws SQLException {
        db.execute(TABLES);
        SqliteFile file =
                file().execute("UPDATE kids SET n = 7 WHERE id IN (9, 10)", "UPDATE kids SET up = 0 WHERE id = 5");
        try (Connection session = db.connect();
                OtherSession other = OtherSession.of(db)) {
            List<String> before = other.rows(CATALOG);
            ImportResult result = new ImportResult();
            catchThrowableOfType(SchemajobException.class, () -> Imports.run(session, file, MAPPING, null, result));
            assertThat(result.findingGroups())
                    .extracting(group -> group.column() + " " + group.reason() + " " + group.count())
                    .containsExactlyInAnyOrder(
                            "n has the same n as another row 3", "up names a row of public.kids that is not there 1");
            assertThat(other.rows(CATALOG)).isEqualTo(before);
        }
    }

    /** What would be lost, or would fail, stays; and the import is what it is without. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW v AS SELECT id, parent, n FROM kids GROUP BY id",
                "COMMENT ON CONSTRAINT \"kids Key\" ON kids IS 'kept'",
                "ALTER TABLE kids REPLICA IDENTITY USING INDEX \"kids Key\"",
                "CLUSTER kids USING \"kids Key\"",
                "ALTER INDEX \"kids Key\" SET (fillfactor = 70)",
                "COMMENT ON CONSTRAINT other_kid_fkey ON other IS 'kept'",
                "INSERT INTO other VALUES (NULL)",
                "CREATE FUNCTION twice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO parents VALUES (NEW.parent, 'c')"
                        + " ON CONFLICT (id) DO NOTHING; RETURN NEW; END $$;"
                        + " CREATE TRIGGER twice BEFORE INSERT ON kids FOR EACH ROW EXECUTE FUNCTION twice()",
            })
    void whatCannotBeMadeAgainStays(String more) throws SQLException {
        db.execute(TABLES + more);
        try (Connection session = db.connect();
                OtherSession other = OtherSession.of(db)) {
            String key = "SELECT oid FROM pg_constraint WHERE conname = 'kids Key'";
            String before = other.value(key);
            assertThat(Imports.run(session, file(), MAPPING, null).rowsLoaded()).isEqualTo(2 * ROWS);
            assertThat(other.value(key)).isEqualTo(before);
        }
    }
}
