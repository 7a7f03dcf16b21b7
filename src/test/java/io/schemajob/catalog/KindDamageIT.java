package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Note;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Matrix;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import io.schemajob.testing.Together;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each kind and each aspect: a snapshot is clean on all versions, and each single damage is found and named. */
class KindDamageIT {
    static final List<Integer> MAJORS = Postgres.MAJORS;
    /** Kinds of which a healthy schema has none on every version. */
    private static final Set<String> UNMADE = Set.of("trigger state");

    private static final Map<Integer, Postgres.Database> DATABASES = new TreeMap<>();
    private static final Map<Integer, String> SNAPSHOTS = new TreeMap<>();

    private static final int COMBINATIONS = 25;

    @BeforeAll
    static void create() throws SQLException {
        for (int major : MAJORS) {
            Postgres.Database database = Postgres.version(major).createDatabase();
            DATABASES.put(major, database);
            try (Connection connection = database.superuser();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET allow_in_place_tablespaces = on");
                try (ResultSet space =
                        statement.executeQuery("SELECT FROM pg_catalog.pg_tablespace WHERE spcname = 'kinds_space'")) {
                    if (!space.next()) {
                        connection.createStatement().execute("CREATE TABLESPACE kinds_space LOCATION ''");
                    }
                }
                statement.execute(RichSchema.resource("/catalog/kinds.sql"));
                SNAPSHOTS.put(major, snapshot(connection));
            }
        }
    }

    private static String snapshot(Connection connection) throws SQLException {
        return SchemaYaml.write(Snapshot.take(connection, "public", null, List.of(), true), List.of());
    }

    private static Schema read(String text) {
        return SchemaYaml.read(new TextFile("schema.yaml", text));
    }

    private static List<Difference> verify(Connection connection, Schema declared, boolean strict) throws SQLException {
        return Verifier.verify(
                        connection,
                        new VerificationRequest("public", null, declared, List.of(), new DiffOptions(strict, null)))
                .differences();
    }

    @ParameterizedTest
    @FieldSource("MAJORS")
    void aSnapshotOfOneVersionIsCleanOnAllOthers(int major) throws SQLException {
        assertThat(SchemaYaml.write(read(SNAPSHOTS.get(major)), List.of())).isEqualTo(SNAPSHOTS.get(major));
        for (int other : MAJORS) {
            try (Connection connection = DATABASES.get(other).superuser()) {
                assertThat(verify(connection, read(SNAPSHOTS.get(major)), true))
                        .as("declared on %d, verified on %d", major, other)
                        .isEmpty();
            }
        }
    }

