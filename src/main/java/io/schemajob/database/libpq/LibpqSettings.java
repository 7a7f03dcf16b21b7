package io.schemajob.database.libpq;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.connect.DatabaseHost;
import io.schemajob.database.connect.LoginMethods;
import io.schemajob.database.connect.TargetSession;
import io.schemajob.report.text.PostgresName;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks libpq's parameters, wherever they came from, and turns them into {@link ConnectionSettings}. */
final class LibpqSettings {
    private static final String USER = "user";
    private static final String DATABASE = "dbname";
    private static final List<String> KEEPALIVES =
            List.of("keepalives_idle", "keepalives_interval", "keepalives_count");

    private static final Pattern URL = Pattern.compile("postgres(ql)?(\\+\\w+)?://|jdbc:");
    private static final Pattern KEYWORD = Pattern.compile("\\s*(\\w+)\\s*=");

    private final String source;
    private final ParameterValues values;
    private final ConnectionFiles files;

    LibpqSettings(String source, ParameterValues values, ConnectionFiles files) {
        this.source = source;
        this.values = values;
        this.files = files;
    }

    ConnectionSettings toConnectionSettings() {
        KEEPALIVES.forEach(values::number);
        List<DatabaseHost> hosts = new HostList(source, values).read();
        String user = name(USER, null);
        requireNoConnectionString();
        String database = name(DATABASE, user);
        return new ConnectionSettings(
                source,
                withPasswords(hosts, database, user),
                target(hosts.size()),
                values.oneOf("load_balance_hosts", "disable", "random").equals("random"),
                database,
                user,
                new TlsReader(values, files).read(),
                login(),
                values.text("options"),
                values.text("application_name", values.text("fallback_application_name")),
                attemptTimeout(),
                values.asMap());
    }

    private String name(String keyword, String otherwise) {
        String name = values.text(keyword, otherwise);
        if (name == null) {
            throw ConfigFailure.of("%s does not say the %s.".formatted(source, keyword));
        }
        PostgresName.problem(name).ifPresent(problem -> {
            throw ConfigFailure.of("%s in %s %s.".formatted(keyword, values.origin(keyword), problem));
        });
        return name;
    }

    /** To libpq it is the name of a database, to psql and to whoever writes it a connection; it may hold a password. */
    private void requireNoConnectionString() {
        String name = values.text(DATABASE, "");
        Matcher keyword = KEYWORD.matcher(name);
        if (URL.matcher(name).lookingAt()
                || keyword.lookingAt() && LibpqParameters.BY_KEYWORD.containsKey(keyword.group(1))) {
            throw ConfigFailure.of(
                    "dbname in %s holds a whole connection string.".formatted(values.origin(DATABASE)),
                    "Set DATABASE_URL to it, and dbname (PGDATABASE, database) to the name of the database alone.");
        }
    }

    private List<DatabaseHost> withPasswords(List<DatabaseHost> hosts, String database, String user) {
        String password = values.text("password");
        PasswordFile file = password == null ? files.passwords(values) : null;
        return hosts.stream()
                .map(host -> new DatabaseHost(
                        host.name(),
                        host.address(),
                        host.port(),
                        file == null ? password : file.password(host.label(), host.port(), database, user)))
                .toList();
    }

    /** Of several hosts the job wants the one that can be written to, unless told otherwise. */
    private TargetSession target(int hosts) {
        String text = values.text("target_session_attrs");
        if (text == null) {
            return hosts > 1 ? TargetSession.READ_WRITE : TargetSession.ANY;
        }
        return TargetSession.of(text)
                .orElseThrow(() -> values.wrong(
                        "target_session_attrs",
                        "is none of any, read-write, read-only, primary, standby, prefer-standby"));
    }

    private LoginMethods login() {
        String required = values.text("require_auth");
        if (required != null) {
            LoginMethods.problem(required).ifPresent(problem -> {
                throw values.wrong("require_auth", problem);
            });
        }
        return new LoginMethods(required, values.oneOf("channel_binding", "prefer", "disable", "require"));
    }

    /** As libpq counts: nothing and less than that is no limit. */
    private Duration attemptTimeout() {
        Integer seconds = values.number("connect_timeout");
        return seconds == null ? null : Duration.ofSeconds(Math.max(0, seconds));
    }
}
