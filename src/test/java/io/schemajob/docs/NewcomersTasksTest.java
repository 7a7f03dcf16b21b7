package io.schemajob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING answers where a change goes: each task names the files, at most three of ours to touch, and they exist. */
class NewcomersTasksTest {
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\(([^)]+)\\)");

    @Test
    void eachTaskNamesAtMostThreeFilesThatExist() throws IOException {
        Map<String, List<String>> tasks = tasks();
        assertThat(tasks)
                .containsKeys(
                        "add a lint rule",
                        "add a command",
                        "add a login method",
                        "add a kind of object",
                        "change what is logged when the lock is held");
        tasks.forEach((task, files) -> {
            assertThat(files.stream().filter(file -> !file.startsWith("docs/decisions/")))
                    .as(task)
                    .hasSizeBetween(1, 3);
            assertThat(files).as(task).allSatisfy(file -> assertThat(Path.of(file))
                    .isRegularFile());
        });
    }

    /** The table: files by task. */
    private static Map<String, List<String>> tasks() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("CONTRIBUTING.md"));
        int head = lines.indexOf("| task | where |");
        assertThat(head).as("the table of tasks").isPositive();
        Map<String, List<String>> tasks = new LinkedHashMap<>();
        lines.subList(head + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("| "))
                .forEach(line -> tasks.put(
                        line.substring(2, line.indexOf(" | ")),
                        LINK.matcher(line)
                                .results()
                                .map(found -> found.group(2))
                                .toList()));
        return tasks;
    }
}
