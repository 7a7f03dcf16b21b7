package io.schemajob.bundle.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The servers themselves say which statements they refuse inside a transaction. */
class StatementKindsIT {
    /** {@code active_sql_transaction} */
    private static final String INSIDE_TRANSACTION = "25001";

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void ourRulesAreTheServers(int major) throws SQLException {
        try (Postgres server = Postgres.dedicated(major).start();
                Connection connection = server.superuser();
                Statement statement = connection.createStatement()) {
            for (String sql : StatementSamples.OBJECTS) {
                statement.execute(sql);
            }
            connection.setAutoCommit(false);
            for (String sql : StatementSamples.REFUSE_TRANSACTION) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .as(sql)
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                .as("%s: %s", sql, e.getMessage())
                                .isEqualTo(INSIDE_TRANSACTION));
                connection.rollback();
            }
            for (String sql : StatementSamples.ALLOW_TRANSACTION) {
                statement.execute(sql);
                connection.rollback();
            }
        }
    }
}
