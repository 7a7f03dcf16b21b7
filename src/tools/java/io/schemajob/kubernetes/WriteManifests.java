package io.schemajob.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
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
            check(Files.readAllLines(made), Files.readAllLines(GeneratedFiles.BASE));
            return;
        }
        Files.copy(made, GeneratedFiles.BASE, StandardCopyOption.REPLACE_EXISTING);
        for (Map.Entry<Path, String> file : GeneratedFiles.all().entrySet()) {
            Files.createDirectories(file.getKey().getParent());
            Files.writeString(file.getKey(), file.getValue());
        }
    }

    private static void check(List<String> made, List<String> kept) {
        for (int line = 0; line < Math.max(made.size(), kept.size()); line++) {
            String now = line < made.size() ? made.get(line) : "(end)";
            String before = line < kept.size() ? kept.get(line) : "(end)";
            if (!now.equals(before)) {
                throw new IllegalStateException(String.format(
                        "%s is stale: run mvn -q -Pmanifests verify and commit what it changes. Line %d is \"%s\", made now: \"%s\"",
                        GeneratedFiles.BASE, line + 1, before.strip(), now.strip()));
            }
        }
    }
}
