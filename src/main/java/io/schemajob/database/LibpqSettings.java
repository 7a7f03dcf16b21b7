package io.schemajob.database;

import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * libpq's connection parameters by their own names ({@code host}, {@code port}, {@code dbname} …), whether they came
 * from a URL or from the environment, checked and turned into {@link ConnectionSettings}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS">libpq parameters</a>
 */
public final class LibpqSettings {
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private final String source;
    private final Map<String, String> parameters;
    private final Map<String, String> defaults;

    public LibpqSettings(String source, Map<String, String> parameters) {
        this(source, parameters, Map.of());
    }

    /** With parameters that count where the source itself says nothing, as libpq's variables do beside a URL. */
    public LibpqSettings(String source, Map<String, String> parameters, Map<String, String> defaults) {
        this.source = source;
        this.parameters = parameters;
        this.defaults = defaults;
    }

    public ConnectionSettings toConnectionSettings() {
        String user = required("user");
        String database = value("dbname", user);
        return new ConnectionSettings(
                source, hosts(), database, user, value("password", null), sslMode(), value("sslrootcert", null));
    }

    private List<HostPort> hosts() {
        String[] names = required("host").split(",", -1);
        String[] ports = value("port", String.valueOf(HostPort.DEFAULT_PORT)).split(",", -1);
        if (ports.length != 1 && ports.length != names.length) {
            throw invalid("%s names %d hosts but %d ports.".formatted(source, names.length, ports.length));
        }
        List<HostPort> hosts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            hosts.add(new HostPort(host(names[i].strip()), port(ports[ports.length == 1 ? 0 : i].strip())));
        }
        return List.copyOf(hosts);
    }

    private String host(String name) {
        if (name.isEmpty()) {
            throw invalid("A host name in " + source + " is empty.");
        }
        if (name.startsWith("/") || name.startsWith("@")) {
            throw invalid("The host in %s is a Unix socket (%s), which Java's driver cannot use; name a TCP host."
                    .formatted(source, name));
        }
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    private int port(String text) {
        if (text.isEmpty()) {
            return HostPort.DEFAULT_PORT;
        }
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for both kinds of mistake.
        }
        throw invalid("The port \"%s\" in %s is not a number from 1 to 65535.".formatted(text, source));
    }

    private String sslMode() {
        String mode = value("sslmode", ConnectionSettings.DEFAULT_SSL_MODE);
        if (!SSL_MODES.contains(mode)) {
            throw invalid("sslmode \"%s\" in %s is none of disable, allow, prefer, require, verify-ca, verify-full."
                    .formatted(mode, source));
        }
        return mode;
    }

    private String required(String name) {
        String value = value(name, null);
        if (value == null) {
            throw invalid("%s does not say the %s.".formatted(source, name));
        }
        return value;
    }

    private String value(String name, String otherwise) {
        String value = parameters.get(name);
        String given = value == null || value.isEmpty() ? defaults.get(name) : value;
        return given == null || given.isEmpty() ? otherwise : given;
    }

    private static SchemajobException invalid(String message) {
        return Failure.of(ExitStatus.CONFIG, message)
                .databaseState("Not contacted.")
                .hint("Correct the connection settings; docs/configuration.md lists them.")
                .asException();
    }
}
