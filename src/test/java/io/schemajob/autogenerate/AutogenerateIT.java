package io.schemajob.autogenerate;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.autogenerate.Shop.Change;
import io.schemajob.catalog.ddl.Note;
import io.schemajob.job.AutogenerateJob;
import io.schemajob.report.SchemajobException;
import io.schemajob.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scripts that are written lead from any schema to any other, and back. What is declared comes from statements that
 * people wrote, so the generator is not held against itself.
 */
class AutogenerateIT {
    private static final int COMBINATIONS = 24;
    private static final Map<Integer, Postgres.Database> DATABASES = new HashMap<>();
    private static final AtomicInteger ROOMS = new AtomicInteger();

    @TempDir
    Path folder;

    static Stream<Change> changes() {
        return Shop.CHANGES.stream();
    }

    /** There from a schema with rows, which calls for the gentle way; then back by what is declared; and both undone. */
    @ParameterizedTest
    @MethodSource("changes")
    void makesASingleChangeAndTheOppositeOne(Change change) throws Exception {
        String declared = declared(16, List.of(change));
        Room room = room(16).migrated();
        build(room, List.of(), true);
        String before = room.catalog();
        String opposite = room.declared();

        String told = change.name() + ", there\n" + generate(room, declared);
        run(told, () -> room.migrate(true));
        String between = room.catalog();
        String newest = room.newest();

        String toldBack = change.name() + ", back\n" + generate(room, opposite);
        run(toldBack, () -> room.migrate(true));
        run(toldBack, () -> room.rollback(newest));
        assertThat(room.catalog()).as(toldBack).isEqualTo(between);
        run(told, () -> room.rollback("001"));
        assertThat(room.catalog()).as(told).isEqualTo(before);
        room.drop();
    }

    static Stream<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        IntStream.rangeClosed(1, COMBINATIONS).forEach(seed -> all.add(Arguments.of(16, seed)));
        IntStream.rangeClosed(101, 103).forEach(seed -> {
            all.add(Arguments.of(14, seed));
            all.add(Arguments.of(18, seed));
        });
        return all.stream();
    }

    /** From some changes to others; the seed is in the name of the test. */
    @ParameterizedTest(name = "PostgreSQL {0}, seed {1}")
    @MethodSource("combinations")
    void makesARandomCombination(int major, int seed) throws Exception {
        Random random = new Random(seed);
        leads(major, some(random), some(random), seed % 2 == 0);
    }

    private static List<Change> some(Random random) {
        return random.ints(2 + random.nextInt(9), 0, Shop.CHANGES.size())
                .distinct()
                .mapToObj(Shop.CHANGES::get)
                .toList();
    }

    private void leads(int major, List<Change> from, List<Change> to, boolean rows) throws Exception {
        String declared = declared(major, to);
        Room room = room(major).migrated();
        build(room, from, rows);
        String before = room.catalog();
        String told = "from %s to %s%n%s".formatted(from, to, generate(room, declared));
        run(told, () -> room.migrate(true));
        run(told, () -> room.rollback("001"));
        assertThat(room.catalog()).as(told).isEqualTo(before);
        room.drop();
    }

    private String declared(int major, List<Change> changes) throws Exception {
        Room goal = room(major);
        build(goal, changes, false);
        String declared = goal.declared();
        goal.drop();
        return declared;
    }

    /** Writes scripts with which lint is content and which leave nothing open; returns them for messages. */
    private static String generate(Room room, String declared) throws Exception {
        room.write("schema.yaml", declared);
        AutogenerateJob.Generated generated = room.autogenerate(false);
        String told = generated.notes() + "\n" + room.scripts();
        assertThat(generated.scripts()).as(told).isNotEmpty();
        assertThat(generated.notes().stream().filter(note -> note.open() && !mayBeRenamed(note)))
                .as(told)
                .isEmpty();
        assertThat(room.findings()).as(told).isEmpty();
        room.takeHyphensAway();
        return told;
    }

    private static void run(String told, Runnable job) {
        try {
            job.run();
        } catch (SchemajobException e) {
            throw new AssertionError(e.failure() + "\n" + told, e);
        }
    }

    private static boolean mayBeRenamed(Note note) {
        return note.reason().startsWith("It may have become ");
    }

    /** Changes that contradict each other are left out. */
    private static void build(Room room, List<Change> changes, boolean rows) throws Exception {
        room.run(Shop.BASE);
        if (rows) {
            room.run(Shop.ROWS);
        }
        for (Change change : changes) {
            if (!room.applies(change.sql()) && changes.size() == 1) {
                throw new AssertionError(change.name() + " does not work: " + change.sql());
            }
        }
    }

    private Room room(int major) throws Exception {
        Postgres.Database database =
                DATABASES.computeIfAbsent(major, m -> Postgres.version(m).createDatabase());
        int number = ROOMS.incrementAndGet();
        return new Room(database, "room" + number, Files.createDirectory(folder.resolve("b" + number)));
    }
}
