package io.schemajob.database.libpq;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.report.text.Blanks;
import io.schemajob.report.text.Similar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads a connection as libpq does: what is said explicitly counts first, then the service file, then the variables,
 * then the files in the home folder. Everything is honoured, known to be harmless, or refused by name.
 *
 * @see LibpqParameters
 */
public final class ConnectionReader {
    private static final String VARIABLES = "the PG* variables";

    /** Fields of a secret with these names belong to whoever wrote it; ours have names of their own. */
    private static final Set<String> NOT_IN_SECRETS = Set.of("user", "dbname", "service", "servicefile", "passfile");

    private final Map<String, String> environment;
    private final RunSchema schema;
    private final String database;
    private final Consumer<String> warnings;

    /**
     * @param environment all variables of the process
     * @param schema of the run
     * @param database to connect to in place of what the connection says; null for that
     * @param warnings takes sentences for the log
     */
    public ConnectionReader(
            Map<String, String> environment, RunSchema schema, String database, Consumer<String> warnings) {
        this.environment = environment;
        this.schema = schema;
        this.database = database;
        this.warnings = warnings;
    }

    /** Whether the variables say enough to try: libpq would fall back to a Unix socket, which Java cannot use. */
    public boolean hasVariables() {
        return variable("PGHOST") != null || variable("PGHOSTADDR") != null || variable("PGSERVICE") != null;
    }

    /** The connection that the variables alone name. */
    public ConnectionSettings fromVariables() {
        return read(VARIABLES, new ParameterValues());
    }

    /** The connection that a URL or a string of keywords and values in a variable names. */
    public ConnectionSettings fromText(String variable, String text) {
        boolean keywords = !LibpqUrl.looksLikeOne(text) && text.indexOf('=') > 0;
        Map<String, String> said =
                keywords ? KeywordValues.read(variable, text) : LibpqUrl.read(variable, text, warnings);
        ParameterValues values = new ParameterValues();
        said.forEach((keyword, value) -> put(values, keyword, value, variable));
        return read(variable, values);
    }

    /**
     * The connection that a secret of Vault names.
     *
     * @param own what every secret has to say, by libpq's keywords
     * @param fields all fields of the secret: those with names of libpq's parameters count, others are somebody else's
     */
    public ConnectionSettings fromSecret(Map<String, String> own, Map<String, String> fields) {
        ParameterValues values = new ParameterValues();
        own.forEach((keyword, value) -> put(values, keyword, value, "Vault"));
        fields.forEach((name, value) -> {
            boolean known = LibpqParameters.BY_KEYWORD.containsKey(name) || OtherDrivers.namesSchema(name);
            if (known && !NOT_IN_SECRETS.contains(name) && !value.isEmpty()) {
                put(values, name, value, "Vault");
            }
        });
        return read("Vault", values);
    }

    private ConnectionSettings read(String source, ParameterValues said) {
        ParameterValues values = new ParameterValues();
        if (database != null) {
            values.putIfAbsent("dbname", database, "the target of the fleet");
        }
        said.copyTo(values);
        addService(values);
        addVariables(values);
        warnOfNearMisses(values);
        values.requireHonourable();
        ConnectionFiles files = new ConnectionFiles(home(), warnings);
        ConnectionSettings settings = new LibpqSettings(source, values, files).toConnectionSettings();
        if (settings.options() != null) {
            StartupOptions options = StartupOptions.of(settings.options());
            options.requireNoneOfOurs(values.origin("options"));
            if (options.searchPath() != null) {
                schema.requireFirst(options.searchPath(), settings.user(), values.origin("options"));
            }
        }
        return settings;
    }

    private void put(ParameterValues values, String name, String value, String origin) {
        if (name.equals("requiressl")) {
            values.putIfAbsent("sslmode", KeywordValues.requiredSsl(value), origin);
        } else if (LibpqParameters.BY_KEYWORD.containsKey(name)) {
            values.putIfAbsent(name, value, origin);
        } else if (OtherDrivers.namesSchema(name)) {
            schema.requireSame(name, value, origin);
        } else {
            throw ConfigFailure.of("The parameter \"%s\" in %s is no parameter of libpq: it is %s."
                    .formatted(Blanks.shown(name), origin, OtherDrivers.explain(name)));
        }
    }

    private void addService(ParameterValues values) {
        String service = values.text("service", variable("PGSERVICE"));
        if (service == null) {
            return;
        }
        List<Path> files = new ArrayList<>();
        String explicit = values.text("servicefile", variable("PGSERVICEFILE"));
        if (explicit != null) {
            files.add(ConnectionFiles.path(explicit, "servicefile"));
        } else {
            files.add(home().resolve(".pg_service.conf"));
        }
        if (variable("PGSYSCONFDIR") != null) {
            files.add(ConnectionFiles.path(variable("PGSYSCONFDIR"), "PGSYSCONFDIR")
                    .resolve("pg_service.conf"));
        }
        ServiceFile.read(service, files)
                .forEach((keyword, value) -> put(values, keyword, value, "the service " + service));
    }

    private void addVariables(ParameterValues values) {
        for (LibpqParameter parameter : LibpqParameters.BY_VARIABLE.values()) {
            String value = variable(parameter.variable());
            if (value == null) {
                continue;
            }
            if (parameter.keyword() == null) {
                parameter.refusal(value).ifPresent(why -> {
                    throw ParameterValues.refused(parameter.variable(), parameter.variable(), why);
                });
            } else if (!parameter.keyword().equals("requiressl")) {
                values.putIfAbsent(parameter.keyword(), value, parameter.variable());
            } else if (value.startsWith("1")) {
                values.putIfAbsent("sslmode", "require", parameter.variable());
            }
        }
    }

    /** libpq passes them over in silence; some speak of TLS. */
    private void warnOfNearMisses(ParameterValues values) {
        for (String name : new TreeSet<>(environment.keySet())) {
            if (!name.matches("PG[A-Z_]{4,}") || LibpqParameters.BY_VARIABLE.containsKey(name)) {
                continue;
            }
            Similar.nearest(name, LibpqParameters.BY_VARIABLE.keySet())
                    .filter(near -> {
                        String keyword = LibpqParameters.BY_VARIABLE.get(near).keyword();
                        return variable(near) == null && (keyword == null || values.text(keyword) == null);
                    })
                    .ifPresent(near -> warnings.accept(
                            "The variable %s is none of libpq's and does not count; %s is one.".formatted(name, near)));
        }
    }

    private Path home() {
        String home = variable("HOME");
        return Path.of(home == null ? System.getProperty("user.home") : home);
    }

    private String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
