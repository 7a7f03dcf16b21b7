package io.schemajob.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a library finds by its name is left out of the native executable unless it is declared (docs/decisions/0010). */
class NamedClassesTest {
    private static final Path SOURCE = Path.of("src/main/java");
    private static final Pattern NAMED = Pattern.compile("\\b(\\w+)\\.class\\s*\\.\\s*get(?:Canonical)?Name\\(\\)");
    private static final Pattern LOOKED_UP = Pattern.compile(
            "Class\\.forName|\\.loadClass\\(|ServiceLoader\\.load|ResourceBundle\\.|\\bProxy\\.newProxy|ObjectInputStream"
                    + "|\\.readValue\\(|\\.convertValue\\(|\\.treeToValue\\(|\\.valueToTree\\(");
    private static final Pattern RESOURCE = Pattern.compile("\\.getResource(?:AsStream)?\\(");

    @Test
    void whatIsNamedIsRegisteredAndCanBeMade() throws Exception {
        Map<String, Class<?>> named = new TreeMap<>();
        for (Map.Entry<Path, String> source : sources().entrySet()) {
            Matcher matcher = NAMED.matcher(source.getValue());
            while (matcher.find()) {
                Class<?> type = Class.forName(qualified(matcher.group(1), source.getKey(), source.getValue()));
                named.put(type.getName(), type);
            }
        }

        assertThat(named.keySet())
                .contains(
                        "io.schemajob.database.connect.LoginPasswords",
                        "io.schemajob.database.connect.LoginTls",
                        "io.schemajob.database.watch.WatchedSocketFactory",
                        "io.schemajob.migration.flyway.SilentFlywayLog");
        assertThat(named).allSatisfy((name, type) -> {
            RegisterForReflection registered = type.getAnnotation(RegisterForReflection.class);
            assertThat(registered).as(name).isNotNull();
            assertThat(registered.targets()).as(name).isEmpty();
            assertThat(registered.classNames()).as(name).isEmpty();
            assertThat(Modifier.isPublic(type.getModifiers())).as(name).isTrue();
            assertThat(Arrays.stream(type.getConstructors()).map(Constructor::getParameterCount))
                    .as(name)
                    .anyMatch(count -> count < 2);
        });
    }

    /** Nothing of ours finds a class, or reads an object from text, in a way that GraalVM cannot see. */
    @Test
    void nothingIsLookedUp() throws IOException {
        assertThat(sources())
                .allSatisfy((file, text) -> assertThat(LOOKED_UP.matcher(text).find())
                        .as("%s; declare the class beside it and allow it here", file)
                        .isFalse());
    }

    @Test
    void resourcesAreBundlesAndPartsOfPages() throws IOException {
        List<String> readers = sources().entrySet().stream()
                .filter(source -> RESOURCE.matcher(source.getValue()).find())
                .map(source -> source.getKey().getFileName().toString())
                .toList();
        assertThat(readers).containsExactly("EmbeddedFile.java");
        assertThat(Files.readString(Path.of("src/main/resources/application.properties")))
                .contains("quarkus.native.resources.includes=bundles/**,docs/**,");
    }

    private static String qualified(String name, Path file, String text) {
        Matcher imported =
                Pattern.compile("(?m)^import ([\\w.]+\\." + name + ");").matcher(text);
        String folder = SOURCE.relativize(file.getParent()).toString().replace('/', '.');
        return imported.find() ? imported.group(1) : folder + "." + name;
    }

    private static Map<Path, String> sources() throws IOException {
        Map<Path, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCE)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                sources.put(file, Files.readString(file));
            }
        }
        assertThat(sources).hasSizeGreaterThan(300);
        return sources;
    }
}
