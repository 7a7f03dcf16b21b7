package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SchemaDump;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a partition has from its parent, declared at the partition too, in files of an old level and of today's. */
class PartitionDeclarationIT {
    private static final String SCRIPT =
            """
            CREATE TABLE kinds (id int PRIMARY KEY);
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TABLE events (
                id bigint NOT NULL, at date NOT NULL, kind int REFERENCES kinds, note text NOT NULL,
                PRIMARY KEY (id, at), UNIQUE (note, at)
            ) PARTITION BY RANGE (at);
            CREATE INDEX events_kind_idx ON events (kind);
            CREATE TRIGGER events_keep BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION keep();
            CREATE TABLE events_a PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            """;

    private static final List<Integer> LEVELS = List.of(2, Kinds.LEVEL);

    /** What a partition has because its parent has it. */
    private enum Part {
        PRIMARY_KEY(
                "primary_key: {name: %s, columns: [id, at]}",
                "events_pkey", "events_a_pkey", "ALTER TABLE events DROP CONSTRAINT events_pkey"),
        UNIQUE(
                "unique: {%s: [note, at]}",
                "events_note_at_key", "events_a_note_at_key", "ALTER TABLE events DROP CONSTRAINT events_note_at_key"),
        FOREIGN_KEY(
                "foreign_keys: {%s: {columns: [kind], table: kinds, references: [id]}}",
                "events_kind_fkey", "events_kind_fkey", "ALTER TABLE events DROP CONSTRAINT events_kind_fkey"),
        INDEX("indexes: {%s: [kind]}", "events_kind_idx", "events_a_kind_idx", "DROP INDEX events_kind_idx"),
        TRIGGER(
                "triggers: {%s: {timing: before, events: [insert], for_each: row, function: keep}}",
                "events_keep", "events_keep", "DROP TRIGGER events_keep ON events");

        private final String yaml;
        private final String atParent;
        private final String atPartition;
        private final String damage;

        Part(String yaml, String atParent, String atPartition, String damage) {
            this.yaml = yaml;
            this.atParent = atParent;
            this.atPartition = atPartition;
            this.damage = damage;
        }
    }

    private static final Map<Integer, Postgres.Database> DATABASES = new TreeMap<>();

    @BeforeAll
    static void create() {
        for (int major : Postgres.MAJORS) {
            Postgres.Database database = Postgres.version(major).createDatabase();
            DATABASES.put(major, database);
            database.execute(SCRIPT);
        }
    }

    /** Everything at the parent, and these parts at the partition, under their names there or another. */
    private static Schema declared(int level, Set<Part> parts, boolean ownName) {
        StringBuilder yaml = new StringBuilder(
                """
                covers: %d
                functions:
                  keep(): {returns: trigger, language: plpgsql, body: BEGIN RETURN NEW; END}
                tables:
                  kinds: {columns: {id: int}, primary_key: [id]}
                  events:
                    partition_by: RANGE (at)
                    columns: {id: bigint, at: date, kind: int, note: {type: text, nullable: false}}
                """
                        .formatted(level));
        for (Part part : Part.values()) {
            yaml.append("    ").append(part.yaml.formatted(part.atParent)).append('\n');
        }
        yaml.append(
                """
                  events_a:
                    partition_of: {table: events, bound: FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')}
                    columns:
                      id: {type: bigint, nullable: false}
                      at: {type: date, nullable: false}
                      kind: int
                      note: {type: text, nullable: false}
                """);
        for (Part part : parts) {
            String name = ownName ? part.atPartition : other(part);
            yaml.append("    ").append(part.yaml.formatted(name)).append('\n');
        }
        return SchemaYaml.read(new TextFile("schema.yaml", yaml.toString()));
    }

