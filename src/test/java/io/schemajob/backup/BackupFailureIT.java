package io.schemajob.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresClient;
import io.schemajob.testing.Program;
import io.schemajob.testing.UnixShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever goes wrong, a backup ends with another code than 0 and leaves the volume as it was. */
class BackupFailureIT {
    private static final String WAITS = "SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE 'schemajob-backup/%' AND wait_event_type = 'Lock'";

    @TempDir
    Path folder;

    private Postgres.Database database;
    private BackupFixture room;
    private List<String> before;

    @BeforeEach
    void prepare() throws IOException {
        enter(Postgres.version(16).createDatabase());
    }

    /** With 2 MB that do not get smaller when they are compressed, and the dump of the day before. */
    private void enter(Postgres.Database inside) throws IOException {
        database = inside;
        room = BackupFixture.of(Files.createTempDirectory(folder, "room"), database);
        database.execute(
                "CREATE TABLE big AS SELECT n, sha512(n::text::bytea) AS noise FROM generate_series(1, 30000) n");
        Files.writeString(room.volume().resolve("agent-executor-20261120T020000Z-abcDEF.dump"), "of yesterday");
        before = room.files();
    }

    @Test
    void aServerNewerThanPgDump() throws IOException {
        enter(Postgres.version(18).createDatabase());
        Program.Result result = room.backup(UnixShell.DEBIAN, 16, "public.big").run();
        room.assertNothingKept(result, 1, before);
        assertThat(result.text()).contains("server version mismatch", "docs/backup.md");
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatIsNotThere(UnixShell shell) {
        Program.Result result =
                room.backup(shell, 16, "public.big", "public.bigger").run();
        room.assertNothingKept(result, 1, before);
        assertThat(result.text()).contains("\"public\".\"bigger\"");
        // A name is no pattern: this one would match.
        room.assertNothingKept(room.backup(shell, 16, "public.bi*").run(), 1, before);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatBreaksInTheMiddle(UnixShell shell) {
        try (OtherSession holder = OtherSession.of(database);
                OtherSession administrator = OtherSession.ofSuperuser(database)) {
            holder.execute("BEGIN", "LOCK TABLE big IN ACCESS EXCLUSIVE MODE");
            Program.Running backup = room.backup(shell, 16, "public.big").start();
            administrator.await(WAITS);
            administrator.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                    + " current_database() AND application_name LIKE 'schemajob-backup/%'");
            room.assertNothingKept(backup.await(), 1, before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPodThatIsStoppedInTheMiddle(UnixShell shell) {
        try (OtherSession holder = OtherSession.of(database);
                OtherSession administrator = OtherSession.ofSuperuser(database)) {
            holder.execute("BEGIN", "LOCK TABLE big IN ACCESS EXCLUSIVE MODE");
            Program.Running backup = room.backup(shell, 16, "public.big").start();
            administrator.await(WAITS);
            List<ProcessHandle> children = backup.process().descendants().toList();
            assertThat(children).isNotEmpty();
            // The holder never lets go: a shell that handled the signal after its child would wait for ever.
            room.assertNothingKept(backup.terminate().await(), 143, before);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void aVolumeThatIsFull() throws IOException {
        Path limited = Files.writeString(
                folder.resolve("limited.sh"),
                "ulimit -f 100\nexec /bin/sh " + BackupFixture.SCRIPT.toAbsolutePath() + "\n");
        Program.Result result = UnixShell.DEBIAN
                .script(PostgresClient.bin(16), limited)
                .env(room.settings("public.big"))
                .run();
        room.assertNothingKept(result, 1, before);
    }

    /** Whoever reads the log has gone. */
    @ParameterizedTest
    @EnumSource
    void aPipeThatIsBroken(UnixShell shell) throws IOException {
        Path broken = Files.writeString(
                folder.resolve("broken.sh"),
                """
                mkfifo '%1$s' && exec 3<>'%1$s' 4>'%1$s' 3<&-
                . '%2$s' >&4
                """
                        .formatted(folder.resolve("pipe"), BackupFixture.SCRIPT.toAbsolutePath()));
        Program.Result result = shell.script(PostgresClient.bin(16), broken)
                .env(room.settings("public.big"))
                .run();
        room.assertNothingKept(result, 141, before);
    }

    /** As a file system does that lies about what it has written: pg_dump is content, and the end is missing. */
    @ParameterizedTest
    @CsvSource({"DEBIAN, 100000", "BUSYBOX, 100000", "DEBIAN, 20", "DEBIAN, 0"})
    void aDumpThatIsCutOff(UnixShell shell, int bytes) throws IOException {
        Path programs = Files.createDirectory(folder.resolve("programs" + bytes + shell));
        Path real = PostgresClient.bin(16);
        Files.createSymbolicLink(programs.resolve("pg_restore"), real.resolve("pg_restore"));
        Path cutting = Files.writeString(
                programs.resolve("pg_dump"),
                """
                #!/bin/sh
                '%s' "$@" || exit
                for argument; do
                  case $argument in --file=*) truncate -s %d "${argument#--file=}" ;; esac
                done
                """
                        .formatted(real.resolve("pg_dump"), bytes));
        Files.setPosixFilePermissions(cutting, PosixFilePermissions.fromString("rwxr-xr-x"));
        Program.Result result = shell.script(programs, BackupFixture.SCRIPT)
                .env(room.settings("public.big"))
                .run();
        room.assertNothingKept(result, 1, before);
        assertThat(result.text()).contains("was not kept");
    }

    @Test
    void aWrongPassword() throws IOException {
        Files.writeString(room.file(), Files.readString(room.file()) + "export PGPASSWORD='out of date'\n");
        Program.Result result = room.backup(UnixShell.DEBIAN, 16, "public.big").run();
        room.assertNothingKept(result, 1, before);
        assertThat(result.text()).contains("password authentication failed").doesNotContain("out of date");
    }

    @ParameterizedTest
    @EnumSource
    void settingsThatAreMissingOrWrong(UnixShell shell) {
        for (String name : List.of("PG_ENV_FILE", "BACKUP_DIR", "BACKUP_NAME", "BACKUP_TABLES")) {
            refused(shell, room.backup(shell, 16, "public.big").without(name), name + " is not set");
            refused(shell, room.backup(shell, 16, "public.big").env(name, ""), name + " is not set");
        }
        for (String name : List.of("PG_ENV_FILE", "BACKUP_DIR")) {
            refused(shell, room.backup(shell, 16, "public.big").env(name, folder + "/none"), name);
        }
        for (String name : List.of("../up", "a b", ".hidden", "-f", "a*", "a/b")) {
            refused(shell, room.backup(shell, 16, "public.big").env("BACKUP_NAME", name), "BACKUP_NAME");
        }
        for (String tables : List.of("big", "public.", ".big", "a.b.c", "public.b\"ig", " ")) {
            refused(shell, room.backup(shell, 16, tables), "");
        }
        for (String days : List.of("0", "-1", "030", "1e3", "x", "999999")) {
            refused(shell, room.backup(shell, 16, "public.big").env("RETENTION_DAYS", days), "RETENTION_DAYS");
        }
    }

    private void refused(UnixShell shell, Program backup, String named) {
        Program.Result result = backup.run();
        room.assertNothingKept(result, 78, before);
        assertThat(result.text()).as(shell.name()).contains(named).doesNotContain("==>");
    }
}
