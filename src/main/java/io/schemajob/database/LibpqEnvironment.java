package io.schemajob.database;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variables that {@code psql} reads: {@code PGHOST}, {@code PGPORT}, {@code PGDATABASE} … */
public final class LibpqEnvironment {
    private static final Map<String, String> VARIABLES = Map.of(
            "PGHOST", "host",
            "PGPORT", "port",
            "PGDATABASE", "dbname",
            "PGUSER", "user",
            "PGPASSWORD", "password",
            "PGSSLMODE", "sslmode",
            "PGSSLROOTCERT", "sslrootcert");

    private LibpqEnvironment() {}

    /** Whether there is enough to try: libpq would fall back to a Unix socket, which Java cannot use. */
    public static boolean present(Map<String, String> environment) {
        return !environment.getOrDefault("PGHOST", "").isEmpty();
    }

    /**
     * {@code PGSSLMODE} and {@code PGSSLROOTCERT} as libpq's parameters: manifests ask for TLS with them, wherever the
     * credentials come from.
     */
    public static Map<String, String> tls(Map<String, String> environment) {
        Map<String, String> parameters = new HashMap<>();
        for (String variable : List.of("PGSSLMODE", "PGSSLROOTCERT")) {
            parameters.put(VARIABLES.get(variable), environment.getOrDefault(variable, ""));
        }
        return parameters;
    }

    public static ConnectionSettings read(Map<String, String> environment) {
        Map<String, String> parameters = new HashMap<>();
        VARIABLES.forEach((variable, name) -> {
            String value = environment.get(variable);
            if (value != null) {
                parameters.put(name, value);
            }
        });
        ConnectionSettings settings = new LibpqSettings("the PG* variables", parameters).toConnectionSettings();
        return settings.password() == null ? withPasswordFile(settings, environment.get("PGPASSFILE")) : settings;
    }

    private static ConnectionSettings withPasswordFile(ConnectionSettings settings, String file) {
        if (file == null || file.isEmpty()) {
            return settings;
        }
        HostPort first = settings.hosts().get(0);
        String password = PasswordFile.password(file, first, settings.database(), settings.user());
        return new ConnectionSettings(
                settings.source(),
                settings.hosts(),
                settings.database(),
                settings.user(),
                password,
                settings.sslMode(),
                settings.sslRootCert());
    }
}
