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
import io.schemajob.testing.SchemaDump;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** NOT NULL constraints that PostgreSQL 18 can have and older servers cannot. */
class NotNullStateIT {
    private static final String TABLES =
            """
            CREATE TABLE parent (a int CONSTRAINT a_given NOT NULL NO INHERIT, b int, c int NOT NULL);
            CREATE TABLE child (d int) INHERITS (parent);
            ALTER TABLE parent ADD CONSTRAINT b_given NOT NULL b NO INHERIT NOT VALID;
            CREATE TABLE other (a int NOT NULL, b int);
            CREATE TABLE own (a int NOT NULL) INHERITS (other);
            ALTER TABLE other ADD CONSTRAINT other_b_not_null NOT NULL b NOT VALID;
            """;

    private static final Map<String, String> DAMAGES = Map.of(
            "ALTER TABLE parent ALTER CONSTRAINT a_given INHERIT",
            "not null constraint of parent.a: not null no inherit; column child.a: nullability",
            "ALTER TABLE ONLY parent VALIDATE CONSTRAINT b_given",
            "not null constraint of parent.b: not null not valid; column parent.b: nullability",
            "ALTER TABLE other VALIDATE CONSTRAINT other_b_not_null",
            "not null constraint of other.b: not null not valid; column other.b: nullability",
            "ALTER TABLE other DROP CONSTRAINT other_b_not_null",
            "not null constraint of other.b: not null not valid");

    /** What all versions can be told. */
    private static final String PLAIN_TABLES =
            """
            CREATE TABLE t (id int PRIMARY KEY, c int NOT NULL);
            CREATE TABLE %1$s (%2$s int NOT NULL, x int NOT NULL);
            CREATE TABLE a_b (c int NOT NULL);
            CREATE TABLE a (b_c int NOT NULL);
            CREATE TABLE was (c int NOT NULL);
            ALTER TABLE was RENAME TO renamed;
            CREATE TABLE par (c int NOT NULL, d int);
            CREATE TABLE kid (own int NOT NULL) INHERITS (par);
            CREATE TABLE part (c int NOT NULL) PARTITION BY LIST (c);
            CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1);
            CREATE TABLE part_2 (c int NOT NULL);
            ALTER TABLE part ATTACH PARTITION part_2 FOR VALUES IN (2);
            CREATE DOMAIN age AS int NOT NULL;
            """
                    .formatted("ü".repeat(31), "c".repeat(40));

    private static final String LOCAL_TABLES =
            """
            CREATE TABLE merged (c int NOT NULL) INHERITS (par);
            CREATE TABLE later (c int) INHERITS (par);
            ALTER TABLE later ALTER c SET NOT NULL;
            CREATE TABLE beside (CONSTRAINT aside NOT NULL c) INHERITS (par);
            CREATE TABLE named (c int CONSTRAINT mine NOT NULL, d int CONSTRAINT own_d NOT NULL) INHERITS (par);
            """;

    private static final Map<String, String> OF_18 = Map.ofEntries(
            Map.entry(
                    "ALTER TABLE t RENAME CONSTRAINT t_c_not_null TO other",
                    "not null constraint of t.c: not null name (warning)"),
            Map.entry(
                    "ALTER TABLE t RENAME CONSTRAINT t_id_not_null TO other",
                    "not null constraint of t.id: not null name (warning)"),
            Map.entry(
                    "ALTER TABLE %s RENAME CONSTRAINT %s_not_null TO other"
                            .formatted("ü".repeat(31), "ü".repeat(13) + "_" + "c".repeat(26)),
                    "not null constraint of %s.%s: not null name (warning)".formatted("ü".repeat(31), "c".repeat(40))),
            Map.entry(
                    "ALTER TABLE a RENAME CONSTRAINT a_b_c_not_null1 TO a_b_c_not_null",
                    "not null constraint of a.b_c: not null name (warning)"),
            Map.entry(
                    "ALTER TABLE renamed RENAME CONSTRAINT was_c_not_null TO renamed_c_not_null",
                    "not null constraint of renamed.c: not null name (warning)"),
            Map.entry(
                    "ALTER TABLE kid RENAME CONSTRAINT kid_own_not_null TO other",
                    "not null constraint of kid.own: not null name (warning)"),
            Map.entry(
                    "ALTER TABLE part DETACH PARTITION part_1; ALTER TABLE part_1 RENAME CONSTRAINT part_c_not_null TO other;"
                            + "ALTER TABLE part ATTACH PARTITION part_1 FOR VALUES IN (1)",
                    "left: not null constraint of part_1.c: not null name (warning)"),
            Map.entry(
                    "ALTER DOMAIN age RENAME CONSTRAINT age_not_null TO other",
                    "not null constraint of domain age: not null name (warning)"),
            Map.entry("ALTER TABLE kid ALTER c SET NOT NULL", "left: not null constraint of kid.c: not null local"),
            Map.entry(
                    "DROP TABLE later; CREATE TABLE later (c int) INHERITS (par)",
                    "not null constraint of later.c: not null local; "
                            + "not null constraint of later.c: not null name (warning)"));

