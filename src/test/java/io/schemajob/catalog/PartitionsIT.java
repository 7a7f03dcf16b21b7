package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Partitions: what they have from their parent, whatever the version and wherever declared, and those that come and go. */
class PartitionsIT {
    private static final String SCRIPT =
            """
            CREATE TABLE kinds (id int PRIMARY KEY);
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TABLE events (
                id bigint GENERATED ALWAYS AS IDENTITY,
                at timestamptz NOT NULL,
                kind int CONSTRAINT events_kind_fkey REFERENCES kinds (id),
                note text NOT NULL CONSTRAINT note_there CHECK (note <> ''),
                CONSTRAINT events_pkey PRIMARY KEY (id, at)
            ) PARTITION BY RANGE (at);
            CREATE INDEX events_note ON events (note);
            CREATE TRIGGER events_keep BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION keep();
            CREATE TABLE events_rest PARTITION OF events DEFAULT;
            CREATE TABLE events_20250101 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2025-01-02');
            CREATE TABLE events_20250102 PARTITION OF events FOR VALUES FROM ('2025-01-02') TO ('2025-01-03')
                PARTITION BY HASH (id);
            CREATE TABLE events_20250102_a PARTITION OF events_20250102 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
            CREATE TABLE joined (
                id bigint NOT NULL, at timestamptz NOT NULL, kind int, note text NOT NULL,
                CONSTRAINT note_there CHECK (note <> ''), CONSTRAINT joined_pkey PRIMARY KEY (id, at),
                CONSTRAINT joined_kind FOREIGN KEY (kind) REFERENCES kinds (id)
            );
            CREATE INDEX joined_note ON joined (note);
            ALTER TABLE events ATTACH PARTITION joined FOR VALUES FROM ('2025-01-03') TO ('2025-01-04');
            CREATE TABLE parts (id int, state text) PARTITION BY LIST (state);
            CREATE TABLE parts_open PARTITION OF parts FOR VALUES IN ('open');
            """;

    private static final Map<Integer, Postgres.Database> DATABASES = new TreeMap<>();
    private static final Map<Integer, Schema> SNAPSHOTS = new TreeMap<>();

    @BeforeAll
    static void create() throws SQLException {
        for (int major : Postgres.MAJORS) {
            Postgres.Database database = Postgres.version(major).createDatabase();
            DATABASES.put(major, database);
            database.execute(SCRIPT);
            try (Connection connection = database.connect()) {
                SNAPSHOTS.put(major, again(Snapshot.take(connection, "public", null, List.of())));
            }
        }
    }

    /** As it is read from the file. */
    private static Schema again(Schema schema) {
        return SchemaYaml.read(new TextFile("schema.yaml", SchemaYaml.write(schema, List.of())));
    }

    private static List<String> verify(Connection connection, Schema declared) throws SQLException {
        VerificationRequest request =
                new VerificationRequest("public", null, declared, List.of(), new DiffOptions(true, null));
        return Verifier.verify(connection, request).differences().stream()
                .map(Difference::toString)
                .toList();
    }

    /** Before PostgreSQL 17 partitions lack their parent's identity. */
    @Test
    void aSnapshotOfOneVersionIsCleanOnAllOthers() throws SQLException {
        for (int from : Postgres.MAJORS) {
            for (int to : Postgres.MAJORS) {
                try (Connection connection = DATABASES.get(to).connect()) {
                    assertThat(verify(connection, SNAPSHOTS.get(from)))
                            .as("declared on %d, verified on %d", from, to)
                            .isEmpty();
                    assertThat(plan(connection, SNAPSHOTS.get(from)).isEmpty()).isTrue();
                }
            }
        }
    }

