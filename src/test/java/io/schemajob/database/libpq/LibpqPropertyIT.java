package io.schemajob.database.libpq;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.job.CredentialsJob;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.Libpq;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated connections, read by libpq 18 and by the job: what both accept means the same to both, and what the job
 * refuses it refuses by name before it contacts anybody.
 *
 * <p>{@code -Dschemajob.tries=10000} for more, {@code -Dschemajob.seed=…} for one again.
 */
class LibpqPropertyIT {
    private static final int BATCH = 500;

    /** Later versions know it, and so does the job. */
    private static final Set<String> NEWER = Set.of("servicefile");

    /** An old way to say sslmode, which libpq reads and no longer lists. */
    private static final Set<String> OLD = Set.of("requiressl");

    @TempDir
    Path folder;

    private static final Pattern EXPORT = Pattern.compile("export (\\w+)='((?:[^']|'\\\\'')*)'\n");
    private static final ScriptFolder NO_SCRIPTS = ScriptFolder.create();

    /** What the job reads, and a description of where from. */
    private record Accepted(ConnectionSettings settings, ConnectionGenerator.Generated said, String description) {}

    private final List<Accepted> accepted = new ArrayList<>();
    private int written;
    private int both;
    private int refused;

    @Test
    void whatBothAcceptMeansTheSame() throws IOException {
        long seed = Long.getLong("schemajob.seed", System.nanoTime());
        int tries = Integer.getInteger("schemajob.tries", 200);
        for (int first = 0; first < tries; first += BATCH) {
            compare(seed, first, Math.min(BATCH, tries - first));
            compareCredentials();
        }
        assertThat(written).as("files of credentials").isGreaterThan(tries / 10);
        assertThat(both).as("tries that both accept").isGreaterThan(tries / 5);
        assertThat(refused).as("tries that the job refuses").isGreaterThan(tries / 5);
    }

    @Test
    void theTableHasEveryParameterOfLibpqAndItsVariable() {
        Map<String, String> libpq = new TreeMap<>();
        Libpq.parameters().forEach(pair -> libpq.put(pair.get(0), String.valueOf(pair.get(1))));
        Map<String, String> table = new TreeMap<>();
        LibpqParameters.BY_KEYWORD.forEach((keyword, parameter) -> {
            // libpq 18 knows PGSERVICEFILE without a parameter.
            if (!NEWER.contains(keyword) && !OLD.contains(keyword)) {
                table.put(keyword, String.valueOf(parameter.variable()));
            }
        });
        assertThat(table).isEqualTo(libpq);
    }

    private void compare(long seed, int first, int tries) throws IOException {
        List<ConnectionGenerator.Generated> generated = new ArrayList<>();
        List<Libpq.Question> questions = new ArrayList<>();
        for (int i = first; i < first + tries; i++) {
            Path home = folder.resolve(String.valueOf(i));
            ConnectionGenerator.Generated one = new ConnectionGenerator(new Random(seed + i), home).generate();
            write(home, one.files());
            generated.add(one);
            questions.add(new Libpq.Question(one.text() == null ? "" : one.text(), one.environment()));
        }
        List<Libpq.Reading> readings = Libpq.read(questions);
        for (int i = 0; i < tries; i++) {
            String description = "-Dschemajob.seed=%d -Dschemajob.tries=1%n%s%n%s"
                    .formatted(seed + first + i, generated.get(i), readings.get(i));
            compare(generated.get(i), readings.get(i), description);
        }
    }

    private static void write(Path home, Map<String, String> files) throws IOException {
        Files.createDirectories(home);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = home.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private void compare(ConnectionGenerator.Generated said, Libpq.Reading libpq, String description) {
        List<String> warnings = new ArrayList<>();
        ConnectionSettings settings;
        try {
            ConnectionReader reader =
                    new ConnectionReader(said.environment(), new RunSchema("public", false), null, warnings::add);
            settings = said.text() == null ? reader.fromVariables() : reader.fromText("DATABASE_URL", said.text());
        } catch (SchemajobException e) {
            refused++;
            assertThat(e.status()).as(description).isEqualTo(ExitStatus.CONFIG);
            assertThat(e.failure().databaseState()).as(description).isEqualTo("Not contacted.");
            assertThat(e.failure().hint()).as(description).isNotBlank();
            assertThat(names(said)).as(description).anyMatch(e.failure().message()::contains);
            return;
        } catch (RuntimeException e) {
            throw new AssertionError(description, e);
        }
        if (libpq.error() != null) {
            // libpq refuses it, so it means nothing else to anybody; docs/configuration.md tells what the job takes
            // beyond it.
            return;
        }
        both++;
        LibpqMeaning.assertSame(settings, libpq, said, warnings, description);
        accepted.add(new Accepted(settings, said, description));
    }

    /** What {@code credentials} writes means the same again, to a libpq that has nothing else. */
    private void compareCredentials() throws IOException {
        List<Accepted> readers = new ArrayList<>();
        List<ConnectionGenerator.Generated> files = new ArrayList<>();
        List<Libpq.Question> questions = new ArrayList<>();
        for (Accepted one : accepted) {
            Map<String, String> environment = new HashMap<>(one.said().environment());
            if (one.said().text() != null) {
                environment.put("DATABASE_URL", one.said().text());
            }
            Path file = Path.of(environment.get("HOME"), "pg_env.sh");
            JobRun run = JobRun.run(environment, NO_SCRIPTS, context -> new CredentialsJob(context, file).execute());
            if (run.exitCode() != 0) {
                assertThat(run.text()).as(one.description()).contains("libpq's variables cannot hold");
                continue;
            }
            Map<String, String> variables = new HashMap<>(Map.of("HOME", "/no/home"));
            Matcher export = EXPORT.matcher(Files.readString(file));
            while (export.find()) {
                variables.put(export.group(1), export.group(2).replace("'\\''", "'"));
            }
            readers.add(one);
            files.add(new ConnectionGenerator.Generated(null, variables, Map.of()));
            questions.add(new Libpq.Question("", variables));
        }
        List<Libpq.Reading> readings = Libpq.read(questions);
        for (int i = 0; i < readings.size(); i++) {
            String description = readers.get(i).description() + "\n" + files.get(i) + "\n" + readings.get(i);
            assertThat(readings.get(i).error()).as(description).isNull();
            LibpqMeaning.assertSame(readers.get(i).settings(), readings.get(i), files.get(i), List.of(), description);
        }
        written += readings.size();
        accepted.clear();
    }

    /** Where something can have been said, as messages name it. */
    private static List<String> names(ConnectionGenerator.Generated said) {
        List<String> names = new ArrayList<>(said.environment().keySet());
        names.addAll(List.of("the PG* variables", "service", "DATABASE_URL", "ssl_m", "sslcert"));
        names.addAll(said.files().keySet());
        return names;
    }
}
