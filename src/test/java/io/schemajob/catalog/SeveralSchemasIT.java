package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Note;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.ddl.ScriptText;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import io.schemajob.testing.SchemaDump;
import io.schemajob.testing.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Two schemas of one bundle that lean on each other, with references into a third one that nobody here owns. */
class SeveralSchemasIT {
    static final List<Integer> MAJORS = Postgres.MAJORS;
    private static final String MAIN = "app";
    private static final List<String> FURTHER = List.of("audit");

    private static final List<String> LEFT_TO_A_PERSON = List.of(
            "ALTER TABLE app.users ALTER COLUMN felt DROP DEFAULT",
            "ALTER TYPE audit.mood ADD VALUE",
            "ALTER TABLE app.events DETACH PARTITION",
            "ALTER TABLE audit.derived NO INHERIT",
            "ALTER TABLE app.derived NO INHERIT");

    private static final Map<Integer, Postgres.Database> DATABASES = new TreeMap<>();
    private static final Map<Integer, String> SNAPSHOTS = new TreeMap<>();

    @BeforeAll
    static void create() throws SQLException {
        for (int major : MAJORS) {
            Postgres.Database database = Postgres.version(major).createDatabase();
            DATABASES.put(major, database);
            try (Connection connection = database.planningOnce();
                    Statement statement = connection.createStatement()) {
                statement.execute(RichSchema.resource("/catalog/several-schemas.sql"));
                SNAPSHOTS.put(major, snapshot(connection));
            }
        }
    }

    private static String snapshot(Connection connection) throws SQLException {
        return snapshot(connection, List.of("audit.levels"));
    }

    private static String snapshot(Connection connection, List<String> rows) throws SQLException {
        Snapshot.Request request = new Snapshot.Request(MAIN, FURTHER, null, rows, List.of(), true);
        return SchemaYaml.write(Snapshot.take(connection, request), List.of());
    }

    private static Schema read(String text) {
        return SchemaYaml.read(new TextFile("schema.yaml", text));
    }

    private static VerificationReport verify(Connection connection, Schema declared, boolean strict)
            throws SQLException {
        return Verifier.verify(
                connection,
                new VerificationRequest(
                        MAIN, FURTHER, null, declared, List.of(), new DiffOptions(strict, null), List.of()));
    }

