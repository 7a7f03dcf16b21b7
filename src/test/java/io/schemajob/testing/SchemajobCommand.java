package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Puts a command {@code schemajob} into a folder, so that blocks of the documentation run as they are written. */
public final class SchemajobCommand {
    private SchemajobCommand() {}

    /** The folder, for the front of {@code PATH}. */
    public static Path in(Path folder) {
        Path app = Path.of(App.program()).toAbsolutePath();
        String program =
                App.isJar() ? "'" + String.join("' '", App.jvm(app)) + "' -jar '" + app + "'" : "'" + app + "'";
        try {
            Files.createDirectories(folder);
            Path command = Files.writeString(folder.resolve("schemajob"), "#!/bin/sh\nexec " + program + " \"$@\"\n");
            Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
