package io.schemajob.database.libpq;

import static io.schemajob.database.libpq.LibpqParameter.harmless;
import static io.schemajob.database.libpq.LibpqParameter.honoured;
import static io.schemajob.database.libpq.LibpqParameter.refused;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every parameter and variable of libpq 18 and what the job does with it: the only list of them. */
public final class LibpqParameters {
    private static final String ONLY_GSS =
            "only counts with GSSAPI, which is refused by name when a server asks for it";
    private static final String OAUTH = "the driver has no OAuth login; use a password, a certificate or Vault";
    private static final String SCRAM = "the driver has no login by SCRAM keys; use the password";

    /** All of them, in the order of libpq's documentation. */
    public static final List<LibpqParameter> ALL = List.of(
            honoured("host", "PGHOST", "TCP hosts, several separated by commas; Unix sockets are refused"),
            honoured(
                    "hostaddr",
                    "PGHOSTADDR",
                    "the addresses to connect to; `host` is then only the name that TLS checks"),
            honoured("port", "PGPORT", "one for all hosts, or one each"),
            honoured("dbname", "PGDATABASE", "the user's name unless set"),
            honoured("user", "PGUSER", "must be set: in a container the name of the system's user means nothing"),
            honoured("password", "PGPASSWORD", "for all hosts"),
            honoured(
                    "passfile",
                    "PGPASSFILE",
                    "`~/.pgpass` unless set; a line for each host; ignored with a warning unless its mode is 0600 or, of root, 0440"),
            honoured("require_auth", "PGREQUIREAUTH", "the methods of login that are allowed"),
            honoured("channel_binding", "PGCHANNELBINDING", "`disable`, `prefer`, `require`"),
            honoured(
                    "connect_timeout",
                    "PGCONNECT_TIMEOUT",
                    "seconds for one try at one address; `SCHEMAJOB_CONNECT_TIMEOUT` limits all tries"),
            refused("client_encoding", "PGCLIENTENCODING", "the job speaks UTF-8; the server converts")
                    .except("utf8", "utf-8", "unicode", "auto"),
            honoured("options", "PGOPTIONS", "settings of the session; what the job sets itself is refused by name"),
            honoured("application_name", "PGAPPNAME", "in place of `schemajob/BUNDLE HOSTNAME`"),
            honoured("fallback_application_name", null, "where no `application_name` is set"),
            refused("keepalives", null, "the job must detect a dead server").except("1"),
            honoured("keepalives_idle", null, "seconds"),
            honoured("keepalives_interval", null, "seconds"),
            honoured("keepalives_count", null, "lost probes"),
            refused("tcp_user_timeout", null, "Java cannot set it; use the `keepalives_…` parameters")
                    .except("0"),
            refused("replication", null, "the job runs SQL").except("0", "off", "false", "no"),
            refused("gssencmode", "PGGSSENCMODE", "the driver has no GSSAPI encryption; use TLS")
                    .except("disable", "prefer"),
            honoured("sslmode", "PGSSLMODE", "`prefer` unless set; with `sslrootcert=system` it is `verify-full`"),
            honoured("requiressl", "PGREQUIRESSL", "`1` is `sslmode=require`, anything else `prefer`"),
            honoured("sslnegotiation", "PGSSLNEGOTIATION", "`postgres` or, with PostgreSQL 17 and newer, `direct`"),
            harmless("sslcompression", "PGSSLCOMPRESSION", "TLS of today has no compression"),
            honoured("sslcert", "PGSSLCERT", "PEM; `~/.postgresql/postgresql.crt` unless set"),
            honoured(
                    "sslkey",
                    "PGSSLKEY",
                    "PEM or DER, of libpq's file mode; `~/.postgresql/postgresql.key` unless set"),
            honoured("sslpassword", null, "of the key"),
            honoured("sslcertmode", "PGSSLCERTMODE", "`disable`, `allow`, `require`"),
            honoured(
                    "sslrootcert",
                    "PGSSLROOTCERT",
                    "PEM or `system`; `~/.postgresql/root.crt` unless set; if it exists, every `sslmode` checks it"),
            honoured("sslcrl", "PGSSLCRL", "PEM or DER; `~/.postgresql/root.crl` unless set"),
            refused("sslcrldir", "PGSSLCRLDIR", "put the lists into one file and name it with `sslcrl`"),
            honoured("sslsni", "PGSSLSNI", "`0` sends no server name"),
            harmless("requirepeer", "PGREQUIREPEER", "only counts with Unix sockets"),
            honoured("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION", "TLS 1.2 and 1.3 are supported"),
            honoured("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION", "TLS 1.2 and 1.3 are supported"),
            refused("min_protocol_version", "PGMINPROTOCOLVERSION", "the driver speaks protocol 3.0")
                    .except("3.0"),
            harmless("max_protocol_version", "PGMAXPROTOCOLVERSION", "the driver speaks protocol 3.0, the lowest"),
            harmless("krbsrvname", "PGKRBSRVNAME", ONLY_GSS),
            harmless("gsslib", "PGGSSLIB", ONLY_GSS),
            harmless("gssdelegation", "PGGSSDELEGATION", ONLY_GSS),
            refused("scram_client_key", null, SCRAM),
            refused("scram_server_key", null, SCRAM),
            honoured("service", "PGSERVICE", "a section of the service file"),
            honoured("servicefile", "PGSERVICEFILE", "`~/.pg_service.conf` unless set, then that of `PGSYSCONFDIR`"),
            honoured(
                    "target_session_attrs",
                    "PGTARGETSESSIONATTRS",
                    "unset with several hosts: `read-write`; `any` is the first that answers"),
            honoured("load_balance_hosts", "PGLOADBALANCEHOSTS", "`disable`, `random`"),
            refused("oauth_issuer", null, OAUTH),
            refused("oauth_client_id", null, OAUTH),
            refused("oauth_client_secret", null, OAUTH),
            refused("oauth_scope", null, OAUTH),
            refused("sslkeylogfile", null, "the keys of a session are secrets, which the job writes nowhere"),
            honoured(null, "PGSYSCONFDIR", "the folder of `pg_service.conf`"),
            harmless(null, "PGLOCALEDIR", "translations of libpq's own messages"),
            refused(null, "PGDATESTYLE", "scripts run with DateStyle ISO; write SET datestyle into the script")
                    .except("iso"),
            refused(null, "PGTZ", "scripts run in UTC; write SET timezone into the script")
                    .except("utc", "etc/utc", "gmt", "z"),
            harmless(null, "PGGEQO", "changes plans, never results"));

    static final Map<String, LibpqParameter> BY_KEYWORD = by(LibpqParameter::keyword);
    static final Map<String, LibpqParameter> BY_VARIABLE = by(LibpqParameter::variable);

    private LibpqParameters() {}

    /** The variable of a parameter; null where there is none. */
    public static String variable(String keyword) {
        return BY_KEYWORD.get(keyword).variable();
    }

    private static Map<String, LibpqParameter> by(Function<LibpqParameter, String> name) {
        return ALL.stream()
                .filter(parameter -> name.apply(parameter) != null)
                .collect(Collectors.toMap(name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }
}
