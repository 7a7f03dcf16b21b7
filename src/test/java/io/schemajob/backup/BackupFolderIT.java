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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to the other files of the volume: old dumps, dumps of others, rests of killed runs, a run beside this one. */
class BackupFolderIT {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Postgres.Database database;
    private BackupFixture room;

    @BeforeEach
    void enter() {
        database = Postgres.version(16).createDatabase();
        database.execute("CREATE TABLE kept AS SELECT 1 AS n");
        room = BackupFixture.of(folder, database);
    }

    @ParameterizedTest
    @EnumSource
    void removesItsOwnOldDumpsAndNothingElse(UnixShell shell) throws IOException {
        Duration month = Duration.ofDays(30);
        List<String> removed =
                List.of(dump("agent-executor", month.plusMinutes(5)), dump("agent-executor", Duration.ofDays(4000)));
        List<String> spared = List.of(
                dump("agent-executor", month.minusMinutes(5)),
                dump("agent-executor", Duration.ofDays(1)),
                dump("agent", Duration.ofDays(400)),
                dump("agent-executor-two", Duration.ofDays(400)),
                dump("minion", Duration.ofDays(400)),
                "agent-executor-notadate1Txxxxxx-abcdef.dump",
                "agent-executor-20200101T000000Z-abcdef.dump.gpg",
                "agent-executor.sql",
                "notes.txt");
        for (String name : removed) {
            // A copy of the volume has made all files look new; the name tells.
            Files.writeString(room.volume().resolve(name), "old");
        }
        for (String name : spared) {
            Files.writeString(room.volume().resolve(name), "spared");
            age(name, Duration.ofDays(400));
        }
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "behind a link");
        String link = dump("agent-executor", Duration.ofDays(90));
        Files.createSymbolicLink(room.volume().resolve(link), elsewhere);

        Path fresh = room.kept(room.backup(shell, 16, "public.kept"));

        assertThat(room.files()).doesNotContainAnyElementsOf(removed).containsAll(spared);
        assertThat(room.files()).contains(link, fresh.getFileName().toString()).hasSize(spared.size() + 2);
    }

    @Test
    void aFailedRunRemovesNoDumpHoweverOld() throws IOException {
        String ancient = dump("agent-executor", Duration.ofDays(4000));
        Files.writeString(room.volume().resolve(ancient), "the only one there is");
        Program.Result result =
                room.backup(UnixShell.DEBIAN, 16, "public.missing").run();
        room.assertNothingKept(result, 1, List.of(ancient));
    }

    @ParameterizedTest
    @EnumSource
    void removesTheRestsOfKilledRuns(UnixShell shell) throws IOException {
        for (String name :
                List.of(".agent-executor.partial.oldold", ".agent-executor.partial.newnew", ".minion.partial.oldold")) {
            Files.writeString(room.volume().resolve(name), "half a dump");
        }
        age(".agent-executor.partial.oldold", Duration.ofHours(7));
        age(".agent-executor.partial.newnew", Duration.ofHours(5));
        age(".minion.partial.oldold", Duration.ofHours(7));

        room.kept(room.backup(shell, 16, "public.kept"));

        assertThat(room.files())
                .contains(".agent-executor.partial.newnew", ".minion.partial.oldold")
                .doesNotContain(".agent-executor.partial.oldold")
                .hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void twoAtOnceMakeTwoWholeDumps(UnixShell shell) {
        try (OtherSession holder = OtherSession.of(database);
                OtherSession administrator = OtherSession.ofSuperuser(database)) {
            holder.execute("BEGIN", "LOCK TABLE kept IN ACCESS EXCLUSIVE MODE");
            Program.Running first = room.backup(shell, 16, "public.kept").start();
            Program.Running second = room.backup(shell, 16, "public.kept").start();
            administrator.await("SELECT count(*) = 2 FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name = 'schemajob-backup/agent-executor' AND wait_event_type = 'Lock'");
            assertThat(room.files()).hasSize(2).noneMatch(name -> name.endsWith(".dump"));
            holder.execute("COMMIT");
            assertThat(first.await().exitCode()).as(first.text()).isZero();
            assertThat(second.await().exitCode()).as(second.text()).isZero();
        }
        assertThat(room.files()).hasSize(2).allMatch(name -> name.matches(BackupFixture.DUMP));
        for (String name : room.files()) {
            Program.Result read = Program.of(
                            PostgresClient.bin(16).resolve("pg_restore").toString(),
                            "--file=-",
                            room.volume().resolve(name).toString())
                    .run();
            assertThat(read.exitCode()).isZero();
            assertThat(read.text()).contains("CREATE TABLE public.kept", "COPY public.kept");
        }
    }

    @Test
    void aTraceOfTheShellDoesNotShowThePassword() {
        Program traced = Program.of(
                        "/bin/sh", "-x", BackupFixture.SCRIPT.toAbsolutePath().toString())
                .env("PATH", PostgresClient.bin(16) + ":/usr/bin:/bin")
                .env(room.settings("public.kept"));
        room.kept(traced);
    }

    private static String dump(String bundle, Duration age) {
        return bundle + "-" + STAMP.format(Instant.now().minus(age)) + "-aB3dEf.dump";
    }

    private void age(String name, Duration age) throws IOException {
        Files.setLastModifiedTime(
                room.volume().resolve(name), FileTime.from(Instant.now().minus(age)));
    }
}