    @ParameterizedTest
    @FieldSource("MAJORS")
    void aSnapshotOfOneVersionIsCleanOnAllOthers(int major) throws SQLException {
        Schema declared = read(SNAPSHOTS.get(major));
        assertThat(SchemaYaml.write(declared, List.of())).isEqualTo(SNAPSHOTS.get(major));
        for (int other : MAJORS) {
            try (Connection connection = DATABASES.get(other).planningOnce()) {
                VerificationReport report = verify(connection, declared, true);
                assertThat(report.differences())
                        .as("declared on %d, verified on %d", major, other)
                        .isEmpty();
                assertThat(report.verified().byClass())
                        .containsEntry("table", 5)
                        .containsEntry("cast", 1);
                assertThat(report.verified().further().get("audit").byClass())
                        .containsEntry("table", 6)
                        .containsEntry("row", 2)
                        .doesNotContainKey("cast");
                assertThat(report.verified().total()).containsEntry("table", 11);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Matrix#MAJORS")
    void eachDamageIsNamedWithItsSchema(int major) throws SQLException {
        Schema declared = read(SNAPSHOTS.get(MAJORS.get(0)));
        SoftAssertions softly = new SoftAssertions();
        try (Connection connection = DATABASES.get(major).planningOnce()) {
            connection.setAutoCommit(false);
            Together.each(damages(), softly, (damages, found) -> {
                Set<String> named = namedAfter(connection, declared, damages);
                found.assertThat(named)
                        .as(damages.toString())
                        .isEqualTo(damages.stream()
                                .flatMap(damage -> damage.named().stream())
                                .collect(Collectors.toSet()));
            });
        }
        softly.assertAll();
    }

    /** A line of several-damages.txt: what is done, and what a verification has to say. */
    private record SchemaDamage(String sql, Set<String> named) {}

    private static List<SchemaDamage> damages() {
        return RichSchema.resource("/catalog/several-damages.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" => "))
                .map(parts -> new SchemaDamage(parts[0], Set.of(parts[1].split("; "))))
                .toList();
    }

    private static Set<String> namedAfter(Connection connection, Schema declared, List<SchemaDamage> damages)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (SchemaDamage damage : damages) {
                statement.execute(damage.sql());
            }
            return verify(connection, declared, false).differences().stream()
                    .map(difference -> difference.object() + ": " + difference.aspect()
                            + (difference.isDrift() ? "" : " (warning)"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } finally {
            connection.rollback();
        }
    }

    /** What no file can hold is named with its schema; what the whole database has is told once. */
    @Test
    void whatCannotBeHeldIsNamed() throws SQLException {
        try (Connection connection = DATABASES.get(Postgres.NEWEST).planningOnce();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TYPE audit.shell; CREATE TYPE app.shell_too;"
                    + " ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");
            assertThat(verify(connection, read(SNAPSHOTS.get(Postgres.NEWEST)), false)
                            .verified()
                            .left())
                    .containsExactly(
                            "shell types (shell_too)",
                            "default privileges of the whole database (postgres)",
                            "shell types (shell) in schema audit");
            connection.rollback();
        }
    }

    /** Partitions that come and go are ignored where they are: partition managers often give them a schema of their own. */
    /** What belongs to no schema is said at the top; files of older versions have its comment in each section too. */
    @Test
    void aCommentOnWhatBelongsToNoSchemaIsWrittenOnce() throws SQLException {
        try (Connection connection = DATABASES.get(Postgres.NEWEST).planningOnce();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER far FOREIGN DATA WRAPPER nothing;"
                    + " COMMENT ON SERVER far IS 'near'");
            String text = snapshot(connection);
            assertThat(text).containsOnlyOnce("server far: near");
            assertThat(verify(connection, read(text), true).differences()).isEmpty();
            String twice = text.replace("covers: 5", "covers: 4")
                    .replace("\n    comments:\n", "\n    comments:\n      server far: near\n");
            assertThat(twice.split("server far: near", -1)).hasSize(3);
            assertThat(twice).contains("\n      schema: who did what\n");
            twice = twice.replace("\n      schema: who did what\n", "\n      schema audit: who did what\n");
            assertThat(verify(connection, read(twice), true).differences()).isEmpty();
            statement.execute("COMMENT ON SERVER far IS 'far'");
            assertThat(verify(connection, read(text), true).differences())
                    .extracting(Difference::subject)
                    .containsExactly("comment on server far: text");
            connection.rollback();
        }
    }

    @Test
    void partitionsInAnotherSchemaComeAndGo() throws SQLException {
        Postgres.Database database = Postgres.version(Postgres.NEWEST).createDatabase();
        try (Connection connection = database.planningOnce();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE SCHEMA app; CREATE SCHEMA audit;"
                            + "CREATE TABLE app.log (at timestamptz NOT NULL, text text) PARTITION BY RANGE (at);"
                            + "CREATE INDEX log_at ON app.log (at);"
                            + "CREATE TABLE audit.log_2026_01 PARTITION OF app.log FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');"
                            + "CREATE TABLE audit.log_2026_02 PARTITION OF app.log FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')");
            Schema taken =
                    Snapshot.take(connection, new Snapshot.Request(MAIN, FURTHER, null, List.of(), List.of(), false));
            TimePartitions kept = TimePartitions.of(taken, Schema.EMPTY, MAIN);
            assertThat(kept.left()).containsExactly(Map.entry("log", 2));
            assertThat(kept.schema().further().get("audit").tables()).isEmpty();
            Schema declared = read(SchemaYaml.write(kept.schema(), List.of()));
            assertThat(verify(connection, declared, true).differences()).isEmpty();
            statement.execute("DROP TABLE audit.log_2026_01; CREATE TABLE audit.log_2026_03 PARTITION OF app.log"
                    + " FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')");
            assertThat(verify(connection, declared, true).differences()).isEmpty();
            statement.execute("CREATE TABLE audit.stranger (id int)");
            assertThat(verify(connection, declared, true).drift())
                    .extracting(difference -> difference.object().toString())
                    .containsExactly("table stranger in schema audit");
        }
    }

    /** The scripts from nothing give what the file was written from; pg_dump says so. */
    @ParameterizedTest
    @FieldSource("MAJORS")
    void scriptsFromNothingGiveTheSameDump(int major) throws Exception {
        Postgres.Database database = Postgres.version(major).createDatabase();
        try (Connection connection = database.planningOnce();
                Statement statement = connection.createStatement()) {
            statement.execute(RichSchema.resource("/catalog/several-schemas.sql")
                    .lines()
                    .filter(line -> line.contains("other") && line.startsWith("CREATE") || line.endsWith("SCHEMA app;"))
                    .collect(Collectors.joining("\n")));
            Schema declared = read(SNAPSHOTS.get(major));
            connection.setAutoCommit(false);
            assertThat(lead(connection, declared, false)).isEmpty();
            connection.commit();
        }
        assertThat(SchemaDump.difference(SchemaDump.of(DATABASES.get(major)), SchemaDump.of(database)))
                .isEmpty();
    }

    /** From each damage back to what is declared, and there again: the scripts run, lead there, and can be undone. */
    @Test
    void scriptsLeadFromEachDamageBackAndThere() throws Exception {
        Postgres.Database database = DATABASES.get(16);
        Schema declared = read(SNAPSHOTS.get(16));
        SoftAssertions softly = new SoftAssertions();
        Map<Boolean, List<String>> damages = damages().stream()
                .map(SchemaDamage::sql)
                .filter(sql -> !sql.contains(" SCHEMA audit ") && !sql.endsWith(" SCHEMA audit"))
                .collect(Collectors.partitioningBy(
                        sql -> LEFT_TO_A_PERSON.stream().anyMatch(sql::startsWith)));
        try (Connection connection = database.planningOnce()) {
            connection.setAutoCommit(false);
            for (String damage : damages.get(true)) {
                softly.assertThat(leftAfter(connection, declared, List.of(damage), softly))
                        .as(damage)
                        .isNotEmpty();
            }
            Together.each(damages.get(false), softly, (some, found) -> found.assertThat(
                            leftAfter(connection, declared, some, found))
                    .as(some.toString())
                    .isEmpty());
        }
        softly.assertAll();
    }

    /** What the way from these damages to what is declared leaves to a person; if that is nothing, they are done by scripts too. */
    private static List<String> leftAfter(
            Connection connection, Schema declared, List<String> damages, SoftAssertions softly) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String damage : damages) {
                statement.execute(damage);
            }
            Schema damaged = read(snapshot(connection));
            List<String> left = lead(connection, declared, false);
            if (left.isEmpty()) {
                softly.assertThat(lead(connection, damaged, false))
                        .as("there: " + damages)
                        .isEmpty();
            }
            return left;
        } finally {
            connection.rollback();
        }
    }

    /** What changes in one schema takes away and makes again what stands on it in the other. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            CREATE TABLE audit.t (id int, n int); CREATE VIEW app.v AS SELECT id, n FROM audit.t;       | ALTER TABLE audit.t ALTER n TYPE bigint |
            CREATE TABLE audit.t (id int, n int); CREATE VIEW app.t AS SELECT id, n FROM audit.t;       | ALTER TABLE audit.t DROP n, ADD m text  | column t.n in schema audit
            CREATE TABLE audit.t (id int PRIMARY KEY, k int); CREATE TABLE app.u (t int REFERENCES audit.t); | ALTER TABLE audit.t ADD UNIQUE (k)  |
            CREATE TYPE audit.e AS ENUM ('a', 'b'); CREATE TABLE app.t (e audit.e);                     | DROP TABLE app.t; DROP TYPE audit.e; CREATE TYPE audit.e AS ENUM ('b'); CREATE TABLE app.t (e audit.e) | enum e in schema audit: values
            CREATE TABLE app.moved (id int, text text);                                                | ALTER TABLE app.moved SET SCHEMA audit  | table moved
            CREATE TABLE app.moved (id int, text text);                                                | ALTER TABLE app.moved SET SCHEMA audit; CREATE VIEW app.moved AS SELECT id, text FROM audit.moved | table moved, view moved
            CREATE FUNCTION audit.f(v text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT v $$; CREATE TABLE app.t (id int, v text CHECK (audit.f(v) <> '')); | ALTER TABLE app.t DROP CONSTRAINT t_v_check; DROP FUNCTION audit.f |
            CREATE TABLE app.p (id int, k int) PARTITION BY LIST (k); CREATE TABLE audit.p1 PARTITION OF app.p FOR VALUES IN (1); | ALTER TABLE app.p ADD COLUMN more int; CREATE TABLE audit.p2 PARTITION OF app.p FOR VALUES IN (2); CREATE INDEX p_k ON app.p (k) |
            CREATE TABLE app.p (id int, k int, PRIMARY KEY (id, k)) PARTITION BY LIST (k); CREATE TABLE audit.f (id int, k int, FOREIGN KEY (id, k) REFERENCES app.p); | CREATE TABLE app.p1 PARTITION OF app.p FOR VALUES IN (1) PARTITION BY LIST (id); CREATE TABLE audit.p11 PARTITION OF app.p1 FOR VALUES IN (1) |
            """)
    void whatStandsOnAChangeInAnotherSchema(String from, String change, String left) throws SQLException {
        Postgres.Database database = Postgres.version(16).createDatabase();
        try (Connection connection = database.planningOnce();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE SCHEMA app; CREATE SCHEMA audit");
            statement.execute(from);
            Savepoint before = connection.setSavepoint();
            if (change.contains("DROP n, ADD")) {
                statement.execute("DROP VIEW app.t");
            } else if (change.contains("TYPE bigint")) {
                statement.execute("DROP VIEW app.v");
            }
            statement.execute(change);
            if (change.contains("TYPE bigint")) {
                statement.execute("CREATE VIEW app.v AS SELECT id, n FROM audit.t");
            }
            Schema goal = read(snapshot(connection, List.of()));
            connection.rollback(before);
            List<String> found = lead(connection, goal, false).stream()
                    .filter(line -> line.startsWith("note "))
                    .toList();
            assertThat(found)
                    .isEqualTo(
                            left == null
                                    ? List.of()
                                    : Stream.of(left.split(", "))
                                            .map("note "::concat)
                                            .toList());
        }
    }

    /** Runs up, down and up; what differs then, or is left to a person. */
    /** Whoever made the schema, a superuser too, and whether it is there yet. */
    @Test
    void aSchemaGetsItsDeclaredOwner() throws SQLException {
        Postgres.Database database = Postgres.version(16).createDatabase();
        try (Connection connection = database.planningOnce();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE SCHEMA app");
            Savepoint before = connection.setSavepoint();
            statement.execute("CREATE SCHEMA audit AUTHORIZATION pg_monitor");
            Schema goal = read(snapshot(connection, List.of()));
            connection.rollback(before);
            assertThat(lead(connection, goal, false)).isEmpty();
            statement.execute("ALTER SCHEMA audit OWNER TO CURRENT_USER");
            assertThat(verify(connection, goal, true).drift())
                    .extracting(difference -> difference.object() + ": " + difference.aspect())
                    .containsExactly("schema in schema audit: owner");
            assertThat(lead(connection, goal, false)).isEmpty();
        }
    }

    /** The constraint takes its index with it, and the name alone would then mean that of the other schema. */
    @Test
    void theWayBackOfAKeyTakesNoIndexOfAnotherSchema() throws SQLException {
        Postgres.Database database = Postgres.version(16).createDatabase();
        try (Connection connection = database.planningOnce();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA app; CREATE SCHEMA audit; CREATE TABLE app.t (id int PRIMARY KEY)");
            Schema goal = read(snapshot(connection, List.of()));
            statement.execute("ALTER TABLE app.t DROP CONSTRAINT t_pkey; CREATE TABLE public.u (id int);"
                    + " CREATE UNIQUE INDEX t_pkey ON public.u (id)");
            assertThat(lead(connection, goal, true)).isEmpty();
            assertThat(Rows.of(connection, "SELECT to_regclass('public.t_pkey') IS NOT NULL"))
                    .isEqualTo(List.of(List.of("t")));
        }
    }

    /** The index is made after the key of the other schema, which it takes, and takes it along. */
    @Test
    void keysOfPartitionsInAnotherSchemaAreParts() throws SQLException {
        String tables =
                """
                DROP SCHEMA IF EXISTS app, audit CASCADE; CREATE SCHEMA app; CREATE SCHEMA audit;
                CREATE TABLE app.p (k int NOT NULL, a int) PARTITION BY LIST (k);
                CREATE TABLE audit.p1 PARTITION OF app.p FOR VALUES IN (1);
                CREATE TABLE audit.q (k int NOT NULL, a int) PARTITION BY LIST (k);
                CREATE TABLE app.q1 PARTITION OF audit.q FOR VALUES IN (1);
                """;
        String keys = "ALTER TABLE audit.p1 ADD CONSTRAINT p1_own UNIQUE (k, a);"
                + " ALTER TABLE app.q1 ADD CONSTRAINT q1_own UNIQUE (k, a);";
        String indexes = "CREATE UNIQUE INDEX p_ka ON app.p (k, a); CREATE UNIQUE INDEX q_ka ON audit.q (k, a);";
        Postgres.Database database = Postgres.version(16).createDatabase();
        try (Connection connection = database.planningOnce();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String from : List.of("", keys, indexes, indexes + keys, keys + indexes)) {
                for (String to : List.of("", keys, indexes, indexes + keys, keys + indexes)) {
                    statement.execute(tables + to);
                    Schema goal = read(snapshot(connection, List.of()));
                    statement.execute(tables + from);
                    assertThat(lead(connection, goal, false))
                            .as(from + " to " + to)
                            .isEmpty();
                    assertThat(snapshot(connection, List.of())).isEqualTo(SchemaYaml.write(goal, List.of()));
                }
            }
        }
    }

    private static List<String> lead(Connection connection, Schema declared, boolean rows) throws SQLException {
        DdlPlan plan = ChangePlanner.plan(
                connection,
                new ChangePlanner.Request(MAIN, FURTHER, null, declared, new DiffOptions(true, null), rows));
        List<String> left = plan.notes().stream()
                .filter(Note::open)
                .map(note -> "note " + note.object())
                .collect(Collectors.toCollection(ArrayList::new));
        for (boolean up : List.of(true, false, true)) {
            List<List<Operation>> scripts = new ArrayList<>(plan.scripts());
            if (!up) {
                Collections.reverse(scripts);
            }
            for (List<Operation> script : scripts) {
                String text = up
                        ? ScriptText.up(List.of(), script, List.of(), (number, operation) -> List.of())
                                .text()
                        : ScriptText.down(List.of(), script, (number, operation) -> List.of())
                                .text();
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET search_path = app, public");
                    for (var part : ScriptParser.outline(Script.of(new TextFile("test.sql", text)))
                            .statements()) {
                        statement.execute(part.sql());
                    }
                }
            }
        }
        verify(connection, declared, true).drift().forEach(difference -> left.add(difference.toString()));
        return left;
    }
}
