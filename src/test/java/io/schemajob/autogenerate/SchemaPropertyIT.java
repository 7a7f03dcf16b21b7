package io.schemajob.autogenerate;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.autogenerate.made.Choices;
import io.schemajob.autogenerate.made.SchemaMaker;
import io.schemajob.testing.Matrix;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Generated schemas over all kinds of objects, and for each one that differs in little from it: a snapshot of either is
 * clean, on other versions too; what differs is found and named; scripts lead from one to the other, back, and from
 * nothing to the same catalog and the same {@code pg_dump}, or say what they leave to a person.
 *
 * <p>The seed is always the same unless {@code -Dschemajob.seed=…} says another; {@code -Dschemajob.tries=10000} for more or
 * {@code -Dschemajob.seeds=6041,6085} for some, all ways of each, {@code -Dschemajob.failures=20} to
 * go on after the first failure. A failing schema is made as small as it can be before it is printed,
 * unless {@code -Dschemajob.whole=true}.
 */
class SchemaPropertyIT {
    private static final long SEED = 6000;

    /** How many schemas a run has unless it is told otherwise; with {@code -Pfull} each of them takes all ways. */
    private static final int USUAL_TRIES = 144;

    private static final int WHOLE_TRIES = 2_000;

    private static final int EVERY_WHOLE = 18;
    private static final int EVERY_PRIVILEGES = 5;
    private static final int EVERY_OTHER_VERSION = 3;
    private static final int MOST_CHANGES = 4;
    private static final Duration LONGEST_SHRINK = Duration.ofSeconds(40);

    private static final Map<Integer, Postgres.Database> DATABASES = new TreeMap<>();
    private static final Map<Integer, Connection> CONNECTIONS = new TreeMap<>();

    private int statements;
    private int refused;

    @BeforeAll
    static void create() throws SQLException {
        for (int major : Postgres.MAJORS) {
            Postgres.Database database = Postgres.version(major).createDatabase();
            DATABASES.put(major, database);
            Connection connection = database.planningOnce();
            CONNECTIONS.put(major, connection);
            for (String role : List.of("pair_reader", "pair_writer")) {
                Postgres.version(major).role(role);
            }
        }
    }

    @AfterAll
    static void close() throws SQLException {
        for (Connection connection : CONNECTIONS.values()) {
            connection.close();
        }
    }

    @Test
    void whatIsMadeIsDeclaredFoundAndMadeAgain() {
        int most = Integer.getInteger("schemajob.failures", 1);
        boolean usual = !Matrix.FULL
                && System.getProperty("schemajob.tries") == null
                && System.getProperty("schemajob.seeds") == null;
        List<String> failures = new ArrayList<>();
        for (long seed : seeds()) {
            if (failures.size() >= most) {
                break;
            }
            Try one = Try.of(seed);
            List<String> found = run(one, usual ? ways(seed) : NeighbourRun.Ways.ALL);
            if (!found.isEmpty()) {
                String failure = "-Dschemajob.seeds=%d%n%s"
                        .formatted(seed, told(Boolean.getBoolean("schemajob.whole") ? one : smaller(one, kind(found))));
                failures.add(failure);
                System.err.println(failure + "\n==========");
            }
        }
        assertThat(failures).isEmpty();
        assertThat(refused)
                .as("statements that PostgreSQL refused, of " + statements)
                .isLessThan(statements / 10);
    }

    private static List<Long> seeds() {
        String some = System.getProperty("schemajob.seeds");
        if (some != null) {
            return Stream.of(some.split(",")).map(Long::valueOf).toList();
        }
        long first = Long.getLong("schemajob.seed", SEED);
        return LongStream.range(
                        first, first + Integer.getInteger("schemajob.tries", Matrix.tries(USUAL_TRIES, WHOLE_TRIES)))
                .boxed()
                .toList();
    }

    /** Each is declared and found; what takes longer, most of all the ways that scripts lead, is shared out. */
    private static NeighbourRun.Ways ways(long seed) {
        int place = (int) Math.floorMod(seed, EVERY_WHOLE);
        if (place == 0) {
            return NeighbourRun.Ways.ALL;
        } else if (place % 3 != 0) {
            return NeighbourRun.Ways.FROM_NOTHING;
        }
        return place % 2 == 0 ? NeighbourRun.Ways.THERE : NeighbourRun.Ways.FOUND;
    }

