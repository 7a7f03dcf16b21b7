package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import org.junit.jupiter.api.Test;

/** Rows beside those that are there: none twice, and none that comes to belong to another. */
class AppendIT {
    private final Postgres.Database db = Postgres.version(16).createDatabase();

    private App.Result add(ScriptFolder folder, SqliteFile file, String... more) {
        return file.importInto(db, folder.path().toString(), more).run();
    }

    @Test
    void addsTheSameFileOnce() {
        ScriptFolder folder = ScriptFolder.create()
                .with("001_t.up.sql", "CREATE TABLE t (k text, v text)")
                .with("import.yaml", "tables: {t: {columns: {k: k, v: v}}}");
        String layout = "CREATE TABLE t (k, v)";
        SqliteFile first = SqliteFile.of(layout, "INSERT INTO t VALUES ('a', 'x')");
        SqliteFile second = SqliteFile.of(layout, "INSERT INTO t VALUES ('b', 'y')");
        assertThat(add(folder, first).exitCode()).isZero();
        assertThat(add(folder, second, "--append").exitCode()).isZero();
        for (SqliteFile file : new SqliteFile[] {first, second}) {
            App.Result again = add(folder, file, "--append");
            assertThat(again.exitCode()).as(again.text()).isEqualTo(84);
            assertThat(again.text()).contains("The same rows of the same file were added before: 1 row");
        }
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT k FROM t")).hasSize(2);
        }
    }

    @Test
    void leavesOutWhatRefersToARowThatIsLeftOut() {
        ScriptFolder folder = ScriptFolder.create()
                .with(
                        "001_t.up.sql",
                        "CREATE TABLE a (id int PRIMARY KEY, v text); INSERT INTO a VALUES (1, 'old'), (3, 'old');"
                                + " CREATE TABLE u (id text PRIMARY KEY, a_id int REFERENCES a)")
                .with("import.yaml", "tables: {a: {columns: {id: id, v: v}}, u: {columns: {id: id, a_id: a_id}}}");
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE a (id INTEGER PRIMARY KEY, v); CREATE TABLE u (id TEXT PRIMARY KEY, a_id)",
                "INSERT INTO a VALUES (1, 'x'), (2, 'y')",
                "INSERT INTO u VALUES ('one', 1), ('two', 2), ('three', 3)");
        String rejects = TemporaryFolders.create("append").resolve("rejects").toString();
        App.Result result = add(folder, file, "--append", "--rejects", rejects);
        assertThat(result.exitCode()).as(result.text()).isZero();
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT id FROM u ORDER BY id")).containsExactly("three", "two");
        }
    }
}
