package io.schemajob.job;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.connect.DatabaseHost;
import io.schemajob.database.connect.TargetSession;
import io.schemajob.database.libpq.LibpqParameters;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.file.OutputFile;
import io.schemajob.report.text.ShellWord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the resolved connection for containers that have psql or pg_dump but no Vault login: a shell file of
 * {@code export PGHOST='…'} lines, readable by its owner only, written whole or not at all.
 */
public final class CredentialsJob {
    /** What the variables above say already, or what only served to find it out. */
    private static final Set<String> RESOLVED = Set.of(
            "host", "hostaddr", "port", "dbname", "user", "password", "sslmode", "service", "servicefile", "passfile");

    private final RunContext run;
    private final Path file;
    private final OutputFile target;

    public CredentialsJob(RunContext run, Path file) {
        this.run = run;
        this.file = file;
        this.target = OutputFile.of(file);
    }

    /** Runs the job. Dynamic credentials are not revoked here: the container that reads the file needs them. */
    public void execute() {
        requireFile();
        Credentials credentials = Credentials.resolve(run);
        boolean written = false;
        try {
            Map<String, String> variables = variables(credentials.connection());
            write(variables);
            written = true;
            variables.forEach((name, value) -> {
                if (!name.equals("PGPASSWORD")) {
                    run.log().line("export " + name + "=" + shown(value));
                }
            });
            run.log().step("Credentials written to " + file);
        } finally {
            if (written) {
                credentials.detach(run.settings());
            } else {
                credentials.close();
            }
        }
    }

    /** As the guide shows it; but what a shell would not take as it is, it has to get quoted. */
    private static String shown(String value) {
        String word = ShellWord.of(value);
        return word.equals(value) ? '"' + value + '"' : word;
    }

    /** What libpq needs to connect as the job does; what it has no variable for is refused or, where it is about time alone, told. */
    private Map<String, String> variables(ConnectionSettings connection) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PGHOST", names(connection.hosts(), DatabaseHost::name));
        variables.put("PGHOSTADDR", names(connection.hosts(), host -> Objects.toString(host.address(), "")));
        variables.values().removeIf(list -> list.replace(",", "").isEmpty());
        variables.put("PGPORT", connection.ports());
        variables.put("PGDATABASE", connection.database());
        variables.put("PGUSER", connection.user());
        String password = password(connection);
        if (password != null) {
            variables.put("PGPASSWORD", password);
        }
        variables.put("PGSSLMODE", connection.tls().mode());
        // Also what the job has found in its home folder or only as a fallback: the other container has neither.
        put(variables, "PGSSLROOTCERT", connection.tls().rootCert());
        put(variables, "PGSSLCRL", connection.tls().crl());
        put(variables, "PGSSLCERT", connection.tls().cert());
        put(variables, "PGSSLKEY", connection.tls().key());
        put(variables, "PGAPPNAME", connection.applicationName());
        if (connection.target() != TargetSession.ANY) {
            variables.put("PGTARGETSESSIONATTRS", connection.target().text());
        }
        connection.parameters().forEach((keyword, value) -> {
            String variable = LibpqParameters.variable(keyword);
            if (RESOLVED.contains(keyword)) {
                return;
            }
            if (variable != null) {
                variables.put(variable, value);
            } else if (keyword.equals("sslpassword") && connection.tls().key() != null) {
                throw cannotSay("the password of the client's key (sslpassword)");
            } else if (!keyword.equals("fallback_application_name") && !keyword.equals("sslpassword")) {
                run.log().warn("libpq has no variable for %s: it is not in the file.".formatted(keyword));
            }
        });
        return variables;
    }

    private static void put(Map<String, String> variables, String name, Object value) {
        if (value != null) {
            variables.put(name, value.toString());
        }
    }

    private static String names(List<DatabaseHost> hosts, Function<DatabaseHost, String> name) {
        return hosts.stream().map(name).collect(Collectors.joining(","));
    }

    private static String password(ConnectionSettings connection) {
        List<String> passwords = connection.hosts().stream()
                .map(DatabaseHost::password)
                .distinct()
                .toList();
        if (passwords.size() > 1) {
            throw cannotSay("a password for each host");
        }
        return passwords.get(0);
    }

    private static SchemajobException cannotSay(String what) {
        return Failure.of(ExitStatus.CONFIG, "libpq's variables cannot hold %s.".formatted(what))
                .databaseState("Not contacted.")
                .hint("Give the other container what the job has: the same URL and files.")
                .asException();
    }

    private void write(Map<String, String> variables) {
        StringBuilder text = new StringBuilder();
        variables.forEach((name, value) -> text.append("export ")
                .append(name)
                .append("='")
                .append(value.replace("'", "'\\''"))
                .append("'\n"));
        try {
            target.replace(
                    text.toString().getBytes(StandardCharsets.UTF_8),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw failed("The credentials could not be written to %s (%s)."
                            .formatted(file, e.getClass().getSimpleName()))
                    .asException(e);
        }
    }

    /** Before anything is contacted: a user that was made for nobody would live on until its lease ends. */
    private void requireFile() {
        String refusal = target.keeps() ? target.refusal() : "keeps nothing";
        if (refusal != null) {
            throw failed("The credentials are not written to %s: it %s.".formatted(file, refusal))
                    .asException();
        }
    }

    private static Failure failed(String message) {
        return Failure.of(ExitStatus.CONFIG, message)
                .databaseState("Not contacted.")
                .hint("Mount a writable volume (emptyDir with medium: Memory) there.");
    }
}
