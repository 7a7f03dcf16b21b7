package io.schemajob.database.connect;

import io.schemajob.database.tls.TlsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which database to log in to, as whom, and how the connection is protected: everything that libpq's parameters say.
 *
 * @param source where it came from, for the log: "Vault", "DATABASE_URL" …
 * @param hosts at least one
 * @param target which of the hosts are acceptable
 * @param shuffled whether they are tried in random order
 * @param database to connect to
 * @param user to log in as
 * @param tls how the connection is protected
 * @param login which ways of login are allowed
 * @param options for the server's session; null for none
 * @param applicationName in place of our own; null for that
 * @param attemptTimeout for one try at one address; null for ours, zero for none
 * @param parameters libpq's parameters as they count, by their keywords
 */
public record ConnectionSettings(
        String source,
        List<DatabaseHost> hosts,
        TargetSession target,
        boolean shuffled,
        String database,
        String user,
        TlsSettings tls,
        LoginMethods login,
        String options,
        String applicationName,
        Duration attemptTimeout,
        Map<String, String> parameters) {

    /** Whether a server is asked for that no run can change; a single host is the same whatever is preferred. */
    public boolean prefersReadOnly() {
        return switch (target) {
            case READ_ONLY, STANDBY -> true;
            case PREFER_STANDBY -> hosts.size() > 1;
            case ANY, READ_WRITE, PRIMARY -> false;
        };
    }

    /** The host names alone, comma separated. */
    public String hostNames() {
        return hosts.stream().map(DatabaseHost::label).collect(Collectors.joining(","));
    }

    /** The ports alone, comma separated. */
    public String ports() {
        return hosts.stream().map(host -> String.valueOf(host.port())).collect(Collectors.joining(","));
    }

    /** What may be shown to anybody: no password. */
    public String address() {
        return hosts.stream().map(DatabaseHost::toString).collect(Collectors.joining(",")) + "/" + database;
    }

    /** What has to stay secret. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        hosts.forEach(host -> secrets.add(host.password()));
        secrets.add(tls.keyPassword());
        return secrets.stream().filter(Objects::nonNull).distinct().toList();
    }

    /** Keeps the passwords out of logs that print records. */
    @Override
    public String toString() {
        return user + "@" + address();
    }
}
