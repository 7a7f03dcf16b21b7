package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.Matrix;
import io.schemajob.testing.Postgres;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A line of kind-damages.txt, aspect-damages.txt or model-damages.txt: what is done to the schema of kinds.sql, and what a
 * verification has to say.
 *
 * @param since the oldest version that it can be done on, or 0
 * @param own whether it is told by a snapshot of the damaged server's version only; otherwise that of the oldest one tells it
 * @param sql the statements
 * @param named {@code object: aspect} of each difference
 */
record Damage(int since, boolean own, String sql, Set<String> named) {
    private static final Pattern LINE = Pattern.compile("(?:(\\d+)( own)?: )?(.*) => (.*)");
    /** What no statement changes in place, or what others hold on to, a plan leaves to a person. */
    private static final Pattern LEFT = Pattern.compile("(collation|operator|range type|inheritance|extension) .*"
            + "|domain .*: (type|collation)|server .*: (wrapper|type)|foreign table .*: server|publication .*: all tables"
            + "|table .*: (access method|partitioning|partition|parents)|index .*: state"
            + "|not null constraint of .*: not null local");

    static final List<Damage> ALL = Stream.of("kind-damages", "aspect-damages", "model-damages")
            .flatMap(file -> RichSchema.resource("/catalog/" + file + ".txt").lines())
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Damage::of)
            .toList();

    private static Damage of(String line) {
        Matcher matcher = LINE.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return new Damage(
                matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)),
                matcher.group(2) != null,
                matcher.group(3),
                Set.of(matcher.group(4).split("; ")));
    }

    /**
     * All on the newest version and each on one older one; with {@code -Pfull} all on every version. A run can ask for
     * some of them: {@code -Dschemajob.damage="FOREIGN TABLE"}.
     */
    static List<Damage> on(int major) {
        String some = System.getProperty("schemajob.damage", "");
        boolean all = Matrix.FULL || major == Postgres.NEWEST || !some.isEmpty();
        return IntStream.range(0, ALL.size())
                .filter(i -> all || i % 2 == Matrix.MAJORS.indexOf(major) % 2)
                .mapToObj(ALL::get)
                .filter(damage -> damage.since() <= major && damage.sql().contains(some))
                .toList();
    }

    boolean leftToPerson() {
        return named.stream().anyMatch(name -> LEFT.matcher(name).matches());
    }
}
