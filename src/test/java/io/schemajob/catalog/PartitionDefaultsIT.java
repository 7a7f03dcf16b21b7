package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.model.Schema;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Defaults of partitioned tables with partitions that nobody declared beside those that somebody did. */
class PartitionDefaultsIT {
    private static final DiffOptions OPTIONS = new DiffOptions(false, null);

    private static final String DECLARED =
            """
            CREATE TABLE p (k int NOT NULL, a int DEFAULT %s, b text%s, c int%s) PARTITION BY LIST (k);
            CREATE TABLE p1 PARTITION OF p (a DEFAULT 9, b DEFAULT NULL, c DEFAULT NULL) FOR VALUES IN (1);
            CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
            """;

    private static final String FURTHER =
            """
            CREATE TABLE p3 PARTITION OF p FOR VALUES IN (3) PARTITION BY LIST (a);
            CREATE TABLE p3_1 PARTITION OF p3 FOR VALUES IN (1);
            CREATE TABLE p4 PARTITION OF p (a DEFAULT 11, b DEFAULT 'own') FOR VALUES IN (4);
            """;

    private static final String DEFAULTS =
            """
            SELECT c.relname, a.attname, pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
              JOIN pg_class c ON c.oid = d.adrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum
             WHERE c.relname IN ('p1', 'p3_1', 'p4') ORDER BY 1, 2
            """;

    /** They follow where they have the parent's; one of their own stays, and so does what a declared partition says. */
    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Matrix#MAJORS")
    void partitionsThatNobodyDeclaredFollowTheirParent(int major) throws SQLException {
        Schema declared;
        try (Connection connection = made(major, DECLARED.formatted("7", "", " DEFAULT 1"))) {
            declared = Snapshot.take(connection, "public", null, List.of());
        }
        try (Connection connection = made(major, DECLARED.formatted("5", " DEFAULT 'it''s 5%'", "") + FURTHER)) {
            List<List<String>> before = Rows.of(connection, DEFAULTS);
            DdlPlan plan =
                    ChangePlanner.plan(connection, new ChangePlanner.Request("public", null, declared, OPTIONS, false));
            List<Operation> operations = new ArrayList<>(
                    plan.scripts().stream().flatMap(List::stream).toList());
            for (Operation operation : operations) {
                run(connection, operation.up());
            }
            assertThat(Verifier.verify(
                                    connection, new VerificationRequest("public", null, declared, List.of(), OPTIONS))
                            .differences())
                    .isEmpty();
            assertThat(Rows.of(connection, DEFAULTS))
                    .containsExactly(
                            List.of("p1", "a", "9"),
                            List.of("p3_1", "a", "7"),
                            List.of("p3_1", "c", "1"),
                            List.of("p4", "a", "11"),
                            List.of("p4", "b", "'own'::text"),
                            List.of("p4", "c", "1"));
            Collections.reverse(operations);
            for (Operation operation : operations) {
                run(connection, operation.down());
            }
            assertThat(Rows.of(connection, DEFAULTS)).isEqualTo(before);
        }
    }

    private static Connection made(int major, String sql) throws SQLException {
        Connection connection = Postgres.version(major).createDatabase().superuser();
        run(connection, List.of(sql));
        return connection;
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