    /** Each is found and named; the scripts that lead back run, lead back, and can be undone. */
    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Matrix#MAJORS")
    void eachDamageIsNamedAndMended(int major) throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        try (Connection connection = DATABASES.get(major).planningOnce()) {
            connection.setAutoCommit(false);
            // What a person has to do keeps the rest from being mended: each of these alone.
            List<Damage> left =
                    Damage.on(major).stream().filter(Damage::leftToPerson).toList();
            for (Damage damage : left) {
                damaged(connection, major, List.of(damage), softly);
            }
            for (boolean own : List.of(false, true)) {
                List<Damage> damages = Damage.on(major).stream()
                        .filter(damage -> damage.own() == own && !damage.leftToPerson())
                        .toList();
                Together.each(damages, softly, (some, found) -> damaged(connection, major, some, found));
            }
        }
        softly.assertAll();
    }

    private static void damaged(Connection connection, int major, List<Damage> damages, SoftAssertions softly)
            throws SQLException {
        Schema declared = read(SNAPSHOTS.get(damages.get(0).own() ? major : MAJORS.get(0)));
        String sql = damages.stream().map(Damage::sql).collect(Collectors.joining("; "));
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            Schema live = live(connection);
            softly.assertThat(named(connection, declared, live))
                    .as(sql)
                    .isEqualTo(damages.stream()
                            .flatMap(damage -> damage.named().stream())
                            .collect(Collectors.toSet()));
            if (damages.size() == 1 || softly.wasSuccess()) {
                mend(connection, damages, declared, live, softly);
            }
        } catch (SQLException e) {
            softly.fail(sql + ": " + e.getMessage());
        } finally {
            connection.rollback();
        }
    }

    /** Reading the catalog is what costs: it is read once for what is found, what is planned and what is undone. */
    private static Schema live(Connection connection) throws SQLException {
        return ReadOnlyWork.run(connection, "public", () -> new LiveSchemas("public", List.of(), null)
                .read(connection, true, ReadOnlyWork.Path.DECLARED));
    }

    private static Set<String> named(Connection connection, Schema declared, Schema live) throws SQLException {
        VerificationRequest request =
                new VerificationRequest("public", null, declared, List.of(), new DiffOptions(false, null));
        return Verifier.differences(connection, request, ReadOnlyWork.Path.DECLARED, declared.linked("public"), live)
                .stream()
                .map(difference ->
                        difference.object() + ": " + difference.aspect() + (difference.isDrift() ? "" : " (warning)"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void mend(
            Connection connection, List<Damage> damages, Schema declared, Schema live, SoftAssertions softly)
            throws SQLException {
        String damage = damages.stream().map(Damage::sql).collect(Collectors.joining("; "));
        DdlPlan plan = ChangePlanner.plan(connection, request(declared), () -> live);
        if (plan.leavesDrift()) {
            softly.assertThat(damages).as("left to a person: " + plan.notes()).allMatch(Damage::leftToPerson);
            return;
        }
        List<Operation> operations = operations(plan);
        String script = operations.stream()
                .flatMap(operation -> operation.up().stream())
                .collect(Collectors.joining(";\n"));
        try (Statement statement = connection.createStatement()) {
            for (Operation operation : operations) {
                run(statement, operation.up());
            }
            softly.assertThat(verify(connection, declared, true))
                    .filteredOn(Difference::isDrift)
                    .as(damage + "\n" + script)
                    .isEmpty();
            Collections.reverse(operations);
            for (Operation operation : operations) {
                run(statement, operation.down());
            }
            if (plan.notes().stream()
                    .anyMatch(note -> "way back".equals(note.object().part()))) {
                softly.assertThat(damages).as("one of them leads not back").hasSize(1);
                return;
            }
            softly.assertThat(snapshot(connection))
                    .as("way back of " + damage + "\n" + script)
                    .isEqualTo(SchemaYaml.write(Snapshot.declared(live).linked("public"), List.of()));
        } catch (SQLException e) {
            softly.fail(damage + ": " + e.getMessage() + "\n" + script);
        }
    }

    /** Some at once, also to one object: what the scripts leave stands in an open note on the same object. */
    @Test
    void severalDamagesAreMendedOrLeft() throws SQLException {
        int major = MAJORS.get(MAJORS.size() - 1);
        Schema declared = read(SNAPSHOTS.get(major));
        Random random = new Random(major);
        SoftAssertions softly = new SoftAssertions();
        try (Connection connection = DATABASES.get(major).planningOnce();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < Matrix.tries(COMBINATIONS, 4 * COMBINATIONS); i++) {
                List<String> damages = damage(connection, statement, random);
                DdlPlan plan = plan(connection, declared);
                Set<ObjectIdentity> left = plan.notes().stream()
                        .filter(Note::open)
                        .map(note -> note.object().whole())
                        .collect(Collectors.toSet());
                try {
                    for (Operation operation : operations(plan)) {
                        run(statement, operation.commented() ? List.of() : operation.up());
                    }
                    softly.assertThat(verify(connection, declared, true))
                            .filteredOn(Difference::isDrift)
                            .extracting(Difference::object)
                            .as(damages.toString())
                            .allMatch(object -> left.contains(object) || left.contains(object.container()));
                } catch (SQLException e) {
                    softly.fail(damages + ": " + e.getMessage());
                }
                connection.rollback();
            }
        }
        softly.assertAll();
    }

    /** Does some damages; one that the others make impossible is left out. */
    private static List<String> damage(Connection connection, Statement statement, Random random) throws SQLException {
        List<String> done = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String sql = Damage.ALL.get(random.nextInt(Damage.ALL.size())).sql();
            Savepoint before = connection.setSavepoint();
            try {
                statement.execute(sql);
                done.add(sql);
            } catch (SQLException e) {
                connection.rollback(before);
            }
        }
        return done;
    }

    private static DdlPlan plan(Connection connection, Schema declared) throws SQLException {
        return ChangePlanner.plan(connection, request(declared));
    }

    private static ChangePlanner.Request request(Schema declared) {
        return new ChangePlanner.Request("public", null, declared, new DiffOptions(true, null), false);
    }

    private static List<Operation> operations(DdlPlan plan) {
        return plan.scripts().stream().flatMap(List::stream).collect(Collectors.toCollection(ArrayList::new));
    }

    private static void run(Statement statement, List<String> statements) throws SQLException {
        for (String sql : statements) {
            statement.execute(sql);
        }
    }

    /** From nothing to everything, on every version: what is created is what is declared. */
    @ParameterizedTest
    @FieldSource("MAJORS")
    void everythingIsMadeFromNothing(int major) throws SQLException {
        Postgres.Database empty = Postgres.version(major).createDatabase();
        try (Connection connection = empty.superuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Schema declared = read(SNAPSHOTS.get(major));
            List<Operation> operations = operations(plan(connection, declared));
            for (Operation operation : operations) {
                for (String sql : operation.up()) {
                    try {
                        statement.execute(sql);
                    } catch (SQLException e) {
                        throw new AssertionError(e.getMessage() + " in " + sql, e);
                    }
                }
            }
            assertThat(verify(connection, declared, true)).isEmpty();
            assertThat(snapshot(connection)).isEqualTo(SNAPSHOTS.get(major));
            Collections.reverse(operations);
            for (Operation operation : operations) {
                run(statement, operation.down());
            }
            assertThat(Snapshot.take(connection, "public", null, List.of()).isEmpty())
                    .isTrue();
        }
    }

    /** No kind without an object in this schema. */
    @Test
    void everyKindIsHere() {
        Schema schema = read(SNAPSHOTS.get(Postgres.NEWEST));
        List<String> missing = new ArrayList<>();
        for (ObjectKind kind : Kinds.ALL) {
            if (schema.objects().of(kind.noun()).isEmpty() && !UNMADE.contains(kind.noun())) {
                missing.add(kind.noun());
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Each aspect of each kind, and the existence of what can be missing, has a damage. */
    @Test
    void everyAspectIsDamaged() {
        assertThat(DamagedAspects.missing(read(SNAPSHOTS.get(Postgres.NEWEST)), Damage.ALL))
                .isEmpty();
    }

    /** It cannot be in the schema above, which is the same on all versions. */
    @ParameterizedTest
    @FieldSource("MAJORS")
    void anUnloggedSequenceIsMadeWhereThereCanBeOne(int major) throws SQLException {
        Schema declared = read(
                """
                covers: 5
                sequences:
                  light: {type: bigint, unlogged: true}
                tables:
                  t:
                    columns:
                      n: {type: integer, nullable: false, identity: always, sequence: {cache: 7, unlogged: true}}
                """);
        assertThat(read(SchemaYaml.write(declared, List.of()))).isEqualTo(declared);
        Postgres.Database empty = Postgres.version(major).createDatabase();
        try (Connection connection = empty.superuser();
                Statement statement = connection.createStatement()) {
            for (Operation operation : operations(plan(connection, declared))) {
                run(statement, operation.up());
            }
            assertThat(verify(connection, declared, true)).isEmpty();
            assertThat(Rows.of(
                            connection,
                            "SELECT relname FROM pg_class WHERE relkind = 'S' AND relpersistence = 'u' ORDER BY 1"))
                    .isEqualTo(major < 15 ? List.of() : List.of(List.of("light"), List.of("t_n_seq")));
            statement.execute(
                    "ALTER TABLE t ADD s serial; CREATE UNLOGGED TABLE u (a serial, b int GENERATED ALWAYS AS IDENTITY)");
            assertThat(snapshot(connection).split("unlogged: true", -1)).hasSize(major < 15 ? 2 : 4);
        }
    }

    /** Before level 3 comments were a warning, and so they are in a file of that level. */
    @Test
    void commentsOfAnOlderFileAreAWarning() throws SQLException {
        String older = SNAPSHOTS.get(Postgres.NEWEST).replace("covers: 5", "covers: 2");
        try (Connection connection = DATABASES.get(Postgres.NEWEST).superuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("COMMENT ON TABLE clients IS 'x'; COMMENT ON INDEX clients_tenant IS 'x';"
                    + " COMMENT ON TABLE invoices IS 'new'; ALTER INDEX clients_tenant SET TABLESPACE kinds_space;"
                    + " ALTER TABLE spans SET TABLESPACE kinds_space");
            assertThat(verify(connection, read(older), true))
                    .allMatch(difference -> !difference.isDrift())
                    .hasSize(2);
            connection.rollback();
        }
    }

    /** A file of level 4 that was written before there was what level 5 added, and then there is all of it. */
    @Test
    void aFileOfLevelFourSaysNothingOfWhatLevelFiveAdded() throws SQLException {
        try (Connection connection = DATABASES.get(Postgres.NEWEST).superuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    """
                    DROP TRIGGER remote_keep ON remote;
                    ALTER FOREIGN TABLE remote ALTER name SET STATISTICS -1, ALTER name SET STORAGE EXTENDED,
                        ALTER id RESET (n_distinct);
                    ALTER INDEX days_2025_own RESET (fillfactor);
                    REFRESH MATERIALIZED VIEW unfilled;
                    COMMENT ON EXTENSION tcn IS 'Triggered change notifications';
                    COMMENT ON TRANSFORM FOR pair LANGUAGE plpgsql IS NULL;
                    COMMENT ON SCHEMA public IS NULL;
                    DROP TRIGGER invoices_paid ON invoices;
                    CREATE CONSTRAINT TRIGGER invoices_paid AFTER INSERT ON invoices FOR EACH ROW EXECUTE FUNCTION keep('a', 'b');
                    CREATE OR REPLACE FUNCTION pair_shown(p pair) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN p::text; END';
                    """);
            String older = snapshot(connection).replace("covers: 5", "covers: 4");
            connection.rollback();
            statement.execute(
                    """
                    ALTER TABLE folders ALTER CONSTRAINT folders_b_not_null NO INHERIT;
                    ALTER TABLE invoices ADD CONSTRAINT total_given NOT NULL total NOT VALID;
                    CREATE SCHEMA beside;
                    ALTER EXTENSION tcn SET SCHEMA beside;
                    COMMENT ON RULE invoices_kept ON invoices IS 'new';
                    """);
            assertThat(verify(connection, read(older), true))
                    .filteredOn(Difference::isDrift)
                    .isEmpty();
            assertThat(verify(connection, read(older.replace("covers: 4", "covers: 5")), false))
                    .filteredOn(Difference::isDrift)
                    .extracting(Difference::subject)
                    .containsExactlyInAnyOrder(
                            "foreign table trigger remote_keep on remote",
                            "column remote.name: statistics",
                            "column remote.name: storage",
                            "column remote.id: options",
                            "index of days_2025 in days_client: with",
                            "materialized view unfilled: with no data",
                            "comment on extension tcn",
                            "comment on transform FOR pair LANGUAGE plpgsql",
                            "comment on schema",
                            "comment on rule invoices_kept on invoices",
                            "trigger invoices_paid on invoices: definition",
                            "function pair_shown(pair): transforms",
                            "not null constraint of folders.b: not null no inherit",
                            "not null constraint of invoices.total: not null not valid",
                            "extension tcn: schema");
            connection.rollback();
        }
    }

    /** What a file written before there were kinds does not say is not drift, in a strict bundle either. */
    @Test
    void anOldFileSaysNothingOfNewKinds() throws SQLException {
        try (Connection connection = DATABASES.get(Postgres.NEWEST).superuser()) {
            Schema whole = Snapshot.take(connection, "public", null, List.of());
            Schema old = new Schema(
                    whole.tables(),
                    whole.views(),
                    whole.routines(),
                    whole.sequences(),
                    whole.types(),
                    whole.extensions());
            assertThat(SchemaYaml.write(old, List.of())).doesNotContain("covers");
            assertThat(verify(connection, old, true)).isEmpty();
        }
    }
}
