package io.schemajob.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing that is printed, read or sent depends on the locale or charset of the process. {@code Main} makes the neutral
 * locale the default before anything else, which covers {@code formatted}; what is forbidden here would undo that or
 * depends on the charset.
 */
class LocaleTest {
    private static final Path SOURCE = Path.of("src/main/java");
    private static final Pattern FORBIDDEN = Pattern.compile("Locale\\.getDefault|toLowerCase\\(\\)|toUpperCase\\(\\)"
            + "|\\.getBytes\\(\\)|defaultCharset|new FileReader|new FileWriter|new Scanner|new InputStreamReader\\([^,]*\\)\\s*[;)]"
            + "|NumberFormat\\.get|new DecimalFormat|Collator|DateFormat|ofLocalized|String\\.format\\(\\s*\""
            + "|System\\.getenv\\(\\)\\.get");

    @Test
    void nothingInTheSourceDependsOnTheLocale() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCE)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(300);
            for (Path source : sources) {
                assertThat(Files.readString(source).lines())
                        .as(source.toString())
                        .noneMatch(line -> FORBIDDEN.matcher(line).find());
            }
        }
    }

    /** Before Quarkus starts, as its threads format too. */
    @Test
    void theNeutralLocaleComesFirst() throws IOException {
        String main = Files.readString(SOURCE.resolve("io/schemajob/cli/Main.java"));
        String first = main.substring(main.indexOf("void main("))
                .lines()
                .skip(1)
                .map(String::strip)
                .filter(line -> !line.startsWith("//"))
                .findFirst()
                .orElseThrow();
        assertThat(first).isEqualTo("Locale.setDefault(Locale.ROOT);");
        assertThat("%d".formatted(78)).as("digits here").isEqualTo(String.format(Locale.ROOT, "%d", 78));
    }
}
