package io.schemajob.bundle.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementKindsTest {
    @ParameterizedTest
    @FieldSource("io.schemajob.bundle.sql.StatementSamples#REFUSE_TRANSACTION")
    @ValueSource(
            strings = {
                "cluster (verbose)",
                "alter subscription sub set (failover = true)",
                "alter subscription sub set (two_phase = false)",
                "alter subscription sub drop publication p"
            })
    void refusesATransaction(String sql) {
        assertThat(StatementKinds.of(new SqlLexer("", sql))).isEqualTo(Statement.Kind.NON_TRANSACTIONAL);
    }

    @ParameterizedTest
    @FieldSource("io.schemajob.bundle.sql.StatementSamples#ALLOW_TRANSACTION")
    @ValueSource(
            strings = {
                "alter table t detach partition p finalize",
                "create subscription s connection 'c' publication p with (create_slot = false, slot_name = none)",
                "alter subscription sub set (slot_name = none)",
                "cluster (verbose) t"
            })
    void runsInATransaction(String sql) {
        assertThat(StatementKinds.of(new SqlLexer("", sql))).isEqualTo(Statement.Kind.PLAIN);
    }
}
