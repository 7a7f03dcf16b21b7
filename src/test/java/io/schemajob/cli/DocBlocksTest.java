package io.schemajob.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.schemajob.testing.DocBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of commands in the documentation is kept true in one of three ways: a test runs it, which its fence names;
 * it needs a cluster, and says so; or it is made of our own commands, whose words the command line understands.
 */
class DocBlocksTest {
    private static final Pattern TEST = Pattern.compile("test=(\\w+)#(\\w+)");
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");
    private static final Pattern OURS = Pattern.compile(
            "(?:source <\\()?(?:schemajob|java -jar target/quarkus-app/quarkus-run\\.jar) ([^#|<>&);]*).*");

    static List<DocBlock> blocks() {
        List<DocBlock> blocks = DocBlock.all("README.md", "CONTRIBUTING.md");
        assertThat(blocks).hasSizeGreaterThan(15);
        return blocks;
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void isRunOrMarkedOrUnderstood(DocBlock block) throws IOException {
        Matcher test = TEST.matcher(block.fence());
        boolean kubernetes = block.text().matches("(?s).*\\b(kubectl|helm|argocd)\\b.*");
        if (test.matches()) {
            assertThat(kubernetes).as("a test has no cluster").isFalse();
            assertRuns(test.group(1), test.group(2), block.document());
        } else if (block.fence().equals("cluster") || kubernetes) {
            assertThat(kubernetes).as("no command of a cluster").isTrue();
            assertThat(Files.readString(block.document())).containsPattern("needs? a cluster");
        } else {
            assertThat(block.fence()).isEmpty();
            block.text().lines().filter(line -> !line.isBlank()).forEach(DocBlocksTest::assertUnderstood);
        }
    }

    private static void assertRuns(String type, String name, Path document) throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            Path source = sources.filter(file -> file.endsWith(type + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no test " + type));
            assertThat(Files.readString(source)).contains("\"" + name + "\"", document.toString());
        }
    }

    private static void assertUnderstood(String line) {
        if (line.startsWith("#") || line.startsWith("mvn ") || line.startsWith(". /vault/")) {
            return;
        }
        Matcher ours = OURS.matcher(line);
        assertThat(ours.matches())
                .as("neither run, nor marked, nor ours: " + line)
                .isTrue();
        String[] words = WORD.matcher(ours.group(1))
                .results()
                .map(word -> word.group().replace("\"", ""))
                .toArray(String[]::new);
        assertThatCode(() -> CommandLinesTest.parse(words)).as(line).doesNotThrowAnyException();
    }
}
