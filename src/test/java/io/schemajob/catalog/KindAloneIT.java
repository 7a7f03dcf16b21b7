package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotHeld;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.live.LiveCatalog;
import io.schemajob.catalog.model.Schema;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** An object of a kind is found where there is nothing else: the sign of its kind is there for it alone. */
class KindAloneIT {
    /** A line of kinds-alone.txt. */
    private record Alone(int since, String kind, String sql) {
        private static final Pattern LINE = Pattern.compile("(?:(\\d+): )?(.*?) => (.*)");

        static Alone of(String line) {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            return new Alone(
                    matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)),
                    matcher.group(2),
                    matcher.group(3));
        }
    }

    private static final List<Alone> ALL = RichSchema.resource("/catalog/kinds-alone.txt")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Alone::of)
            .toList();

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void anObjectIsFoundAlone(int major) throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        try (Connection connection = Postgres.version(major).createDatabase().superuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(kinds(connection)).isEmpty();
            for (Alone alone : ALL) {
                if (alone.since() <= major) {
                    statement.execute(alone.sql());
                    softly.assertThat(kinds(connection)).as(alone.sql()).contains(alone.kind());
                    connection.rollback();
                }
            }
        }
        softly.assertAll();
    }

    private static Set<String> kinds(Connection connection) throws SQLException {
        Schema schema = LiveCatalog.read(connection, "public", null);
        Set<String> kinds = new TreeSet<>(schema.objects().notHeld().keySet());
        Kinds.ALL.stream()
                .map(ObjectKind::noun)
                .filter(noun -> !schema.objects().of(noun).isEmpty())
                .forEach(kinds::add);
        return kinds;
    }

    @Test
    void everyKindIsTried() {
        Set<String> tried = ALL.stream().map(Alone::kind).collect(Collectors.toSet());
        assertThat(Stream.concat(
                        Kinds.ALL.stream().filter(kind -> !kind.onDemand()).map(ObjectKind::noun),
                        NotHeld.ALL.stream().map(NotHeld::words)))
                .isSubsetOf(Stream.concat(tried.stream(), Stream.of("security labels"))
                        .collect(Collectors.toSet()));
    }
}
