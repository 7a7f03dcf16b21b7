package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One database with an object of every kind and dozens of damages at once: each is shown, and typed. */
class DiffKindsIT {
    private static final Path RESOURCES = Path.of("src/test/resources/catalog");

    /** Kinds that a damage would need a function of C for, or that the damages of others leave as they are. */
    private static final Set<String> UNDAMAGED = Set.of("language", "delegated privilege", "range type");

    private final Postgres.Database database = Postgres.version(Postgres.NEWEST).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("bundle.yaml", "name: kinds\nprivileges: declared\n")
            .with("001_kinds.up.sql", "SELECT 1;");
    private final Cli cli = Cli.of(folder, database);

    @Test
    void everyDamageIsShownAndTyped() throws Exception {
        Set<String> damaged;
        try (Connection connection = database.superuser()) {
            create(connection);
            // Options of user mappings are not held, of which it warns.
            cli.prints(
                    "snapshot", "--file", folder.path().resolve("schema.yaml").toString());
            assertThat(cli.prints("diff"))
                    .startsWith("No difference between kinds at 001, as declared and schema public");
            damaged = damage(connection);
        }
        assertThat(damaged).hasSizeGreaterThan(60);
        JsonNode report = Cli.json(cli.fails(ExitStatus.VERIFICATION_FAILED, "diff", "--output", "json")
                .out());
        Set<String> told = new TreeSet<>();
        Set<String> kinds = new HashSet<>();
        assertThat(report.path("changes")).hasSameSizeAs(report.path("findings"));
        for (int i = 0; i < report.path("changes").size(); i++) {
            JsonNode finding = report.path("findings").path(i);
            JsonNode change = report.path("changes").path(i);
            told.add(finding.path("object").asText() + ": "
                    + finding.path("aspect").asText()
                    + (finding.path("severity").asText().equals("drift") ? "" : " (warning)"));
            kinds.add(change.path("kind").asText());
            check(finding, change);
        }
        assertThat(told).containsAll(damaged);
        assertThat(kinds)
                .containsAll(Kinds.ALL.stream()
                        .filter(kind -> !kind.settings())
                        .map(ObjectKind::noun)
                        .filter(noun -> !UNDAMAGED.contains(noun) && !noun.equals("owner"))
                        .toList());
        List<String> text =
                cli.fails(ExitStatus.VERIFICATION_FAILED, "diff").out().lines().toList();
        assertThat(told).allSatisfy(one -> assertThat(text).anyMatch(line -> shows(line, one)));
    }

    private static boolean shows(String line, String told) {
        String subject = told.replace(" (warning)", "");
        String object = subject.replaceFirst(": existence$", "");
        boolean warning = told.endsWith(" (warning)");
        return line.endsWith(" [warning]") == warning
                && (line.equals(subject + (warning ? " [warning]" : "")) && !subject.endsWith(": existence")
                        || line.startsWith(subject + " (")
                        || line.startsWith(object + " is missing")
                        || line.startsWith(object + " is extra")
                        || line.startsWith(subject + " is extra"));
    }

    private static void check(JsonNode finding, JsonNode change) {
        assertThat(change.path("change").asText()).isIn("missing", "extra", "changed");
        assertThat(change.path("aspect")).isEqualTo(finding.path("aspect"));
        assertThat(change.path("severity")).isEqualTo(finding.path("severity"));
        List<String> names = new ArrayList<>();
        change.path("names").forEach(name -> names.add(name.asText()));
        assertThat(change.path("object").asText()).isEqualTo(String.join(".", names));
        assertThat(names).allMatch(finding.path("object").asText()::contains);
        assertThat(change.path("expected")).isNotEqualTo(change.path("found"));
        assertThat(change.path("expected").isNull())
                .isEqualTo(change.path("change").asText().equals("extra")
                        || finding.path("expected").asText().equals("none"));
    }

    private static void create(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET allow_in_place_tablespaces = on");
            boolean there;
            try (ResultSet space =
                    statement.executeQuery("SELECT FROM pg_catalog.pg_tablespace WHERE spcname = 'kinds_space'")) {
                there = space.next();
            }
            if (!there) {
                statement.execute("CREATE TABLESPACE kinds_space LOCATION ''");
            }
            statement.execute(Files.readString(RESOURCES.resolve("kinds.sql")));
        }
    }

    /** As many damages as do not touch the same object; with what each has to be called. */
    private static Set<String> damage(Connection connection) throws SQLException, IOException {
        Set<String> objects = new HashSet<>();
        Set<String> named = new HashSet<>();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String line : Files.readAllLines(RESOURCES.resolve("kind-damages.txt"))) {
                String[] parts = line.split(" => ");
                if (parts.length < 2 || line.startsWith("#")) {
                    continue;
                }
                List<String> touched = Stream.of(parts[1].split("; "))
                        .map(one -> one.substring(0, one.lastIndexOf(": ")))
                        .toList();
                // A later damage revokes with CASCADE what somebody else granted on; partitions of days are left out;
                // of a
                // table that is gone nobody tells what was damaged in it.
                if (touched.stream()
                        .anyMatch(one -> objects.contains(one)
                                || one.contains(" granted by ")
                                || one.startsWith("table ")
                                        && objects.stream()
                                                .anyMatch(part ->
                                                        part.endsWith(" on " + one.substring("table ".length())))
                                || one.startsWith("index of days_2025 "))) {
                    continue;
                }
                Savepoint before = connection.setSavepoint();
                try {
                    statement.execute(parts[0]);
                    objects.addAll(touched);
                    named.addAll(List.of(parts[1].split("; ")));
                } catch (SQLException e) {
                    connection.rollback(before);
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        return named;
    }
}
