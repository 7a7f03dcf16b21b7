package io.schemajob.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.Maintenance;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.testing.PgVector;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each statement of minion's maintenance touches what it should, no more than a batch of it, and waits for nobody. */
class MinionMaintenanceIT {
    private static final String MAJORS = "io.schemajob.testing.PgVector#MAJORS";

    /** Per table, rows of every age from 1 to 200 days, an hour past the full day. */
    private static final String ROWS =
            """
            INSERT INTO agents (id, name) VALUES ('a1000000-0000-0000-0000-000000000000', 'kevin');
            INSERT INTO activities (agent_id, action, created_at)
            SELECT id, 'think', now() - make_interval(days => n, hours => 1) FROM agents, generate_series(1, 200) AS n;
            INSERT INTO metrics (agent_id, metric_name, value, "timestamp")
            SELECT id, 'queue', n, now() - make_interval(days => n, hours => 1) FROM agents, generate_series(1, 200) AS n;
            INSERT INTO sessions (agent_id, status, updated_at)
            SELECT agents.id, kind, now() - make_interval(days => n, hours => 1)
              FROM agents, generate_series(1, 20) AS n, unnest(ARRAY['active', 'closed']) AS kind;
            INSERT INTO sessions (agent_id, status, user_id, expires_at)
            SELECT agents.id, kind, 'expiring', now() + make_interval(hours => n)
              FROM agents, generate_series(-10, 10) AS n, unnest(ARRAY['active', 'archived']) AS kind WHERE n <> 0;
            """;

    private record Fixture(Postgres.Database database, BundleDatabase session, Maintenance maintenance)
            implements AutoCloseable {
        static Fixture create(int major) throws SQLException {
            PgVector.install(major);
            Postgres.Database database = Postgres.version(major).createDatabase();
            BundleDatabase session = BundleDatabase.of(database.superuser(), "minion");
            session.up();
            session.execute(ROWS);
            String file = Maintenance.FILE;
            return new Fixture(database, session, Maintenance.of(new TextFile(file, session.file(file))));
        }

        int run(String task, Map<String, Long> chosen) throws SQLException {
            Maintenance.Task found = maintenance.tasks().stream()
                    .filter(candidate -> candidate.name().equals(task))
                    .findFirst()
                    .orElseThrow();
            return session.execute(maintenance.sql(found, maintenance.values(chosen)));
        }

        @Override
        public void close() throws SQLException {
            session.close();
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void deletesExactlyWhatIsTooOld(int major) throws SQLException {
        try (Fixture fixture = Fixture.create(major)) {
            assertThat(fixture.run("delete-activities", Map.of())).isEqualTo(111);
            assertThat(fixture.session().value("SELECT max(now() - created_at) < interval '90 days' FROM activities"))
                    .isEqualTo("t");
            assertThat(fixture.run("delete-metrics", Map.of())).isEqualTo(171);
            assertThat(fixture.session().value("SELECT max(value) FROM metrics"))
                    .isEqualTo("29");
            assertThat(fixture.run("delete-metrics", Map.of("metrics_days", 10L)))
                    .isEqualTo(20);
            assertThat(fixture.run("delete-activities", Map.of("activities_days", 0L)))
                    .isEqualTo(89);
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void archivesClosedSessionsAndDeletesExpiredOnes(int major) throws SQLException {
        try (Fixture fixture = Fixture.create(major)) {
            assertThat(fixture.run("archive-sessions", Map.of())).isEqualTo(14);
            assertThat(fixture.session()
                            .column("SELECT status || count(*) FROM sessions WHERE user_id IS NULL"
                                    + " GROUP BY status ORDER BY status"))
                    .containsExactly("active20", "archived14", "closed6");
            assertThat(fixture.session()
                            .value("SELECT count(*) FROM sessions WHERE updated_at > now() - interval '1 h'"
                                    + " AND status = 'archived' AND user_id IS NULL"))
                    .isEqualTo("14");
            assertThat(fixture.run("delete-expired-sessions", Map.of())).isEqualTo(10);
            assertThat(fixture.session().value("SELECT cleanup_expired_sessions()"))
                    .as("nothing is left for the function that does the same")
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void batchesEndAndTakeTheOldestFirst(int major) throws SQLException {
        try (Fixture fixture = Fixture.create(major)) {
            Map<String, Long> fifty = Map.of("batch", 50L);
            assertThat(fixture.run("delete-activities", fifty)).isEqualTo(50);
            assertThat(fixture.session().value("SELECT extract(day FROM max(now() - created_at)) FROM activities"))
                    .isEqualTo("150");
            assertThat(fixture.run("delete-activities", fifty)).isEqualTo(50);
            assertThat(fixture.run("delete-activities", fifty)).isEqualTo(11);
            assertThat(fixture.run("delete-activities", fifty)).isZero();
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void skipsRowsThatSomebodyElseHolds(int major) throws SQLException {
        try (Fixture fixture = Fixture.create(major);
                Connection other = fixture.database().superuser();
                Statement holder = other.createStatement()) {
            other.setAutoCommit(false);
            holder.execute("SELECT 1 FROM activities ORDER BY created_at LIMIT 3 FOR UPDATE");
            holder.execute("SELECT 1 FROM sessions WHERE status = 'closed' ORDER BY updated_at LIMIT 2 FOR UPDATE");
            fixture.session().execute("SET lock_timeout = '1s'");
            assertThat(fixture.run("delete-activities", Map.of())).isEqualTo(108);
            assertThat(fixture.run("archive-sessions", Map.of())).isEqualTo(12);
            other.rollback();
            assertThat(fixture.run("delete-activities", Map.of())).isEqualTo(3);
            assertThat(fixture.run("archive-sessions", Map.of())).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @FieldSource(MAJORS)
    void rebuildsAndAnalysesTheNamedTables(int major) throws SQLException {
        try (Fixture fixture = Fixture.create(major)) {
            String indexes = "SELECT string_agg(pg_relation_filenode(indexrelid)::text, ',' ORDER BY indexrelid)"
                    + " FROM pg_index WHERE indrelid IN ('memories'::regclass, 'activities'::regclass)";
            String before = fixture.session().value(indexes);
            List<String> catalog = fixture.session().catalog();
            for (String task : List.of(
                    "reindex-memories",
                    "reindex-activities",
                    "analyze-agents",
                    "analyze-sessions",
                    "analyze-memories")) {
                fixture.run(task, Map.of());
            }
            assertThat(fixture.session().value(indexes)).doesNotContain(before.split(","));
            assertThat(fixture.session().catalog()).isEqualTo(catalog);
            assertThat(fixture.session().column("SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public'"))
                    .contains("agents", "sessions");
            assertThat(fixture.session()
                            .column("SELECT relname FROM pg_stat_user_tables WHERE last_analyze IS NOT NULL"
                                    + " ORDER BY relname"))
                    .containsExactly("agents", "memories", "sessions");
        }
    }
}
