package io.schemajob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each sentence of docs/reliability.md names tests that exist: a promise whose test was renamed or deleted is noticed. */
class ReliabilityTest {
    private static final Path PAGE = Path.of("docs/reliability.md");
    private static final Pattern ANNOTATION =
            Pattern.compile("@(Test|ParameterizedTest|TestFactory|Property|Example|RepeatedTest)\\b");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @TestFactory
    List<DynamicTest> everySentenceIsHeldByATest() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .takeWhile(line -> !line.startsWith("## Under faults"))
                .filter(line -> line.matches("\\| (?!sentence|---).*"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(4);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row, () -> assertHeld(row)))
                .toList();
    }

    private static void assertHeld(String row) throws IOException {
        String heldBy = row.substring(row.stripTrailing().lastIndexOf(" | ") + 1);
        List<Matcher> tests = TEST.matcher(heldBy)
                .results()
                .map(found -> TEST.matcher(found.group()))
                .toList();
        assertThat(tests).as("tests named in the last column").isNotEmpty();
        for (Matcher test : tests) {
            assertThat(test.matches()).isTrue();
            assertThat(members(test.group(1)))
                    .as("members of " + test.group(1))
                    .anyMatch(
                            member -> ANNOTATION.matcher(member).find() && member.contains(" " + test.group(2) + "("));
        }
    }

    /** The parts of a class that end with a closing brace at the depth of its members. */
    private static List<String> members(String className) throws IOException {
        return List.of(source(className).split("\n    }\n"));
    }

    private static String source(String className) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<Path> found =
                    files.filter(file -> file.endsWith(className + ".java")).toList();
            assertThat(found).as("class " + className).hasSize(1);
            return Files.readString(found.get(0));
        }
    }
}
