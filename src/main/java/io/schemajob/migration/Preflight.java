package io.schemajob.migration;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.RequiredExtension;
import io.schemajob.database.query.Identifiers;
import io.schemajob.database.query.ServerFacts;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that can be known to fail is refused before the first change. */
public final class Preflight {
    private static final String MAY_CREATE =
            """
            SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
                OR EXISTS (SELECT 1 FROM pg_available_extension_versions v
                           JOIN pg_available_extensions e ON e.name = v.name AND e.default_version = v.version
                           WHERE v.name = ? AND (v.trusted OR NOT v.superuser))
                   AND has_database_privilege(current_database(), 'CREATE')
            """;

    private final Connection session;
    private final Bundle bundle;
    private final String schema;

    public Preflight(Connection session, Bundle bundle, String schema) {
        this.session = session;
        this.bundle = bundle;
        this.schema = schema;
    }

    /** Server version: also for runs that only look. */
    public static void requireVersion(ServerFacts server, Bundle bundle) {
        if (server.majorVersion() < bundle.minimumServer()) {
            throw refused(
                            ExitStatus.PREREQUISITE_MISSING,
                            "The server is PostgreSQL %s; bundle %s needs %d or newer."
                                    .formatted(server.version(), bundle.name(), bundle.minimumServer()))
                    .hint("Upgrade the server.")
                    .asException();
        }
    }

    /** For runs that change something. */
    public static void requireWritable(ServerFacts server) {
        if (server.inRecovery()) {
            throw refused(ExitStatus.CONFIG, "The server is a read-only replica (it is in recovery).")
                    .hint("Connect to the primary; with several hosts in the connection, it is found by itself.")
                    .asException();
        }
        if (server.readOnly()) {
            throw refused(
                            ExitStatus.CONFIG,
                            "Transactions of this user are read-only (default_transaction_read_only is on), as on a"
                                    + " read-only replica.")
                    .hint("ALTER ROLE … RESET default_transaction_read_only; or connect to the primary.")
                    .asException();
        }
    }

    /** What the pending migrations need: a place to create in, and the bundle's extensions. */
    public void requirePrivilegesAndExtensions() throws SQLException {
        if (!schemaExists()) {
            if (!ask("SELECT has_database_privilege(current_database(), 'CREATE')")) {
                throw missing("The schema %s does not exist and this user may not create it.".formatted(schema))
                        .hint("CREATE SCHEMA %s AUTHORIZATION %s;".formatted(Identifiers.shown(schema), user()))
                        .asException();
            }
        } else if (!ask("SELECT has_schema_privilege(?, 'CREATE')", schema)) {
            throw missing("This user has no CREATE privilege on schema %s.".formatted(schema))
                    .hint("GRANT CREATE, USAGE ON SCHEMA %s TO %s;".formatted(Identifiers.shown(schema), user()))
                    .asException();
        }
        for (RequiredExtension extension : bundle.extensions()) {
            requireExtension(extension);
        }
    }

    private boolean schemaExists() throws SQLException {
        return ask("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = ?)", schema);
    }

    /** Whether it is there, or a script may create it: which one does is for the scripts to say. */
    private void requireExtension(RequiredExtension extension) throws SQLException {
        String name = extension.name();
        List<String> available = texts("SELECT version FROM pg_available_extension_versions WHERE name = ?", name);
        boolean offered = available.stream().anyMatch(extension::isEnough);
        Optional<String> installed = texts("SELECT extversion FROM pg_extension WHERE extname = ?", name).stream()
                .findFirst();
        if (installed.isPresent()) {
            if (!extension.isEnough(installed.get()) && !offered) {
                throw tooOld(extension, "is installed in version " + installed.get());
            }
            return;
        }
        String create = "CREATE EXTENSION %s;".formatted(Identifiers.shown(name));
        if (available.isEmpty()) {
            throw refused(
                            ExitStatus.PREREQUISITE_MISSING,
                            "The extension %s is not installed on this server.".formatted(name))
                    .hint("An administrator installs its package on the server and runs: " + create)
                    .asException();
        }
        if (!offered) {
            throw tooOld(extension, "is offered in version " + String.join(", ", available));
        }
        if (!ask(MAY_CREATE, name)) {
            throw refused(
                            ExitStatus.PREREQUISITE_MISSING,
                            "The extension %s is missing and this user may not create it.".formatted(name))
                    .hint("An administrator runs in this database: " + create)
                    .asException();
        }
    }

    private static RuntimeException tooOld(RequiredExtension extension, String found) {
        return refused(
                        ExitStatus.PREREQUISITE_MISSING,
                        "The extension %s %s, and the server has none that is enough: %s is needed."
                                .formatted(extension.name(), found, extension))
                .hint("An administrator installs a newer package of it on the server.")
                .asException();
    }

    private String user() throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT quote_ident(current_user)");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private List<String> texts(String sql, String parameter) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
        }
        return texts;
    }

    private boolean ask(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static Failure missing(String message) {
        return refused(ExitStatus.ACCESS_DENIED, message);
    }

    private static Failure refused(ExitStatus status, String message) {
        return Failure.of(status, message).databaseState("Nothing was changed.");
    }
}
