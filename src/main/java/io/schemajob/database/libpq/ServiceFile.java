package io.schemajob.database.libpq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One section of libpq's connection service file.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgservice.html">libpq: The Connection Service File</a>
 */
final class ServiceFile {
    private static final String HINT = "Name a section of the service file; its lines are keyword=value.";

    private ServiceFile() {}

    /**
     * The parameters of a service, from the first file that has it.
     *
     * @param files where to look, in this order; one that is not there is passed over
     */
    static Map<String, String> read(String service, List<Path> files) {
        for (Path file : files.stream().filter(Files::exists).toList()) {
            Optional<Map<String, String>> found = section(service, file);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw ConfigFailure.of("The service \"%s\" is in no service file (%s).".formatted(service, files), HINT);
    }

    private static Optional<Map<String, String>> section(String service, Path file) {
        Map<String, String> parameters = null;
        int number = 0;
        for (String raw : lines(file)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (parameters != null) {
                    break;
                }
                parameters = line.equals("[" + service + "]") ? new LinkedHashMap<>() : null;
            } else if (parameters != null) {
                read(line, parameters, file + ":" + number);
            }
        }
        return Optional.ofNullable(parameters);
    }

    private static void read(String line, Map<String, String> parameters, String where) {
        int equals = line.indexOf('=');
        if (line.startsWith("ldap")) {
            throw ConfigFailure.of(
                    "The service file looks up LDAP (%s), which the job does not.".formatted(where), HINT);
        }
        if (equals < 1) {
            throw ConfigFailure.of("A line of the service file is not keyword=value (%s).".formatted(where), HINT);
        }
        String keyword = line.substring(0, equals);
        if (keyword.equals("service") || keyword.equals("servicefile")) {
            throw ConfigFailure.of("A service cannot lead to another service (%s).".formatted(where), HINT);
        }
        // As with libpq, the first of two counts.
        parameters.putIfAbsent(keyword, line.substring(equals + 1));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw ConfigFailure.of("The service file %s cannot be read.".formatted(file), HINT, e);
        }
    }
}
