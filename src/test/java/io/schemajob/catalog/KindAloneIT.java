package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotHeld;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.live.LiveCatalog;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        parts(schema).forEach((part, isThere) -> {
            if (isThere) {
                kinds.add(part);
            }
        });
        return kinds;
    }

    /** What the model has fields of its own for. */
    private static Map<String, Boolean> parts(Schema schema) {
        List<Table> tables = List.copyOf(schema.tables().values());
        List<IndexKey> keys = Stream.concat(
                        tables.stream().flatMap(table -> table.indexes().stream()),
                        schema.views().values().stream().flatMap(view -> view.indexes().stream()))
                .flatMap(index -> index.keys().stream())
                .toList();
        Map<String, Boolean> parts = new LinkedHashMap<>();
        parts.put("a table", !tables.isEmpty());
        parts.put("a column", tables.stream().anyMatch(table -> !table.columns().isEmpty()));
        parts.put(
                "a parent", tables.stream().anyMatch(table -> !table.inherits().isEmpty()));
        parts.put("a partition", tables.stream().anyMatch(table -> table.partition() != null));
        parts.put("a primary key", tables.stream().anyMatch(table -> table.primaryKey() != null));
        parts.put("a unique constraint", tables.stream().anyMatch(table -> !table.unique()
                .isEmpty()));
        parts.put("a foreign key", tables.stream().anyMatch(table -> !table.foreignKeys()
                .isEmpty()));
        parts.put("a check", tables.stream().anyMatch(table -> !table.checks().isEmpty()));
        parts.put("an exclusion constraint", tables.stream().anyMatch(table -> !table.exclusions()
                .isEmpty()));
        parts.put(
                "a trigger", tables.stream().anyMatch(table -> !table.triggers().isEmpty()));
        parts.put("a view", !schema.views().isEmpty());
        parts.put("a trigger of a view", schema.views().values().stream().anyMatch(view -> !view.triggers()
                .isEmpty()));
        parts.put("a routine", !schema.routines().isEmpty());
        parts.put("a sequence", !schema.sequences().isEmpty());
        parts.put("a type", !schema.types().isEmpty());
        parts.put("an extension", !schema.extensions().isEmpty());
        parts.put("a key", !keys.isEmpty());
        parts.put("a collation of a key", keys.stream().anyMatch(key -> key.collation() != null));
        parts.put("an operator class of a key", keys.stream().anyMatch(key -> key.opclass() != null));
        parts.put("a parameter of a key", keys.stream().anyMatch(key -> !key.parameters()
                .isEmpty()));
        return parts;
    }

    @Test
    void everyKindIsTried() {
        Set<String> tried = ALL.stream().map(Alone::kind).collect(Collectors.toSet());
        assertThat(parts(Schema.EMPTY).keySet()).isSubsetOf(tried);
        assertThat(Stream.concat(
                        Kinds.ALL.stream().filter(kind -> !kind.onDemand()).map(ObjectKind::noun),
                        NotHeld.ALL.stream().map(NotHeld::words)))
                .isSubsetOf(Stream.concat(tried.stream(), Stream.of("security labels"))
                        .collect(Collectors.toSet()));
    }
}
