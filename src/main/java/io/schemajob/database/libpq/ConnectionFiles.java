package io.schemajob.database.libpq;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The files that a connection names, and those that libpq finds in the home folder without being told. */
final class ConnectionFiles {
    private final Path home;
    private final Consumer<String> warnings;

    ConnectionFiles(Path home, Consumer<String> warnings) {
        this.home = home;
        this.warnings = warnings;
    }

    /** The file that somebody named, whether it is there or not, or the usual one if it is there; null for none. */
    Path namedOrUsual(ParameterValues values, String keyword, String usual) {
        String name = values.text(keyword);
        if (name != null) {
            return path(name, keyword);
        }
        Path file = home.resolve(usual);
        return Files.exists(file) ? file : null;
    }

    /** The password file, or null if there is none to look into. */
    PasswordFile passwords(ParameterValues values) {
        Path file = namedOrUsual(values, "passfile", ".pgpass");
        if (file == null) {
            return null;
        }
        if (!Files.exists(file)) {
            // libpq says nothing, and an operator meets it as a wrong password.
            throw ConfigFailure.of(
                    "The password file %s, which %s names, does not exist.".formatted(file, values.origin("passfile")),
                    "Mount the file, or leave out passfile (PGPASSFILE).");
        }
        return PasswordFile.read(file, warnings);
    }

    static Path path(String name, String keyword) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw ConfigFailure.of(
                    "%s is no name of a file.".formatted(keyword), "Correct the connection settings.", e);
        }
    }
}
