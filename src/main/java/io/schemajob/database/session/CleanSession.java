package io.schemajob.database.session;

import io.schemajob.database.connect.SessionSettings;
import io.schemajob.database.query.Identifiers;
import io.schemajob.database.query.RowSecurity;
import io.schemajob.database.query.SimpleQuery;
import io.schemajob.database.watch.SessionWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * The session in which every script, check and task begins, as messages for the server: what a session can carry is
 * dropped, and then the run's own settings are made. {@code DISCARD ALL} does the first half, but not in a transaction,
 * and the script's history row belongs in the script's transaction.
 *
 * <p>No statement undoes everything: a custom parameter that was set once stays known, with an empty value, and what is
 * stored with {@code ALTER ROLE … SET} counts for new sessions only. After a script that may do such things
 * ({@link SessionTraces}) the next one gets a session of its own (docs/decisions/0022).
 */
final class CleanSession {
    /** {@code client_connection_check_interval} and {@code idle_session_timeout} came with this version. */
    private static final int CHECK_INTERVAL_SINCE = 14;

    private static final int TRANSACTION_TIMEOUT_SINCE = 17;

    /** Deferred triggers fire under the script's own settings, as they would at its COMMIT. */
    private static final String FIRE = "SET CONSTRAINTS ALL IMMEDIATE;\n";

    private static final String FORGET =
            """
            CLOSE ALL;
            SET SESSION AUTHORIZATION DEFAULT;
            RESET ROLE;
            RESET ALL;
            UNLISTEN *;
            DISCARD SEQUENCES;
            DISCARD TEMP;
            """;

    /** What {@code DISCARD ALL} does, but for advisory locks. */
    private static final String DISCARD =
            FORGET + """
            DEALLOCATE ALL;
            DISCARD PLANS;
            """;

    /**
     * What {@code DISCARD ALL} does between two runs, where no script was: what the driver has prepared for our own queries stays, as it is worth
     * more than the rest of a run that has nothing to do.
     */
    static final String FOR_ANOTHER_RUN =
            FORGET + """
            SELECT pg_catalog.pg_advisory_unlock_all();
            """;

    /**
     * {@code random()} of a new session cannot be foretold; after a script's {@code setseed()} it can. The server takes
     * its seed from the clock, so that the message is the same after every script.
     */
    private static final String SEED =
            "pg_catalog.setseed(pg_catalog.hashtext(pg_catalog.clock_timestamp()::text) OPERATOR(pg_catalog./) 2147483648.0), ";

    /** Refuses where the script made its transaction read-only; otherwise does nothing. */
    private static final String REQUIRE_WRITABLE = "pg_catalog.set_config('transaction_read_only', 'off', true), ";

    /** By this number the run can ask what became of its COMMIT. */
    private static final String TRANSACTION = "pg_catalog.pg_current_xact_id()::text, ";

    private final SessionSettings settings;
    private final String applicationName;
    private final int major;

    /** The settings for a script, as calls in a SELECT: sent after each, made once. */
    private final String forScripts;

    /**
     * @param applicationName as the session was opened with
     * @param major version of the server
     */
    CleanSession(SessionSettings settings, String applicationName, int major) {
        this.settings = settings;
        this.applicationName = applicationName;
        this.major = major;
        this.forScripts = ownSettings(settings.statementTimeout(), false);
    }

    /**
     * For a session that was opened just now, perhaps by a pooler long ago; its value is {@link SessionWatch#SELF}.
     *
     * @param everyRow whether row security must hide nothing
     */
    String atFirst(Duration statementTimeout, boolean everyRow) {
        return "RESET ALL;\nSELECT " + SessionWatch.SELF + ", " + ownSettings(statementTimeout, everyRow);
    }

    /**
     * For a session that a script has used, in its transaction if that is open; refuses where the script made it
     * read-only.
     *
     * @param sharedLocks kept by the session; in between, the transaction of this message holds it
     */
    String afterScript(List<Long> sharedLocks, boolean inTransaction) {
        return FIRE + afterDryRun(sharedLocks, inTransaction);
    }

    /** The same where the transaction goes on with another script; deferred triggers have been fired one by one. */
    String afterDryRun(List<Long> sharedLocks, boolean inTransaction) {
        return DISCARD
                + "SELECT " + calls("pg_catalog.pg_advisory_xact_lock_shared(", sharedLocks)
                + ";\nSELECT pg_catalog.pg_advisory_unlock_all(), "
                + calls("pg_catalog.pg_advisory_lock_shared(", sharedLocks)
                + ";\n"
                + "SELECT " + TRANSACTION
                + (inTransaction ? REQUIRE_WRITABLE : "")
                + forScripts;
    }

    /** Without a formatter, which costs more than the rest: this is sent after every script. */
    private static String calls(String function, List<Long> keys) {
        return keys.stream().map(key -> function + key + ")").collect(Collectors.joining(", "));
    }

    /** For a session that holds no lock, in a read-only transaction. */
    String afterCheck() {
        return DISCARD + "SELECT pg_catalog.pg_advisory_unlock_all();\nSELECT " + ownSettings(Duration.ZERO, true);
    }

    /** Text of the run must not be sent in an encoding that a script has chosen: it may have no such characters. */
    static void requireUtf8(Connection session) throws SQLException {
        if (!utf8(session)) {
            SimpleQuery.run(session, "RESET client_encoding");
        }
    }

    /** What the server takes it for: the driver sends UTF-8 in place of an encoding that it does not know (WIN1252). */
    private static boolean utf8(Connection session) throws SQLException {
        return "UTF8".equals(session.unwrap(PGConnection.class).getParameterStatus("client_encoding"));
    }

    private String ownSettings(Duration statementTimeout, boolean everyRow) {
        Map<String, String> values = new LinkedHashMap<>();
        if (settings.ownerRole() != null) {
            values.put("role", settings.ownerRole());
        }
        // A pooler's session may have been opened with others; the driver needs these.
        values.put("client_encoding", "UTF8");
        values.put("datestyle", "ISO");
        values.put("application_name", applicationName);
        // Flyway's history has timestamps without a zone: they must not depend on where the job runs.
        values.put("timezone", "UTC");
        values.put("lock_timeout", settings.lockTimeout().toMillis() + "ms");
        values.put("statement_timeout", statementTimeout.toMillis() + "ms");
        if (everyRow) {
            values.put(RowSecurity.SETTING, "off");
            // Nobody prints what the server says here, and the driver would keep it all.
            values.put("client_min_messages", "error");
        }
        values.put("idle_in_transaction_session_timeout", "0");
        values.put("tcp_keepalives_idle", "10");
        values.put("tcp_keepalives_interval", "5");
        values.put("tcp_keepalives_count", "3");
        if (major >= CHECK_INTERVAL_SINCE) {
            values.put("client_connection_check_interval", "1s");
            values.put("idle_session_timeout", "0");
        }
        if (major >= TRANSACTION_TIMEOUT_SINCE) {
            values.put("transaction_timeout", "0");
        }
        return values.entrySet().stream()
                .map(value -> "pg_catalog.set_config('%s', %s, false)"
                        .formatted(value.getKey(), Identifiers.literal(value.getValue())))
                .collect(Collectors.joining(", ", SEED, ", " + searchPath()));
    }

    /** The run's schema first, then what database, role and connection say. */
    private String searchPath() {
        return "pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', %s, "
                        .formatted(Identifiers.literal(Identifiers.quote(settings.schema())))
                + "nullif(pg_catalog.current_setting('search_path'), '')), false)";
    }
}
