package io.schemajob.bundle.sql;

import java.util.List;

/** Statements with what is known of them; a unit test asks our rules, an integration test asks real servers. */
public final class StatementSamples {
    /** What {@link #REFUSE_TRANSACTION} and {@link #ALLOW_TRANSACTION} work on. */
    public static final List<String> OBJECTS = List.of(
            "create schema s",
            "create table t (a int)",
            "create index i on t (a)",
            "create index \"concurrently\" on t (a)",
            "create table \"Concurrently\" (a int)",
            "create table s.p (a int) partition by list (a)",
            "create table s.p1 partition of s.p for values in (1)",
            "create table s.p2 partition of s.p for values in (2)",
            "create index pi on s.p (a)",
            "create type e as enum ('a')",
            "create materialized view v as select 1 as a",
            "create unique index vi on v (a)",
            "create subscription sub connection 'dbname=x' publication pub with (connect = false, slot_name = 'x')",
            "alter subscription sub enable");

    public static final List<String> REFUSE_TRANSACTION = List.of(
            "create index concurrently i2 on t (a)",
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i2 ON t (a)",
            "create /* a */ index -- b\n concurrently on t (a)",
            "drop index concurrently if exists i",
            "reindex index concurrently i",
            "reindex (concurrently) table t",
            "reindex (verbose, concurrently true) index i",
            "reindex (concurrently off) schema s",
            "reindex table concurrently t",
            "reindex database postgres",
            "reindex system postgres",
            "reindex (verbose) schema s",
            "vacuum",
            "vacuum (analyze) t",
            "VACUUM FULL t",
            "create database d",
            "drop database if exists d",
            "create tablespace ts location '/x'",
            "drop tablespace ts",
            "alter database template1 set tablespace pg_default",
            "alter system set work_mem = '1MB'",
            "alter table s.p detach partition s.p1 concurrently",
            "alter table if exists only s.p detach /* x */ partition s.p1 concurrently",
            "create subscription sub2 connection 'dbname=x' publication p",
            "create subscription sub2 connection 'dbname=x' publication p with (create_slot = true, slot_name = 'x')",
            "drop subscription sub",
            "alter subscription sub refresh publication",
            "alter subscription sub set publication p",
            "alter subscription sub add publication p with (copy_data = false)",
            "cluster",
            "cluster verbose",
            "discard all");

    public static final List<String> ALLOW_TRANSACTION = List.of(
            "create index i2 on t (a)",
            "create index concurrently_ on t (a)",
            "create unique index \"concurrently2\" on t (a)",
            "create table concurrently_x (a int)",
            "drop index i",
            "drop index \"concurrently\"",
            "reindex table t",
            "reindex (verbose) index i",
            "reindex (concurrently false) table t",
            "reindex (concurrently off, verbose) index i",
            "reindex table \"Concurrently\"",
            "refresh materialized view concurrently v",
            "analyze t",
            "alter database postgres set work_mem = '1MB'",
            "alter database postgres owner to postgres",
            "alter table s.p detach partition s.p2",
            "alter type e add value 'x'",
            "create subscription sub2 connection 'dbname=x' publication p with (connect = off)",
            "alter subscription sub set publication p with (refresh = false)",
            "alter subscription sub disable",
            "alter subscription sub owner to postgres",
            "cluster t using i",
            "discard temp",
            "comment on table t is 'vacuum'",
            "select 'create index concurrently'",
            "do $$ begin perform 'vacuum'; end $$");

    private StatementSamples() {}
}
