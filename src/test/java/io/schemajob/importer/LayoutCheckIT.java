package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.importer.reverse.Loss;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an export would refuse is said by the import, when the layout can still be corrected. */
class LayoutCheckIT {
    private static final Postgres SERVER = Postgres.version(16);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE b (id); CREATE TABLE a (id INTEGER PRIMARY KEY) | layout: an export is refused: | true",
                "CREATE TABLE b (id) | layout: an export is refused: | true",
                "CREATE TABLE b (id); CREATE TABLE a (id INTEGER PRIMARY KEY, n, more) | layout: an export is refused: | true",
                "CREATE TABLE b (id); CREATE VIEW a AS SELECT 1 AS id | a: layout: makes a view of the table a: its rows are left behind | false",
                "CREATE TABLE b (id); CREATE TABLE a (id INTEGER PRIMARY KEY, n) | | false",
            })
    void importSaysWhatAnExportWouldFind(String layout, String said, boolean refused) throws SQLException {
        Postgres.Database db = SERVER.createDatabase();
        db.execute("CREATE TABLE a (id int PRIMARY KEY, n int); CREATE TABLE b (id int)");
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE a (id INTEGER PRIMARY KEY, n); CREATE TABLE b (id)", "INSERT INTO a VALUES (1, 2)");
        String mapping = "tables: {a: {columns: {id: id, n: n}}, b: {columns: {id: id}}}\nlayout: " + layout + "\n";
        try (Connection session = db.connect()) {
            ImportResult result = Imports.run(session, file, mapping, null);
            if (said == null) {
                assertThat(result.losses()).isEmpty();
            } else {
                assertThat(result.losses()).extracting(Loss::toString).anySatisfy(loss -> assertThat(loss)
                        .startsWith(said));
            }
            Path back = TemporaryFolders.create("layout").resolve("back.db");
            session.setAutoCommit(false);
            if (refused) {
                assertThatThrownBy(() -> Imports.export(session, mapping, back));
            } else {
                Imports.export(session, mapping, back);
            }
        }
    }
}
