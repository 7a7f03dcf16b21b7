package io.schemajob.bundle.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.Refusal;
import io.schemajob.bundle.source.TextFile;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Alembic prints becomes a script a revision; what cannot be carried over is refused. */
class AlembicBundleTest {
    private static final String UP =
            """
            BEGIN;

            CREATE TABLE alembic_version (
                version_num VARCHAR(32) NOT NULL,
                CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
            );

            -- Running upgrade  -> 1975ea83b712

            CREATE TABLE account (id int, n text DEFAULT '
            -- Running upgrade a -> b
            ');

            INSERT INTO alembic_version (version_num) VALUES ('1975ea83b712') RETURNING alembic_version.version_num;

            -- Running upgrade 1975ea83b712 -> ae1027a6acf

            ALTER TABLE account ADD m int;

            COMMIT;

            CREATE INDEX CONCURRENTLY i ON account (m);

            BEGIN;

            ALTER TABLE account ADD o int;

            UPDATE alembic_version SET version_num='ae1027a6acf' WHERE alembic_version.version_num = '1975ea83b712';

            COMMIT;

            """;
    private static final String DOWN =
            """
            BEGIN;

            -- Running downgrade ae1027a6acf -> 1975ea83b712

            ALTER TABLE account DROP m, DROP o;

            UPDATE alembic_version SET version_num='1975ea83b712' WHERE alembic_version.version_num = 'ae1027a6acf';

            -- Running downgrade 1975ea83b712 ->\s

            DROP TABLE account;

            DELETE FROM alembic_version WHERE alembic_version.version_num = '1975ea83b712';

            DROP TABLE alembic_version;

            COMMIT;
            """;

    private static Map<String, String> files(String up, String down) {
        Map<String, String> files = new LinkedHashMap<>();
        AlembicBundle.files(new TextFile("up.sql", up), down == null ? null : new TextFile("down.sql", down))
                .forEach(file -> files.put(file.path(), file.text()));
        return files;
    }

    @Test
    void eachRevisionIsAScript() {
        assertThat(files(UP, DOWN))
                .containsOnlyKeys(
                        "migrations/001_1975ea83b712.up.sql",
                        "migrations/001_1975ea83b712.down.sql",
                        "migrations/002_ae1027a6acf.up.sql",
                        "migrations/002_ae1027a6acf.down.sql",
                        "bundle.yaml")
                .containsEntry(
                        "migrations/001_1975ea83b712.up.sql",
                        "CREATE TABLE account (id int, n text DEFAULT '\n-- Running upgrade a -> b\n');\n")
                .containsEntry("migrations/001_1975ea83b712.down.sql", "DROP TABLE account;\n")
                .containsEntry(
                        "migrations/002_ae1027a6acf.up.sql",
                        """
                        -- schemajob: no-transaction
                        BEGIN;
                        ALTER TABLE account ADD m int;
                        COMMIT;
                        CREATE INDEX CONCURRENTLY i ON account (m);
                        BEGIN;
                        ALTER TABLE account ADD o int;
                        COMMIT;
                        """)
                .containsEntry("migrations/002_ae1027a6acf.down.sql", "ALTER TABLE account DROP m, DROP o;\n");
        assertThat(files(UP, DOWN).get("bundle.yaml"))
                .contains("  \"001\": \"1975ea83b712\"\n  \"002\": \"ae1027a6acf\"\n");
        assertThat(files(UP, null)).hasSize(3);
    }

    @Test
    void aTransactionForEachRevisionIsLeftOut() {
        assertThat(files(
                        "BEGIN;\n-- Running upgrade  -> a\nSELECT 1;\nCOMMIT;\nBEGIN;\n-- Running upgrade a -> b\nSELECT 2;\nCOMMIT;\n",
                        null))
                .containsEntry("migrations/001_a.up.sql", "SELECT 1;\n")
                .containsEntry("migrations/002_b.up.sql", "SELECT 2;\n");
    }

    @Test
    void whatIsNotOneLineFromBaseIsRefused() {
        assertThat(Refusal.of(() -> files("SELECT 1;", null)).message()).contains("no line \"-- Running upgrade");
        assertThat(Refusal.of(() -> files("-- Running upgrade a -> b\nSELECT 1;", null))
                        .message())
                .contains("it begins above a");
        assertThat(Refusal.of(() -> files("-- Running upgrade  -> a\n-- Running upgrade a, c -> b\n", null))
                        .message())
                .startsWith("up.sql:2: a merge of branches");
        assertThat(Refusal.of(() -> files("-- Running upgrade  -> a\n-- Running upgrade  -> b\n", null))
                        .message())
                .contains("these are branches");
        assertThat(Refusal.of(() -> files(DOWN, null)).message()).startsWith("up.sql:3: this is the output of");
    }
}
