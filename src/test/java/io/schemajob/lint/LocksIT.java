package io.schemajob.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.sql.LockMode;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that no rule is about lock what the plan says that they lock. */
class LocksIT {
    private static final String[] SCRIPTS = {
        "ALTER TABLE orders ENABLE ALWAYS TRIGGER orders_touch",
        "ALTER TABLE orders DISABLE TRIGGER USER",
        "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE orders ALTER COLUMN note SET STATISTICS 10",
        "ALTER TABLE orders ALTER COLUMN note SET (n_distinct = 5)",
        "ALTER TABLE orders ALTER COLUMN note SET STORAGE EXTERNAL",
        "ALTER TABLE orders ALTER COLUMN note SET COMPRESSION pglz",
        "ALTER TABLE orders ALTER COLUMN note RESET (n_distinct)",
        "ALTER TABLE orders SET (autovacuum_enabled = off), CLUSTER ON orders_status",
        "ALTER TABLE orders REPLICA IDENTITY FULL",
        "ALTER TABLE orders DROP CONSTRAINT orders_customer",
        "ALTER TABLE ONLY orders ALTER customer_id DROP NOT NULL",
        "ALTER TABLE payments DROP CONSTRAINT payments_order_id_fkey",
        "ALTER TABLE events DETACH PARTITION events_2025",
        "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        "CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')",
        "CREATE TABLE more_orders (a text) INHERITS (orders)",
        "CREATE TABLE refunds (a bigint REFERENCES orders ON DELETE SET NULL, b bigint, FOREIGN KEY (b) REFERENCES customers)",
        "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch()",
        "CREATE CONSTRAINT TRIGGER t AFTER UPDATE OF status ON orders FOR EACH ROW EXECUTE FUNCTION touch()",
        "DROP TRIGGER orders_touch ON orders",
        "ALTER TRIGGER orders_touch ON orders RENAME TO t",
        "CREATE RULE r AS ON DELETE TO orders DO INSTEAD NOTHING",
        "CREATE POLICY p ON orders USING (true)",
        "CREATE STATISTICS s ON status, note FROM orders",
        "COMMENT ON TABLE orders IS 'x'",
        "COMMENT ON COLUMN public.orders.note IS 'x'",
        "ANALYZE orders",
        "LOCK TABLE ONLY orders, payments IN SHARE UPDATE EXCLUSIVE MODE",
        "LOCK orders",
        "INSERT INTO customers (id, name) VALUES (5, 'x') ON CONFLICT DO NOTHING",
        "DELETE FROM payments",
        "WITH gone AS (SELECT 1) SELECT * FROM gone",
        "DROP TABLE feelings, payments",
        "DROP MATERIALIZED VIEW totals",
        "ALTER INDEX orders_status SET (fillfactor = 90)",
        "ALTER VIEW open_orders SET (security_barrier = true)",
    };

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void statementsLockWhatThePlanSays(int major) throws SQLException {
        try (Server server = Server.start(major, Sample.before())) {
            for (String sql : SCRIPTS) {
                Sample sample = new Sample(Rule.SEVERAL_LOCKS, false, major, sql, sql);
                Server.Effect effect = server.run(sample.outline().statements());
                assertThat(effect.sqlState()).as("%s: %s", sql, effect).isNull();
                Map<String, LockMode> expected = new TreeMap<>();
                sample.lint().locks().forEach(lock -> expected.put(lock.table().name(), lock.mode()));
                assertThat(effect.locks()).as(sql).isEqualTo(expected);
            }
        }
    }
}
