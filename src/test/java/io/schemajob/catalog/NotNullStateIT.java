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
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static Schema declared(Connection connection) throws SQLException {
        String text = SchemaYaml.write(Snapshot.take(connection, "public", null, List.of()), List.of());
        return SchemaYaml.read(new TextFile("schema.yaml", text));
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

    private static void mend(Connection connection, Statement statement, Schema declared) throws SQLException {
        for (Operation operation : plan(connection, declared).scripts().stream()
                .flatMap(List::stream)
                .toList()) {
            for (String sql : operation.up()) {
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
                mend(connection, statement, declared);
                softly.assertThat(told(connection, declared))
                        .as("mended: " + damage.getKey())
                        .isEmpty();
                connection.rollback();
            }
        }
        softly.assertAll();
    }

    @Test
    void theyAreMadeFromNothing() throws SQLException {
        Postgres.Database first = Postgres.version(18).createDatabase();
        Postgres.Database second = Postgres.version(18).createDatabase();
        try (Connection one = first.superuser();
                Connection two = second.superuser();
                Statement statement = one.createStatement();
                Statement other = two.createStatement()) {
            statement.execute(TABLES);
            Schema declared = declared(one);
            mend(two, other, declared);
            assertThat(told(two, declared)).isEmpty();
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