    /** What a partition has from its parent may be declared at the partition too, under its name there or another. */
    @Test
    void whatComesFromTheParentMayBeDeclaredAtThePartition() throws SQLException {
        String yaml =
                """
                covers: 2
                tables:
                  kinds: {columns: {id: int}, primary_key: [id]}
                  events:
                    partition_by: RANGE (at)
                    columns:
                      id: {type: bigint, identity: always}
                      at: {type: timestamptz, nullable: false}
                      kind: int
                      note: {type: text, nullable: false}
                    primary_key: [id, at]
                    foreign_keys: {events_kind_fkey: {columns: [kind], table: kinds, references: [id]}}
                    checks: {note_there: note <> ''}
                    indexes: {events_note: [note]}
                    triggers: {events_keep: {timing: before, events: [insert], for_each: row, function: keep}}
                  events_20250101:
                    partition_of: {table: events, bound: FOR VALUES FROM ('2025-01-01 00:00:00+00') TO ('2025-01-02 00:00:00+00')}
                    columns:
                      id: {type: bigint, identity: always}
                      at: {type: timestamptz, nullable: false}
                      kind: int
                      note: {type: text, nullable: false}
                    primary_key: {name: events_20250101_pkey, columns: [id, at]}
                    foreign_keys: {events_kind_fkey: {columns: [kind], table: kinds, references: [id]}}
                    checks: {note_there: note <> ''}
                    indexes: {events_20250101_note_idx: [note]}
                    triggers: {events_keep: {timing: before, events: [insert], for_each: row, function: keep}}
                  parts: {partition_by: LIST (state), columns: {id: int, state: text}}
                functions:
                  keep(): {returns: trigger, language: plpgsql, body: BEGIN RETURN NEW; END}
                """;
        Schema declared = SchemaYaml.read(new TextFile("schema.yaml", yaml));
        for (int major : Postgres.MAJORS) {
            try (Connection connection = DATABASES.get(major).connect();
                    Statement statement = connection.createStatement()) {
                assertThat(verify(connection, declared)).as("on %d", major).isEmpty();
                assertThat(plan(connection, declared).scripts()).isEmpty();
                connection.setAutoCommit(false);
                statement.execute("DROP INDEX events_note");
                assertThat(verify(connection, declared))
                        .singleElement()
                        .asString()
                        .startsWith("index events_note on events,");
                connection.rollback();
            }
        }
    }

    @Test
    void partitionsOfDaysAreLeftOutComeAndGoAndAreNeverDropped() throws SQLException {
        for (int major : Postgres.MAJORS) {
            TimePartitions kept = TimePartitions.of(SNAPSHOTS.get(major), Schema.EMPTY);
            assertThat(kept.left()).isEqualTo(Map.of("events", 4));
            Schema declared = again(kept.schema());
            assertThat(SchemaYaml.write(declared, List.of())).contains("partitions: ignore");
            assertThat(declared.tables()).containsOnlyKeys("kinds", "events", "events_rest", "parts", "parts_open");
            assertThat(TimePartitions.of(SNAPSHOTS.get(major), declared).schema())
                    .isEqualTo(declared);
            try (Connection connection = DATABASES.get(major).connect();
                    Statement statement = connection.createStatement()) {
                assertThat(verify(connection, declared)).isEmpty();
                connection.setAutoCommit(false);
                statement.execute(
                        """
                        DROP TABLE events_20250101;
                        CREATE TABLE events_20250105 PARTITION OF events FOR VALUES FROM ('2025-01-05') TO ('2025-01-06')
                        """);
                assertThat(verify(connection, declared)).isEmpty();
                assertThat(plan(connection, declared).isEmpty()).isTrue();
                // Listed one by one in a file that ignores them, they may be gone too.
                assertThat(verify(connection, listed(SNAPSHOTS.get(major), declared)))
                        .isEmpty();
                statement.execute("ALTER TABLE events_20250105 DISABLE TRIGGER events_keep");
                assertThat(verify(connection, declared))
                        .singleElement()
                        .asString()
                        .startsWith("triggers of events_keep on events_20250105");
                connection.rollback();
                statement.execute("ALTER TABLE events DETACH PARTITION events_rest");
                assertThat(verify(connection, declared))
                        .anyMatch(line -> line.startsWith("table events_rest: partition"));
                connection.rollback();
                statement.execute("CREATE INDEX more ON ONLY events (kind)");
                assertThat(verify(connection, declared)).anyMatch(line -> line.contains("more"));
                connection.rollback();
                statement.execute("DROP TABLE parts_open");
                assertThat(verify(connection, declared)).anyMatch(line -> line.startsWith("table parts_open"));
                connection.rollback();
            }
        }
    }

    private static Schema listed(Schema all, Schema marked) {
        Map<String, io.schemajob.catalog.model.Table> tables = new TreeMap<>(all.tables());
        tables.put("events", marked.tables().get("events"));
        return all.withTables(tables);
    }

    /** With {@code partitions: declared} further partitions are told, and not dropped. */
    @Test
    void declaredPartitionsAreAll() throws SQLException {
        String yaml = SchemaYaml.write(SNAPSHOTS.get(Postgres.NEWEST), List.of())
                .replace("    partition_by: RANGE (at)\n", "    partition_by: RANGE (at)\n    partitions: declared\n");
        Schema declared = SchemaYaml.read(new TextFile("schema.yaml", yaml));
        assertThat(TimePartitions.of(SNAPSHOTS.get(Postgres.NEWEST), declared).left())
                .isEmpty();
        try (Connection connection = DATABASES.get(Postgres.NEWEST).connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "CREATE TABLE events_20250105 PARTITION OF events FOR VALUES FROM ('2025-01-05') TO ('2025-01-06')");
            assertThat(verify(connection, declared))
                    .singleElement()
                    .asString()
                    .startsWith("table events_20250105, expected not declared");
            assertThat(statements(plan(connection, declared))).isEmpty();
            connection.rollback();
        }
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
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