    /**
     * A try.
     *
     * @param major version of the server
     * @param other a further one on which a snapshot has to be clean, or 0
     * @param level the oldest version whose SQL is used
     */
    private record Try(long seed, int major, int other, int level, boolean privileges, Choices from, Choices to) {
        static Try of(long seed) {
            Random random = new Random(seed);
            int major = Postgres.MAJORS.get(random.nextInt(Postgres.MAJORS.size()));
            int second = Postgres.MAJORS.get(random.nextInt(Postgres.MAJORS.size()));
            int other = random.nextInt(EVERY_OTHER_VERSION) == 0 && second != major ? second : 0;
            int level = other == 0 ? major : Math.min(major, other);
            boolean privileges = random.nextInt(EVERY_PRIVILEGES) == 0;
            Choices to = new Choices(seed);
            SchemaMaker.statements(to, level, privileges);
            return new Try(
                    seed, major, other, level, privileges, to.neighbour(random, 1 + random.nextInt(MOST_CHANGES)), to);
        }

        List<String> sql(Choices side) {
            return SchemaMaker.statements(side, level, privileges);
        }

        Try plainer(List<String> names) {
            return new Try(seed, major, other, level, privileges, from.plainer(names), to.plainer(names));
        }

        Try with(Choices otherFrom) {
            return new Try(seed, major, other, level, privileges, otherFrom, to);
        }
    }

    private List<String> run(Try one) {
        return run(one, NeighbourRun.Ways.ALL);
    }

    private List<String> run(Try one, NeighbourRun.Ways ways) {
        Postgres.Database database = DATABASES.get(one.major());
        List<String> sql = one.sql(one.to());
        NeighbourRun.Outcome outcome = NeighbourRun.of(
                database, CONNECTIONS.get(one.major()), sql, one.sql(one.from()), one.privileges(), ways);
        statements += sql.size();
        refused += outcome.refused().size();
        if (Boolean.getBoolean("schemajob.refused")) {
            outcome.refused().forEach(System.err::println);
        }
        List<String> failures = new ArrayList<>(outcome.failures());
        if (failures.isEmpty() && one.other() != 0) {
            failures.addAll(NeighbourRun.across(database, DATABASES.get(one.other()), sql, one.privileges()));
        }
        return failures;
    }

    /** The first words of what went wrong. */
    private static String kind(List<String> failures) {
        String failure = failures.get(0);
        String what = failure.substring(failure.indexOf(">>> ") + 4);
        return what.substring(0, Math.min(14, what.length()));
    }

    /** Takes decisions back, many at a time and then one by one, as long as the failure is of the same kind. */
    private Try smaller(Try failing, String kind) {
        Try best = failing;
        int size = Math.max(1, best.to().elaborate().size() / 2);
        long end = System.nanoTime() + LONGEST_SHRINK.toNanos();
        while (size >= 1 && System.nanoTime() < end) {
            boolean less = false;
            List<String> names = new ArrayList<>(best.to().elaborate());
            best.from().elaborate().stream()
                    .filter(name -> !names.contains(name))
                    .forEach(names::add);
            for (int i = 0; i < names.size(); i += size) {
                List<String> some = names.subList(i, Math.min(i + size, names.size()));
                for (Try candidate :
                        List.of(best.plainer(some), best.with(best.from().plainer(some)))) {
                    if (!same(candidate, best) && fails(candidate, kind)) {
                        best = candidate;
                        less = true;
                        break;
                    }
                }
            }
            if (size == 1 && !less) {
                break;
            }
            size = size == 1 ? 1 : size / 2;
        }
        return best;
    }

    private boolean fails(Try candidate, String kind) {
        List<String> found = run(candidate);
        return !found.isEmpty() && kind(found).equals(kind);
    }

    private static boolean same(Try one, Try other) {
        return one.sql(one.to()).equals(other.sql(other.to()))
                && one.sql(one.from()).equals(other.sql(other.from()));
    }

    private String told(Try one) {
        return "PostgreSQL %d%s%s%n-- OLD%n%s%n-- NEW%n%s%n%s"
                .formatted(
                        one.major(),
                        one.other() == 0 ? "" : " and " + one.other(),
                        one.privileges() ? ", privileges" : "",
                        text(one.sql(one.from())),
                        text(one.sql(one.to())),
                        String.join("\n", run(one)));
    }

    private static String text(List<String> sql) {
        return String.join(";\n", sql) + ";";
    }
}