    private static String other(Part part) {
        return "other_" + part.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> verify(Connection connection, Schema declared) throws SQLException {
        VerificationRequest request =
                new VerificationRequest("public", null, declared, List.of(), new DiffOptions(true, null));
        return Verifier.verify(connection, request).differences().stream()
                .map(Difference::toString)
                .toList();
    }

    private static DdlPlan plan(Connection connection, Schema declared) throws SQLException {
        return ChangePlanner.plan(
                connection, new ChangePlanner.Request("public", null, declared, new DiffOptions(true, null), false));
    }

    private static List<String> statements(DdlPlan plan) {
        return plan.scripts().stream()
                .flatMap(List::stream)
                .map(Operation::up)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void eachPartMayBeDeclaredAtThePartition() throws SQLException {
        for (int major : Postgres.MAJORS) {
            try (Connection connection = DATABASES.get(major).planningOnce()) {
                for (int level : LEVELS) {
                    for (Part part : Part.values()) {
                        Schema declared = declared(level, Set.of(part), true);
                        assertThat(verify(connection, declared))
                                .as("%s, level %d, on %d", part, level, major)
                                .isEmpty();
                        assertThat(statements(plan(connection, declared))).isEmpty();
                    }
                }
            }
        }
    }

    /** A partition may have one more beside its part: `snapshot` writes both so, and the second must not be lost unseen. */
    @Test
    void anotherNameIsOneMore() throws SQLException {
        for (int major : Postgres.MAJORS) {
            try (Connection connection = DATABASES.get(major).planningOnce()) {
                for (int level : LEVELS) {
                    for (Part part : Part.values()) {
                        var differences = assertThat(verify(connection, declared(level, Set.of(part), false)))
                                .as("%s, level %d, on %d", part, level, major);
                        if (part == Part.PRIMARY_KEY) {
                            differences.isEmpty();
                        } else {
                            differences
                                    .singleElement()
                                    .asString()
                                    .contains(other(part) + " on events_a", "found missing");
                        }
                    }
                }
            }
        }
    }

    /** Each thing is told where it is made. */
    @Test
    void whatTheParentLostIsMissingThere() throws SQLException {
        for (int major : Postgres.MAJORS) {
            try (Connection connection = DATABASES.get(major).planningOnce();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (int level : LEVELS) {
                    for (Part part : Part.values()) {
                        statement.execute(part.damage);
                        assertThat(verify(connection, declared(level, Set.of(part), true)))
                                .as("%s, level %d, on %d", part, level, major)
                                .singleElement()
                                .asString()
                                .contains(" events,");
                        connection.rollback();
                    }
                }
            }
        }
    }

    /** PostgreSQL takes what a table has when it is attached for the part of its parent's, and keeps the name. */
    @Test
    void namesFromBeforeAPartitionWasAttachedMayBeDeclared() throws SQLException {
        for (int major : Postgres.MAJORS) {
            try (Connection connection = DATABASES.get(major).superuser();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(
                        """
                        DROP TABLE events_a;
                        CREATE TABLE events_a (
                            id bigint NOT NULL, at date NOT NULL, kind int CONSTRAINT other_foreign_key REFERENCES kinds,
                            note text NOT NULL, CONSTRAINT other_primary_key PRIMARY KEY (id, at), CONSTRAINT other_unique UNIQUE (note, at)
                        );
                        CREATE INDEX other_index ON events_a (kind);
                        ALTER TABLE events ATTACH PARTITION events_a FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
                        """);
                for (int level : LEVELS) {
                    for (Part part : EnumSet.complementOf(EnumSet.of(Part.TRIGGER))) {
                        assertThat(verify(connection, declared(level, Set.of(part), false)))
                                .as("%s, level %d, on %d", part, level, major)
                                .allMatch(difference -> difference.contains(": name, expected none, found other_"));
                    }
                }
                connection.rollback();
            }
        }
    }

    /** From an empty database, and after each damage, the scripts make each thing once. */
    @Test
    void scriptsMakeItOnce() throws SQLException {
        for (int major : List.of(Postgres.MAJORS.get(0), Postgres.NEWEST)) {
            String expected = SchemaDump.of(DATABASES.get(major));
            for (int level : LEVELS) {
                makes(major, declared(level, EnumSet.allOf(Part.class), true), expected, List.of(3, 1, 1));
                makes(major, declared(level, EnumSet.allOf(Part.class), false), null, List.of(5, 2, 2));
            }
        }
    }

    private static void makes(int major, Schema declared, String expected, List<Integer> counts) throws SQLException {
        Postgres.Database database = Postgres.version(major).createDatabase();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            run(statement, plan(connection, declared));
            assertThat(verify(connection, declared)).as("on %d", major).isEmpty();
            assertCounts(statement, counts);
            // Where one of the parent's is made again, PostgreSQL takes a further one of the partition for the part.
            for (Part part : expected == null ? List.<Part>of() : List.of(Part.values())) {
                statement.execute(part.damage);
                run(statement, plan(connection, declared));
                assertThat(verify(connection, declared))
                        .as("%s on %d", part, major)
                        .isEmpty();
                assertCounts(statement, counts);
            }
        }
        if (expected != null) {
            assertThat(SchemaDump.difference(expected, SchemaDump.of(database)))
                    .as("on %d", major)
                    .isEmpty();
        }
    }

    private static void run(Statement statement, DdlPlan plan) throws SQLException {
        for (String sql : statements(plan)) {
            statement.execute(sql);
        }
    }

    /** Indexes, foreign keys and triggers of the partition: none twice, those that came with the parent and the further ones. */
    private static void assertCounts(Statement statement, List<Integer> counts) throws SQLException {
        try (var rows = statement.executeQuery(
                """
                SELECT (SELECT count(*) FROM pg_index WHERE indrelid = 'events_a'::regclass),
                       (SELECT count(*) FROM pg_constraint WHERE conrelid = 'events_a'::regclass AND contype = 'f'),
                       (SELECT count(*) FROM pg_trigger WHERE tgrelid = 'events_a'::regclass AND tgfoid = 'keep'::regproc)
                """)) {
            rows.next();
            assertThat(List.of(rows.getInt(1), rows.getInt(2), rows.getInt(3))).isEqualTo(counts);
        }
    }
}
