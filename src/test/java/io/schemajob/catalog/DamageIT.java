package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each single damage to a schema is found, named exactly, and nothing else is: on the versions of {@link io.schemajob.testing.Matrix}. */
class DamageIT {
    private static final Map<Integer, Postgres.Database> DATABASES = new TreeMap<>();
    private static Schema declared;

    @BeforeAll
    static void create() throws Exception {
        for (int major : Postgres.MAJORS) {
            DATABASES.put(major, RichSchema.create(major));
            Postgres.version(major).role("stranger");
        }
        declared = SchemaYaml.read(new TextFile("schema.yaml", RichSchema.snapshot(DATABASES.get(14))));
    }

    /**
     * A damage done by a superuser, and the one finding it must give.
     *
     * @param sql what somebody did
     * @param object that is named
     * @param aspect of it
     * @param found what is shown as found; null if that is long
     */
    record Damage(String sql, String object, String aspect, String found) {}

    private static final List<Damage> DAMAGES = List.of(
            new Damage("ALTER TABLE events DROP COLUMN payload", "column events.payload", "existence", "missing"),
            new Damage("ALTER TABLE accounts DROP COLUMN token", "column accounts.token", "existence", "missing"),
            new Damage("ALTER TABLE levels ALTER note TYPE varchar(99)", "column levels.note", "type", "varchar(99)"),
            new Damage("ALTER TABLE levels ALTER rank TYPE bigint", "column levels.rank", "type", "bigint"),
            new Damage("ALTER TABLE accounts ALTER tags DROP NOT NULL", "column accounts.tags", "nullability", "null"),
            new Damage(
                    "ALTER TABLE accounts ALTER born SET NOT NULL", "column accounts.born", "nullability", "not null"),
            new Damage(
                    "ALTER TABLE accounts ALTER settings DROP DEFAULT", "column accounts.settings", "default", "none"),
            new Damage("ALTER TABLE accounts ALTER flag SET DEFAULT false", "column accounts.flag", "default", "false"),
            new Damage("ALTER TABLE levels ALTER note SET DEFAULT 'x'", "column levels.note", "default", "'x'::text"),
            new Damage("ALTER TABLE orders ALTER number DROP IDENTITY", "column orders.number", "identity", "none"),
            new Damage(
                    "ALTER TABLE accounts ALTER twice DROP EXPRESSION", "column accounts.twice", "generation", "none"),
            new Damage(
                    "ALTER TABLE levels DROP CONSTRAINT levels_pkey", "primary key of levels", "existence", "missing"),
            new Damage(
                    "ALTER TABLE levels DROP CONSTRAINT levels_pkey, ADD PRIMARY KEY (rank)",
                    "primary key of levels",
                    "definition",
                    "(rank)"),
            new Damage("DROP INDEX accounts_plain", "index accounts_plain on accounts", "existence", "missing"),
            new Damage(
                    "DROP INDEX accounts_plain; CREATE INDEX accounts_plain ON accounts (kind)",
                    "index accounts_plain on accounts",
                    "definition",
                    "btree (kind)"),
            new Damage(
                    "DROP INDEX accounts_plain; CREATE INDEX accounts_plain ON accounts (status DESC)",
                    "index accounts_plain on accounts",
                    "definition",
                    "btree (status desc)"),
            new Damage(
                    "DROP INDEX accounts_plain; CREATE INDEX accounts_plain ON accounts USING hash (status)",
                    "index accounts_plain on accounts",
                    "definition",
                    "hash (status)"),
            new Damage(
                    "DROP INDEX accounts_mail; CREATE UNIQUE INDEX accounts_mail ON accounts (lower(mail)) WHERE flag",
                    "index accounts_mail on accounts",
                    "definition",
                    null),
            new Damage(
                    "DROP INDEX orders_words;"
                            + " CREATE INDEX orders_words ON orders USING gin (to_tsvector('simple', coalesce(body, '')))",
                    "index orders_words on orders",
                    "definition",
                    null),
            new Damage(
                    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'accounts_plain'::regclass",
                    "index accounts_plain on accounts",
                    "state",
                    "invalid"),
            new Damage(
                    "UPDATE pg_index SET indisready = false WHERE indexrelid = 'accounts_plain'::regclass",
                    "index accounts_plain on accounts",
                    "state",
                    "invalid"),
            new Damage("DELETE FROM levels WHERE code = 'high'", "row of levels", "existence", "missing"),
            new Damage("UPDATE levels SET note = '' WHERE code = 'low'", "row of levels", "existence", "missing"),
            new Damage("DROP VIEW grouped", "view grouped", "existence", "missing"),
            new Damage(
                    "CREATE OR REPLACE VIEW grouped AS SELECT kind, sum(balance) AS total FROM accounts GROUP BY kind"
                            + " HAVING sum(balance) > 11",
                    "view grouped",
                    "definition",
                    null),
            new Damage("ALTER VIEW open_accounts RESET (security_barrier)", "view open_accounts", "options", "{}"),
            new Damage("DROP MATERIALIZED VIEW totals", "materialized view totals", "existence", "missing"),
            new Damage("DROP FUNCTION half(numeric)", "function half(numeric)", "existence", "missing"),
            new Damage(
                    "CREATE OR REPLACE FUNCTION add_up(a int, b integer DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE"
                            + " STRICT PARALLEL SAFE AS 'SELECT a - b'",
                    "function add_up(integer, integer)",
                    "body",
                    "line 1: SELECT a - b"),
            new Damage(
                    "CREATE OR REPLACE FUNCTION half(x numeric) RETURNS numeric LANGUAGE sql IMMUTABLE RETURN x / 3",
                    "function half(numeric)",
                    "body",
                    null),
            new Damage("ALTER FUNCTION half(numeric) VOLATILE", "function half(numeric)", "volatility", "volatile"),
            new Damage(
                    "ALTER PROCEDURE nothing(int) SECURITY INVOKER",
                    "procedure nothing(integer)",
                    "security",
                    "invoker"),
            new Damage(
                    "DROP TRIGGER accounts_touch ON accounts",
                    "trigger accounts_touch on accounts",
                    "existence",
                    "missing"),
            new Damage(
                    "ALTER TABLE accounts DISABLE TRIGGER accounts_touch",
                    "trigger accounts_touch on accounts",
                    "definition",
                    null),
            new Damage(
                    "ALTER TABLE accounts DROP CONSTRAINT kind_known",
                    "check kind_known on accounts",
                    "existence",
                    "missing"),
            new Damage(
                    "ALTER TABLE accounts DROP CONSTRAINT kind_known,"
                            + " ADD CONSTRAINT kind_known CHECK (kind IN ('a', 'b', 'c'))",
                    "check kind_known on accounts",
                    "definition",
                    null),
            new Damage(
                    "ALTER TABLE accounts DROP CONSTRAINT kind_known,"
                            + " ADD CONSTRAINT kind_known CHECK (kind IN ('a', 'b')) NOT VALID",
                    "check kind_known on accounts",
                    "definition",
                    null),
            new Damage(
                    "ALTER TABLE orders DROP CONSTRAINT orders_account_id_fkey",
                    "foreign key orders_account_id_fkey on orders",
                    "existence",
                    "missing"),
            new Damage(
                    "ALTER TABLE orders DROP CONSTRAINT orders_account_id_fkey, ADD CONSTRAINT orders_account_id_fkey"
                            + " FOREIGN KEY (account_id) REFERENCES accounts (id) ON UPDATE RESTRICT",
                    "foreign key orders_account_id_fkey on orders",
                    "definition",
                    null),
            new Damage(
                    "ALTER TABLE accounts DROP CONSTRAINT accounts_pair",
                    "unique constraint accounts_pair on accounts",
                    "existence",
                    "missing"),
            new Damage(
                    "ALTER TABLE orders DROP CONSTRAINT no_overlap",
                    "exclusion constraint no_overlap on orders",
                    "existence",
                    "missing"),
            new Damage("DROP TABLE scratch", "table scratch", "existence", "missing"),
            new Damage("ALTER TABLE scratch SET LOGGED", "table scratch", "persistence", "logged"),
            new Damage("ALTER TABLE orders DISABLE ROW LEVEL SECURITY", "table orders", "row security", "off"),
            new Damage(
                    "ALTER TABLE events DETACH PARTITION events_rest; DROP TRIGGER IF EXISTS events_noted ON events_rest;"
                            + " ALTER TABLE events_rest DROP CONSTRAINT events_rest_pkey, DROP CONSTRAINT payload_there;"
                            + " DROP INDEX events_rest_payload_idx; ALTER TABLE events_rest ALTER id SET NOT NULL, ALTER at SET NOT NULL",
                    "table events_rest",
                    "partition",
                    "none"),
            new Damage(
                    "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'; ALTER TABLE accounts ALTER feeling SET DEFAULT"
                            + " 'blue'; ALTER TYPE mood RENAME VALUE 'blue' TO 'sad'; ALTER TYPE mood ADD VALUE 'new' BEFORE 'Happy'",
                    "enum mood",
                    "values",
                    "sad, it's ok, new, Happy"),
            new Damage(
                    "ALTER DOMAIN email DROP CONSTRAINT email_form",
                    "check email_form on domain email",
                    "existence",
                    "missing"),
            new Damage("ALTER SEQUENCE ticket_seq NO CYCLE", "sequence ticket_seq", "cycle", "false"),
            new Damage("DROP SEQUENCE ticket_seq", "sequence ticket_seq", "existence", "missing"),
            new Damage("ALTER TABLE levels OWNER TO stranger", "table levels", "owner", "stranger"),
            new Damage("ALTER VIEW grouped OWNER TO stranger", "view grouped", "owner", "stranger"),
            new Damage("ALTER SEQUENCE ticket_seq OWNER TO stranger", "sequence ticket_seq", "owner", "stranger"),
            new Damage("ALTER FUNCTION half(numeric) OWNER TO stranger", "function half(numeric)", "owner", "stranger"),
            new Damage("CREATE TABLE extra (n int)", "table extra", "existence", "1 columns"),
            new Damage("ALTER TABLE levels ADD extra text", "column levels.extra", "existence", "text"),
            new Damage("CREATE INDEX extra ON levels (rank)", "index extra on levels", "existence", "btree (rank)"));

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Matrix#MAJORS")
    void isFoundAndNamed(int major) throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        try (Connection connection = DATABASES.get(major).planningOnce()) {
            connection.setAutoCommit(false);
            Together.each(DAMAGES, softly, (damages, found) -> {
                List<Difference> differences =
                        after(connection, DATABASES.get(major).user(), damages);
                found.assertThat(differences)
                        .as(damages.toString())
                        .hasSameSizeAs(damages)
                        .allMatch(Difference::isDrift);
                for (Damage damage : damages) {
                    found.assertThat(differences)
                            .as(damage.sql())
                            .filteredOn(
                                    difference -> difference.object().toString().equals(damage.object()))
                            .filteredOn(difference -> difference.aspect().equals(damage.aspect()))
                            .singleElement()
                            .matches(difference ->
                                    damage.found() == null || damage.found().equals(difference.found()));
                }
            });
        }
        softly.assertAll();
    }

    /** Damages are done and verified in one transaction that is rolled back, as a dry run does. */
    private static List<Difference> after(Connection connection, String owner, List<Damage> damages)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = public");
            for (Damage damage : damages) {
                statement.execute(damage.sql());
            }
            // After ALTER DOMAIN … DROP CONSTRAINT no savepoint that makes something works before the next write:
            // "cannot start a subtransaction when there are unprocessed inval messages".
            statement.execute("CREATE TEMPORARY TABLE written ()");
            VerificationRequest request = new VerificationRequest(
                    "public", "flyway_schema_history", declared, List.of(), new DiffOptions(true, owner));
            return Verifier.verify(connection, request).differences();
        } finally {
            connection.rollback();
        }
    }

    @AfterAll
    static void nothingWasReallyDamaged() throws Exception {
        for (Postgres.Database database : DATABASES.values()) {
            assertThat(RichSchema.verify(database, declared).differences()).isEmpty();
        }
    }
}
