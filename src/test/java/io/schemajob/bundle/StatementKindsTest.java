package io.schemajob.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementKindsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index concurrently i on t (a)",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)",
                "create /* a */ index -- b\n concurrently on t (a)",
                "drop index concurrently if exists s.i",
                "reindex index concurrently i",
                "reindex (concurrently) table t",
                "reindex (verbose, concurrently true) index i",
                "reindex (concurrently off) schema s",
                "reindex table concurrently t",
                "reindex database",
                "reindex database d",
                "reindex system d",
                "reindex (verbose) schema s",
                "vacuum",
                "vacuum (analyze) t",
                "VACUUM FULL t",
                "create database d",
                "drop database if exists d",
                "create tablespace s location '/x'",
                "drop tablespace s",
                "alter database d set tablespace s",
                "alter system set work_mem = '1MB'",
                "alter table t detach partition p concurrently",
                "alter table if exists only s.t detach /* x */ partition s.p concurrently",
                "create subscription s connection 'c' publication p",
                "create subscription s connection 'c' publication p with (create_slot = true, slot_name = 'x')",
                "drop subscription s",
                "alter subscription s refresh publication",
                "alter subscription s set publication p",
                "alter subscription s add publication p with (copy_data = false)",
                "alter subscription s set (failover = true)",
                "cluster",
                "cluster verbose",
                "cluster (verbose)",
                "discard all",
            })
    void refusesATransaction(String sql) {
        assertThat(StatementKinds.of(sql)).isEqualTo(Statement.Kind.NON_TRANSACTIONAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index i on t (a)",
                "create index on concurrently_t (a)",
                "create unique index \"concurrently\" on t (a)",
                "create table concurrently_x (a int)",
                "drop index i",
                "drop index \"concurrently\"",
                "reindex table t",
                "reindex (verbose) index i",
                "reindex (concurrently false) table t",
                "reindex (concurrently off, verbose) index i",
                "reindex table \"concurrently\"",
                "refresh materialized view concurrently v",
                "analyze t",
                "alter database d set work_mem = '1MB'",
                "alter database d owner to o",
                "alter table t detach partition p",
                "alter table t detach partition p finalize",
                "alter type e add value 'x'",
                "create subscription s connection 'c' publication p with (create_slot = false, slot_name = none)",
                "create subscription s connection 'c' publication p with (connect = off)",
                "alter subscription s set publication p with (refresh = false)",
                "alter subscription s disable",
                "alter subscription s set (slot_name = none)",
                "alter subscription s owner to o",
                "cluster t using i",
                "cluster (verbose) t",
                "discard temp",
                "comment on table t is 'vacuum'",
                "select 'create index concurrently'",
                "do $$ begin execute 'vacuum'; end $$",
            })
    void runsInATransaction(String sql) {
        assertThat(StatementKinds.of(sql)).isEqualTo(Statement.Kind.PLAIN);
    }
}
