package io.schemajob.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the generated files: {@code mvn -q -Pmanifests verify}. */
public final class WriteManifests {
    private WriteManifests() {}

    /**
     * Writes.
     *
     * @param args what quarkus-kubernetes has just made
     */
    public static void main(String[] args) throws IOException {
        Files.copy(Path.of(args[0]), GeneratedFiles.BASE, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        for (Map.Entry<Path, String> file : GeneratedFiles.all().entrySet()) {
            Files.createDirectories(file.getKey().getParent());
            Files.writeString(file.getKey(), file.getValue());
        }
    }
}
