package io.schemajob.job;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import io.schemajob.vault.settings.VaultSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The variables of a {@code .env} file, as goose and dbmate read one: they complete the environment. A connection comes from
 * one place, so none of its variables count where the environment says where to connect to.
 *
 * @param path as it was named
 * @param values that count
 * @param unused names of those that do not
 */
public record EnvFile(String path, Map<String, String> values, Set<String> unused) {
    static final EnvFile NONE = new EnvFile("none", Map.of(), Set.of());

    private static final Pattern CONNECTION =
            Pattern.compile("PG[A-Z]+|VAULT_[A-Z_]+|DATABASE_URL|STORAGE__POSTGRES_URL");

    /** What says by itself where to connect to. */
    private static final List<String> PLACES = List.of(
            VaultSettings.ADDRESS, "DATABASE_URL", "STORAGE__POSTGRES_URL", "PGHOST", "PGHOSTADDR", "PGSERVICE");

    /** What of the environment one of the first three in a file would outweigh. */
    private static final List<String> PARTS = List.of("PGPORT", "PGDATABASE", "PGUSER");

    /** Whether a variable is about how the database and Vault are found. */
    public static boolean isOfConnection(String name) {
        return CONNECTION.matcher(name).matches();
    }

    /**
     * Reads the file that the settings name.
     *
     * @throws SchemajobException CONFIG for a file that was asked for and is not there, or cannot be read as a whole
     */
    static EnvFile read(Settings settings) {
        String name = settings.text(Setting.ENV_FILE);
        if (name.equals(NONE.path)) {
            return NONE;
        }
        Path file = path(name);
        // Python keeps its environments in folders of that name.
        boolean absent = !Files.exists(file) || Files.isDirectory(file);
        if (absent && !settings.isGiven(Setting.ENV_FILE)) {
            return NONE;
        }
        Map<String, String> all = EnvFileReader.read(TextFile.read(file), EnvFile::isOurs);
        return all.isEmpty() ? NONE : completing(name, all, settings);
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "%s is no name of a file here: %s.".formatted(Setting.ENV_FILE.variable(), e.getReason()))
                    .databaseState("Not contacted.")
                    .hint("Correct it, or write none.")
                    .asException(e);
        }
    }

    private static boolean isOurs(String name) {
        return isOfConnection(name) || name.startsWith("SCHEMAJOB_");
    }

    private static EnvFile completing(String name, Map<String, String> all, Settings settings) {
        boolean placed = PLACES.stream().anyMatch(place -> settings.variable(place) != null);
        Map<String, String> values = new TreeMap<>();
        Set<String> unused = new TreeSet<>();
        all.forEach((variable, value) -> {
            boolean counts = settings.variable(variable) == null && !(placed && isOfConnection(variable));
            if (counts && !value.isEmpty()) {
                values.put(variable, value);
            } else {
                unused.add(variable);
            }
        });
        requireNoOther(name, values, settings);
        return new EnvFile(name, Map.copyOf(values), Set.copyOf(unused));
    }

    /** {@code PGDATABASE=trial schemajob migrate} is not to change the database of a URL in a file. */
    private static void requireNoOther(String name, Map<String, String> values, Settings settings) {
        Optional<String> place = PLACES.subList(0, PLACES.indexOf("PGHOST")).stream()
                .filter(values::containsKey)
                .findFirst();
        Optional<String> part = PARTS.stream()
                .filter(variable -> settings.variable(variable) != null)
                .findFirst();
        if (place.isPresent() && part.isPresent()) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "The environment has %s, and %s has %s, which would outweigh it."
                                    .formatted(part.get(), name, place.get()))
                    .databaseState("Not contacted.")
                    .hint("Unset %s, or leave the file out: --env-file none.".formatted(part.get()))
                    .asException();
        }
    }

    /** Names what comes from the file, so that nobody wonders which database a run works on. */
    public void tell(Log log) {
        if (!values.isEmpty()) {
            log.step("From %s: %s".formatted(path, String.join(", ", new TreeSet<>(values.keySet()))));
        }
    }

    /** The environment with what completes it. */
    Map<String, String> complete(Map<String, String> environment) {
        Map<String, String> merged = new HashMap<>(environment);
        merged.putAll(values);
        return merged;
    }
}
