package io.schemajob.database.libpq;

import io.schemajob.report.text.Similar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Parameters that other drivers read from the same URLs. libpq refuses them, and so does the job: each says something
 * that its author relies on.
 */
final class OtherDrivers {
    /** They name the schema that an application works in. */
    private static final Set<String> SCHEMA = Set.of("schema", "currentschema", "search_path", "schema_search_path");

    private static final Map<String, List<String>> BY_DRIVER = Map.of(
            "Prisma",
            List.of(
                    "connection_limit",
                    "pool_timeout",
                    "pgbouncer",
                    "socket_timeout",
                    "statement_cache_size",
                    "sslidentity",
                    "single_use_connections"),
            "pgjdbc",
            List.of(
                    "prepareThreshold",
                    "ApplicationName",
                    "loginTimeout",
                    "connectTimeout",
                    "socketTimeout",
                    "tcpKeepAlive",
                    "reWriteBatchedInserts",
                    "stringtype",
                    "targetServerType",
                    "loadBalanceHosts",
                    "sslfactory",
                    "sslfactoryarg",
                    "sslhostnameverifier",
                    "defaultRowFetchSize",
                    "binaryTransfer",
                    "autosave",
                    "preferQueryMode",
                    "readOnly",
                    "gssEncMode",
                    "channelBinding",
                    "sslNegotiation",
                    "hostRecheckSeconds"),
            "pgx",
            List.of(
                    "pool_max_conns",
                    "pool_min_conns",
                    "pool_max_conn_lifetime",
                    "pool_max_conn_idle_time",
                    "pool_health_check_period",
                    "pool_max_conn_lifetime_jitter",
                    "statement_cache_capacity",
                    "description_cache_capacity",
                    "default_query_exec_mode",
                    "statement_cache_mode",
                    "pool_min_idle_conns",
                    "min_read_buffer_size",
                    "krbspn"),
            "lib/pq",
            List.of("binary_parameters", "disable_prepared_binary_result", "sslinline"),
            "asyncpg",
            List.of(
                    "command_timeout",
                    "timeout",
                    "server_settings",
                    "prepared_statement_cache_size",
                    "max_cached_statement_lifetime"),
            "Rails",
            List.of(
                    "pool",
                    "prepared_statements",
                    "encoding",
                    "adapter",
                    "reaping_frequency",
                    "checkout_timeout",
                    "idle_timeout",
                    "advisory_locks",
                    "variables",
                    "min_messages",
                    "statement_limit"),
            "SQLAlchemy",
            List.of("pool_size", "max_overflow", "pool_recycle", "pool_pre_ping", "async_fallback"),
            "node-postgres",
            List.of(
                    "statement_timeout",
                    "query_timeout",
                    "lock_timeout",
                    "idle_in_transaction_session_timeout",
                    "uselibpqcompat",
                    "connectionTimeoutMillis",
                    "idleTimeoutMillis",
                    "max"));

    private static final Map<String, String> DRIVERS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private static final Map<String, String> INSTEAD = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        BY_DRIVER.forEach((driver, names) -> names.forEach(name -> DRIVERS.put(name, driver)));
        INSTEAD.putAll(Map.of(
                "sslaccept", "Prisma's; strict is sslmode=verify-full, accept_invalid_certs is sslmode=require",
                "sslfactory",
                        "pgjdbc's; NonValidatingFactory is sslmode=require, DefaultJavaSSLFactory is sslrootcert=system",
                "targetServerType", "pgjdbc's; write target_session_attrs",
                "loadBalanceHosts", "pgjdbc's; write load_balance_hosts",
                "ApplicationName", "pgjdbc's; write application_name",
                "statement_timeout", "node-postgres's; set SCHEMAJOB_STATEMENT_TIMEOUT",
                "lock_timeout", "node-postgres's; set SCHEMAJOB_LOCK_TIMEOUT",
                "server_settings", "asyncpg's; write options=-cNAME%3DVALUE",
                "encoding", "Rails's; the job speaks UTF-8"));
        INSTEAD.put("timezone", "a setting of the session; scripts run in UTC");
        INSTEAD.put("connectTimeout", "pgjdbc's; write connect_timeout");
    }

    private OtherDrivers() {}

    /** Whether a parameter names the schema to work in. */
    static boolean namesSchema(String name) {
        return SCHEMA.contains(name.toLowerCase(Locale.ROOT));
    }

    /** What a parameter is that libpq does not know; a half sentence. */
    static String explain(String name) {
        if (INSTEAD.containsKey(name)) {
            return INSTEAD.get(name);
        }
        if (DRIVERS.containsKey(name)) {
            return DRIVERS.get(name) + "'s; the job has no use for it: leave it out of the job's URL";
        }
        if (name.toLowerCase(Locale.ROOT).startsWith("x-")) {
            return "golang-migrate's; the job has no use for it: leave it out of the job's URL";
        }
        return Similar.nearest(name, LibpqParameters.BY_KEYWORD.keySet())
                .map(near -> "not known; did you mean " + near + "?")
                .orElse("not known");
    }
}
