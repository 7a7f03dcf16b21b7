package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.PgVector;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundles that are built in, through the packaged application: up, verified, used, maintained, down. */
class BuiltInBundlesIT {
    private static final int VECTOR_MAJOR = 16;

    /** On every server with pgvector for minion; what other servers differ in is the concern of the bundles' own tests. */
    @ParameterizedTest
    @CsvSource({"agent-executor, 18", "agent-platform, 18", "bindu, 16", "minion, 16", "minion, 18"})
    void upVerifyUsageDownUp(String bundle, int major) throws Exception {
        Postgres.Database database = database(major);
        up(bundle, database);
        List<String> catalog = CatalogText.of(database);
        App.Result usage = App.of("usage", "--bundle", bundle, "--output", "json")
                .database(database)
                .run();
        assertThat(usage.out()).as(usage.text()).contains("\"rows\":0");
        App.Result down = App.of("rollback", "base", "--yes", "--bundle", bundle)
                .database(database)
                .run();
        assertThat(down.exitCode()).as(down.text()).isZero();
        assertThat(Rows.of(
                        database,
                        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                                + " AND relname NOT LIKE 'flyway%' AND relname NOT LIKE 'pg_%'"))
                .isEmpty();
        up(bundle, database);
        assertThat(CatalogText.of(database)).isEqualTo(catalog);
    }

    private static void up(String bundle, Postgres.Database database) {
        App.Result up = App.of("migrate", "--bundle", bundle).database(database).run();
        assertThat(up.exitCode()).as(up.text()).isZero();
        assertThat(up.out()).contains("verified successfully");
    }

    /** 17 has no pgvector; on 16 it is there, but the owner of a database may not create it. */
    @ParameterizedTest
    @ValueSource(ints = {17, VECTOR_MAJOR})
    void withoutPgvectorNothingIsChangedAndTheStatementIsNamed(int major) throws Exception {
        if (major == VECTOR_MAJOR) {
            PgVector.install(major);
        }
        Postgres.Database database = Postgres.version(major).createDatabase();
        List<String> before = CatalogText.of(database);
        App.Result result =
                App.of("migrate", "--bundle", "minion").database(database).run();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitStatus.PREREQUISITE_MISSING.code());
        assertThat(result.err()).containsPattern("next: .*CREATE EXTENSION (IF NOT EXISTS )?\"?vector\"?");
        assertThat(CatalogText.of(database)).isEqualTo(before);
    }

    /** A trigger notes for each transaction how many rows it deleted: none may hold more locks than one batch has rows. */
    @Test
    void maintenanceDeletesExactlyTheExpiredInShortTransactions() throws Exception {
        Postgres.Database database = database(VECTOR_MAJOR);
        assertThat(App.of("migrate", "--bundle", "minion")
                        .database(database)
                        .run()
                        .exitCode())
                .isZero();
        database.execute(
                """
                INSERT INTO agents (name) VALUES ('a');
                INSERT INTO activities (agent_id, action, created_at)
                SELECT a.id, 'chat', now() - make_interval(days => g % 200)
                FROM agents a, generate_series(1, 200000) g;
                CREATE SCHEMA watch;
                CREATE TABLE watch.batches (transaction bigint, deleted bigint);
                CREATE FUNCTION watch.note() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO watch.batches SELECT txid_current(), count(*) FROM gone;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER watch AFTER DELETE ON activities REFERENCING OLD TABLE AS gone
                FOR EACH STATEMENT EXECUTE FUNCTION watch.note();
                """);
        List<List<String>> expired =
                Rows.of(database, "SELECT count(*) FROM activities WHERE created_at < now() - interval '60 days'");
        App.Result result = App.of("maintain", "--bundle", "minion", "--set", "activities_days=60")
                .database(database)
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(Rows.of(database, "SELECT sum(deleted) FROM watch.batches")).isEqualTo(expired);
        assertThat(Rows.of(database, "SELECT count(*) FROM activities WHERE created_at < now() - interval '60 days'"))
                .containsExactly(List.of("0"));
        assertThat(Rows.of(
                        database,
                        "SELECT count(*) + %s FROM activities"
                                .formatted(expired.get(0).get(0))))
                .containsExactly(List.of("200000"));
        assertThat(Rows.of(
                        database,
                        "SELECT transaction FROM watch.batches GROUP BY transaction HAVING sum(deleted) > 5000"))
                .isEmpty();
        assertThat(Rows.of(
                        database, "SELECT last_analyze IS NOT NULL FROM pg_stat_all_tables WHERE relname = 'agents'"))
                .containsExactly(List.of("t"));
    }

    @Test
    void maintenanceRefusesWhatItDoesNotKnow() {
        App.Result setting = App.of("maintain", "--bundle", "minion", "--set", "years=1")
                .env("PGHOST", "localhost")
                .run();
        assertThat(setting.exitCode()).as(setting.text()).isEqualTo(ExitStatus.CONFIG.code());
        App.Result none = App.of("maintain", "--bundle", "bindu")
                .env("PGHOST", "localhost")
                .run();
        assertThat(none.exitCode()).as(none.text()).isEqualTo(ExitStatus.CONFIG.code());
    }

    /** With the extensions that an administrator has to create, as the owner may not. */
    private static Postgres.Database database(int major) {
        PgVector.install(major);
        Postgres.Database database = Postgres.version(major).createDatabase();
        try (var administrator = database.superuser();
                var statement = administrator.createStatement()) {
            statement.execute("CREATE EXTENSION vector; CREATE EXTENSION \"uuid-ossp\"");
            return database;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
