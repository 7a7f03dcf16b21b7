package io.schemajob.database;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which database to log in to, as whom, and how the connection is protected. Names follow libpq.
 *
 * @param source where it came from, for the log: "Vault", "DATABASE_URL" …
 * @param hosts at least one; with several, the first that accepts writes is taken
 * @param sslMode libpq's sslmode
 * @param sslRootCert path of the CA certificates, or null, or {@code system}
 */
public record ConnectionSettings(
        String source,
        List<HostPort> hosts,
        String database,
        String user,
        String password,
        String sslMode,
        String sslRootCert) {

    public static final String DEFAULT_SSL_MODE = "prefer";

    /** The same on another database of the server. */
    public ConnectionSettings withDatabase(String other) {
        return new ConnectionSettings(source, hosts, other, user, password, sslMode, sslRootCert);
    }

    /** The host names alone, comma separated. */
    public String hostNames() {
        return hosts.stream().map(HostPort::host).collect(Collectors.joining(","));
    }

    /** The ports alone, comma separated. */
    public String ports() {
        return hosts.stream().map(host -> String.valueOf(host.port())).collect(Collectors.joining(","));
    }

    /** What may be shown to anybody: no password. */
    public String address() {
        return hosts.stream().map(HostPort::toString).collect(Collectors.joining(",")) + "/" + database;
    }

    /** Keeps the password out of logs that print records. */
    @Override
    public String toString() {
        return user + "@" + address();
    }
}