    private static Schema declared(Connection connection) throws SQLException {
        return SchemaYaml.read(new TextFile("schema.yaml", text(connection)));
    }

    private static String text(Connection connection) throws SQLException {
        return SchemaYaml.write(Snapshot.take(connection, "public", null, List.of()), List.of());
    }

    /** With warnings, as names are. */
    private static Set<String> all(Connection connection, Schema declared) throws SQLException {
        return Verifier.verify(
                        connection,
                        new VerificationRequest("public", null, declared, List.of(), new DiffOptions(false, null)))
                .differences()
                .stream()
                .map(difference -> difference.subject() + (difference.isDrift() ? "" : " (warning)"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A file that was written on 18 says by silence that names are PostgreSQL's own, and that nothing is local. */
    @Test
    void aFileOfEighteenIsComplete() throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        Postgres.Database first = Postgres.version(18).createDatabase();
        try (Connection connection = first.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(PLAIN_TABLES + LOCAL_TABLES);
            String text = text(connection);
            Schema declared = SchemaYaml.read(new TextFile("schema.yaml", text));
            assertThat(text).contains("\npostgres: 18\n");
            assertThat(SchemaYaml.write(declared, List.of())).isEqualTo(text);
            assertThat(all(connection, declared)).isEmpty();
            connection.setAutoCommit(false);
            for (Map.Entry<String, String> damage : OF_18.entrySet()) {
                statement.execute(damage.getKey());
                boolean left = damage.getValue().startsWith("left: ");
                softly.assertThat(all(connection, declared))
                        .as(damage.getKey())
                        .isEqualTo(
                                Set.of(damage.getValue().replace("left: ", "").split("; ")));
                softly.assertThat(plan(connection, declared).leavesDrift())
                        .as("left to a person: " + damage.getKey())
                        .isEqualTo(left);
                String damaged = text(connection);
                List<Operation> done = mend(connection, statement, declared);
                if (damage.getKey().startsWith("DROP")) {
                    softly.assertThat(told(connection, declared))
                            .as("mended but for its name: " + damage.getKey())
                            .isEmpty();
                    connection.rollback();
                    continue;
                }
                softly.assertThat(text(connection))
                        .as("mended: " + damage.getKey())
                        .isEqualTo(left ? damaged : text);
                undo(statement, done);
                softly.assertThat(text(connection))
                        .as("way back: " + damage.getKey())
                        .isEqualTo(damaged);
                connection.rollback();
            }
        }
        softly.assertAll();
    }

    @Test
    void namesAreMadeFromNothing() throws SQLException {
        isMadeFromNothing(PLAIN_TABLES + LOCAL_TABLES);
    }

    /** What no older server can be asked says nothing about it, and a file of one says nothing about 18. */
    @Test
    void eachVersionIsRightForTheOthers() throws SQLException {
        Map<Integer, Schema> declared = new TreeMap<>();
        Map<Integer, Postgres.Database> databases = new TreeMap<>();
        for (int major : Postgres.MAJORS) {
            Postgres.Database database = Postgres.version(major).createDatabase();
            databases.put(major, database);
            try (Connection connection = database.superuser();
                    Statement statement = connection.createStatement()) {
                statement.execute(PLAIN_TABLES);
                declared.put(major, declared(connection));
            }
        }
        for (int major : Postgres.MAJORS) {
            try (Connection connection = databases.get(major).superuser()) {
                for (int other : Postgres.MAJORS) {
                    assertThat(all(connection, declared.get(other)))
                            .as("declared on %d, verified on %d", other, major)
                            .isEmpty();
                }
            }
        }
        try (Connection connection = databases.get(18).superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "ALTER TABLE t RENAME CONSTRAINT t_c_not_null TO other; ALTER TABLE kid ALTER c SET NOT NULL");
            assertThat(all(connection, declared.get(17))).isEmpty();
            assertThat(all(connection, declared.get(18))).hasSize(2);
        }
    }

    private static Set<String> told(Connection connection, Schema declared) throws SQLException {
        return Verifier.verify(
                        connection,
                        new VerificationRequest("public", null, declared, List.of(), new DiffOptions(false, null)))
                .differences()
                .stream()
                .filter(Difference::isDrift)
                .map(Difference::subject)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static DdlPlan plan(Connection connection, Schema declared) throws SQLException {
        return ChangePlanner.plan(
                connection, new ChangePlanner.Request("public", null, declared, new DiffOptions(false, null), false));
    }

    private static List<Operation> mend(Connection connection, Statement statement, Schema declared)
            throws SQLException {
        List<Operation> operations = plan(connection, declared).scripts().stream()
                .flatMap(List::stream)
                .collect(Collectors.toCollection(ArrayList::new));
        for (Operation operation : operations) {
            for (String sql : operation.up()) {
                statement.execute(sql);
            }
        }
        return operations;
    }

    private static void undo(Statement statement, List<Operation> done) throws SQLException {
        Collections.reverse(done);
        for (Operation operation : done) {
            for (String sql : operation.down()) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void eachDamageIsNamedAndMended() throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        try (Connection connection = Postgres.version(18).createDatabase().superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
            Schema declared = declared(connection);
            assertThat(told(connection, declared)).isEmpty();
            connection.setAutoCommit(false);
            for (Map.Entry<String, String> damage : DAMAGES.entrySet()) {
                statement.execute(damage.getKey());
                softly.assertThat(told(connection, declared))
                        .as(damage.getKey())
                        .isEqualTo(Set.of(damage.getValue().split("; ")));
                softly.assertThat(plan(connection, declared).leavesDrift())
                        .as("left to a person: " + damage.getKey())
                        .isFalse();
                String damaged = text(connection);
                List<Operation> done = mend(connection, statement, declared);
                softly.assertThat(told(connection, declared))
                        .as("mended: " + damage.getKey())
                        .isEmpty();
                undo(statement, done);
                // What a child had from its parent alone is its own as well afterwards.
                softly.assertThat(text(connection))
                        .as("way back: " + damage.getKey())
                        .isEqualTo(damage.getKey().endsWith(" INHERIT") ? text(connection) : damaged);
                connection.rollback();
            }
        }
        softly.assertAll();
    }

    @Test
    void theyAreMadeFromNothing() throws SQLException {
        isMadeFromNothing(TABLES);
    }

    private static void isMadeFromNothing(String tables) throws SQLException {
        Postgres.Database first = Postgres.version(18).createDatabase();
        Postgres.Database second = Postgres.version(18).createDatabase();
        try (Connection one = first.superuser();
                Connection two = second.superuser();
                Statement statement = one.createStatement();
                Statement other = two.createStatement()) {
            statement.execute(tables);
            Schema declared = declared(one);
            mend(two, other, declared);
            assertThat(all(two, declared)).isEmpty();
            for (Postgres.Database database : List.of(first, second)) {
                try (Connection connection = database.superuser();
                        Statement grant = connection.createStatement()) {
                    grant.execute("GRANT pg_read_all_data TO " + database.user());
                }
            }
            assertThat(SchemaDump.difference(SchemaDump.of(first), SchemaDump.of(second)))
                    .isEmpty();
        }
    }

    /** Written on 18 it is right for older servers, which cannot have it, and the other way round. */
    @Test
    void olderServersAreNotBlamed() throws SQLException {
        try (Connection newest = Postgres.version(18).createDatabase().superuser();
                Connection older = Postgres.version(16).createDatabase().superuser();
                Statement statement = newest.createStatement();
                Statement other = older.createStatement()) {
            statement.execute(TABLES);
            other.execute(
                    """
                    CREATE TABLE parent (a int, b int, c int NOT NULL);
                    CREATE TABLE child (d int) INHERITS (parent);
                    ALTER TABLE ONLY parent ALTER a SET NOT NULL;
                    CREATE TABLE other (a int NOT NULL, b int);
                    CREATE TABLE own (a int NOT NULL) INHERITS (other);
                    """);
            assertThat(told(older, declared(newest))).isEmpty();
        }
    }
}
