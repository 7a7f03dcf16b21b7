package io.schemajob.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Writes the generated files: {@code mvn -q -Pmanifests verify}. With {@code -Dmanifests=check} it writes nothing and fails
 * if quarkus-kubernetes makes something else now than what is checked in; a test looks after all other files.
 */
public final class WriteManifests {
    private WriteManifests() {}

    /**
     * Writes or checks.
     *
     * @param args what quarkus-kubernetes has just made, and {@code write} or {@code check}
     */
    public static void main(String[] args) throws IOException {
        Path made = Path.of(args[0]);
        if (args[1].equals("check")) {
            if (Files.mismatch(made, GeneratedFiles.BASE) >= 0) {
                throw new IllegalStateException(
                        GeneratedFiles.BASE + " is stale: run mvn -q -Pmanifests verify and commit what it changes");
            }
            return;
        }
        Files.copy(made, GeneratedFiles.BASE, StandardCopyOption.REPLACE_EXISTING);
        for (Map.Entry<Path, String> file : GeneratedFiles.all().entrySet()) {
            Files.createDirectories(file.getKey().getParent());
            Files.writeString(file.getKey(), file.getValue());
        }
    }
}
