package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.Parts;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The file on a volume that is mounted read-only, as the import's pod has it: in a mount namespace of the process. Needs a
 * kernel that lets this user make one.
 */
class ReadOnlyVolumeIT {
    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--map-root-user", "--mount");
    private static final String MOUNT = "mount --bind \"$0\" \"$0\"; mount -o remount,bind,ro \"$0\";"
            + " if touch \"$0/x\" 2>/dev/null; then echo \"$0 can be written\"; exit 1; fi; exec \"$@\"";

    @BeforeAll
    static void requireNamespaces() throws IOException, InterruptedException {
        Parts.program("unshare", "Debian package util-linux");
        List<String> probe = readOnly(TemporaryFolders.create("volume"));
        probe.add("true");
        boolean allowed = new ProcessBuilder(probe).start().waitFor() == 0;
        Assumptions.assumeTrue(allowed, "this kernel allows no mount namespaces to this user");
    }

    private static List<String> readOnly(Path volume) {
        List<String> command = new ArrayList<>(NAMESPACE);
        command.addAll(List.of("sh", "-ec", MOUNT, volume.toString()));
        return command;
    }

    private static App.Result importOf(SqliteFile file, Postgres.Database db) {
        return Cli.succeeded(file.importInto(db, "agent-platform")
                .startedBy(readOnly(file.path().getParent()))
                .run());
    }

    /** In use by a writer in WAL mode, left behind by one that was killed, at rest: each time all that was committed. */
    @Test
    void readsAFileInWalModeWithItsLog() throws SQLException, IOException {
        SqliteFile file = SqliteFile.phase1(2, 20);
        SqliteFile killed = SqliteFile.of();
        Postgres.Database db = Postgres.version(16).createDatabase();
        try (Connection writer = file.connect();
                Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA journal_mode = wal");
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            statement.execute("INSERT INTO tasks (id, title) VALUES ('in the log', 'committed')");
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO tasks (id, title) VALUES ('open', 'not committed')");
            assertThat(importOf(file, db).out()).contains("Imported 23 rows");
            for (String end : List.of("", "-wal", "-shm")) {
                Files.copy(
                        Path.of(file + end), Path.of(killed + end), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            writer.rollback();
        }
        assertThat(importOf(killed, db).out()).contains("All rows are already there");
        assertThat(killed.folder()).containsExactly("agents.db", "agents.db-shm", "agents.db-wal");
        assertThat(importOf(file, db).out()).contains("All rows are already there");
        assertThat(file.folder()).containsExactly("agents.db");
    }
}
