package io.schemajob.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No regular expression needs a deeper stack for a longer text. Java walks a repeated group of alternatives by recursion
 * unless it is possessive ({@code Pattern.Loop}), so a literal of some thousand characters ended a run with 70.
 */
class PatternsTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path SOURCES = Path.of("src/main/java");

    /** Texts are a thousand times longer than the stack of the thread would take if it grew with them. */
    private static final int STACK = 1 << 17;

    private static final int LENGTH = 20_000;

    private static final List<String> BEGINNINGS = List.of(
            "", "'", "\"", "(", "a", "9", "$a$", "--", "nextval('", "(ARRAY['a'::character varying", "a=", "<!--");
    private static final List<String> UNITS = List.of(
            "x",
            " ",
            "9",
            "''",
            "\"\"",
            "\\x",
            "a.",
            "a,",
            ", 'a'::character varying",
            "\n",
            "-x",
            "9 days ",
            "[]",
            "()",
            "x=y ");

    private static final Pattern REPEATED_ALTERNATIVES =
            Pattern.compile("\\((?:\\?:)?(?:[^()\"|]|\\\\\\\\[()])*+\\|(?:[^()\"]|\\\\\\\\[()])*+\\)[*+](?![+?])");

    @Test
    void constantsMatchTextsOfAnyLength() throws Exception {
        Map<String, Pattern> patterns = constants();
        assertThat(patterns).hasSizeGreaterThan(60);

        Set<String> deep = new TreeSet<>();
        Thread thread =
                new Thread(null, () -> patterns.forEach((name, pattern) -> tryAll(name, pattern, deep)), "", STACK);
        thread.start();
        thread.join();
        assertThat(deep).isEmpty();
    }

    private static void tryAll(String name, Pattern pattern, Set<String> deep) {
        for (String beginning : BEGINNINGS) {
            for (String unit : UNITS) {
                Matcher matcher = pattern.matcher(beginning + unit.repeat(LENGTH / unit.length()));
                try {
                    // Only where it begins: to look for a beginning everywhere needs time, not stack.
                    matcher.lookingAt();
                } catch (StackOverflowError e) {
                    deep.add(name + " " + pattern.pattern());
                    return;
                }
            }
        }
    }

    private static Map<String, Pattern> constants() throws Exception {
        Map<String, Pattern> found = new TreeMap<>();
        for (Path file : files(CLASSES, ".class")) {
            String name = CLASSES.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
            for (Field field : Class.forName(name, false, PatternsTest.class.getClassLoader())
                    .getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == Pattern.class) {
                    field.setAccessible(true);
                    found.put(name + "." + field.getName(), (Pattern) field.get(null));
                }
            }
        }
        return found;
    }

    /** Those that are no constants, or match only what the texts above do not have. */
    @Test
    void repeatedAlternativesArePossessive() throws IOException {
        for (Path file : files(SOURCES, ".java")) {
            assertThat(REPEATED_ALTERNATIVES.matcher(Files.readString(file)).results())
                    .as(file.toString())
                    .isEmpty();
        }
    }

    private static List<Path> files(Path root, String end) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
