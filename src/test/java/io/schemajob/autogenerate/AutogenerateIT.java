package io.schemajob.autogenerate;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.autogenerate.Shop.Change;
import io.schemajob.catalog.ddl.Note;
import io.schemajob.job.author.AutogenerateJob;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.Matrix;
import io.schemajob.testing.Postgres;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scripts that are written lead from any schema to any other, and back. What is declared comes from statements that
 * people wrote, so the generator is not held against itself.
 */
class AutogenerateIT {
    private static final int COMBINATIONS = 12;
    private static final Map<Integer, Postgres.Database> DATABASES = new HashMap<>();
    private static final AtomicInteger ROOMS = new AtomicInteger();

    private static Room shared;
    private static Room goal;
    private static String declaredAtFirst;
    private static String catalogAtFirst;

    /** What takes rows along comes last. */
    static Stream<Change> changes() {
        return Shop.CHANGES.stream()
                .sorted(Comparator.comparing(change -> change.sql().startsWith("DROP TABLE")));
    }

    /**
     * There from a schema with rows, which calls for the gentle way; then back by what is declared; then both undone. All
     * changes use one schema, which has to be as it was after each of them.
     */
    @ParameterizedTest
    @MethodSource("changes")
    void makesASingleChangeAndTheOppositeOne(Change change) throws Exception {
        Room room = shared == null ? start() : shared;
        shared = null;
        String there = generate(room, declared(change), false);
        run(there, () -> room.migrate(true));
        String back = generate(room, declaredAtFirst, false);
        run(back, () -> room.migrate(true));
        run(back, room::rollback);
        assertThat(room.catalog()).as(back).isEqualTo(catalogAtFirst);
        room.forget();
        shared = room;
    }

    /** Not after a failure: then it is not known what there is. */
    private static Room start() throws Exception {
        Room room = room(16).migrated();
        build(room, List.of(), true);
        declaredAtFirst = room.declared();
        catalogAtFirst = room.catalog();
        return room;
    }

    private static String declared(Change change) throws Exception {
        if (change.needsCommit()) {
            return declared(16, List.of(change));
        }
        if (goal == null) {
            goal = room(16);
            build(goal, List.of(), false);
        }
        return goal.declaredAfter(change.sql());
    }

    static Stream<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        IntStream.rangeClosed(1, Matrix.tries(COMBINATIONS, 4 * COMBINATIONS))
                .forEach(seed -> all.add(Arguments.of(16, seed)));
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
        leads(major, some(random), some(random), seed % 2 == 0, seed % 3 == 0);
    }

    private static List<Change> some(Random random) {
        return random.ints(2 + random.nextInt(9), 0, Shop.CHANGES.size())
                .distinct()
                .mapToObj(Shop.CHANGES::get)
                .toList();
    }

    private static void leads(int major, List<Change> from, List<Change> to, boolean rows, boolean assumeRows)
            throws Exception {
        String declared = declared(major, to);
        Room room = room(major).migrated();
        build(room, from, rows);
        String before = room.catalog();
        String told = "from %s to %s%n%s".formatted(from, to, generate(room, declared, assumeRows));
        run(told, () -> room.migrate(true));
        run(told, room::rollback);
        assertThat(room.catalog()).as(told).isEqualTo(before);
        room.drop();
    }

    private static String declared(int major, List<Change> changes) throws Exception {
        Room goal = room(major);
        build(goal, changes, false);
        String declared = goal.declared();
        goal.drop();
        return declared;
    }

    /** Writes scripts with which lint is content and which leave nothing open; returns them for messages. */
    private static String generate(Room room, String declared, boolean assumeRows) throws Exception {
        room.write("schema.yaml", declared);
        AutogenerateJob.Generated generated = room.autogenerate(assumeRows);
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
            if (!room.applies(change) && changes.size() == 1) {
                throw new AssertionError(change.name() + " does not work: " + change.sql());
            }
        }
    }

    private static Room room(int major) {
        Postgres.Database database =
                DATABASES.computeIfAbsent(major, m -> Postgres.version(m).createDatabase());
        return new Room(database, "room" + ROOMS.incrementAndGet());
    }
}
