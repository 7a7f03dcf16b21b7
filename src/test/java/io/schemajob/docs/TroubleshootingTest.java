package io.schemajob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every message that the source can end a run with has its line in docs/troubleshooting.md, under its exit code: a row
 * of a table that begins with the message, {@code …} for what differs. A class whose messages have no words of their own
 * is named in a comment {@code <!-- covers: … -->} of a section that explains them together.
 */
class TroubleshootingTest {
    private static final Path PAGE = Path.of("docs/troubleshooting.md");
    private static final Pattern COVERS = Pattern.compile("<!-- covers: ([\\w ]+) -->");

    /** By name of the exit status: beginnings of messages, and classes that are explained together. */
    private static final Map<String, List<String>> ENTRIES = new HashMap<>();

    private static final Map<String, Set<String>> COVERED = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        List<String> section = List.of();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                section = Arrays.stream(ExitStatus.values())
                        .filter(status -> line.contains(" " + status.name()))
                        .map(ExitStatus::name)
                        .toList();
            }
            Matcher covers = COVERS.matcher(line);
            for (String status : section) {
                if (covers.matches()) {
                    COVERED.computeIfAbsent(status, name -> new HashSet<>())
                            .addAll(List.of(covers.group(1).split(" ")));
                } else if (line.startsWith("| ")) {
                    ENTRIES.computeIfAbsent(status, name -> new ArrayList<>())
                            .add(line.split(" \\| ?")[0].substring(2));
                }
            }
        }
    }

    @Test
    void everyFailureOfTheSourceIsExplained() {
        Set<String> unexplained = new TreeSet<>();
        List<Messages.Message> messages = Messages.ofSource(Path.of("src/main/java"));
        assertThat(messages).hasSizeGreaterThan(90);
        for (Messages.Message message : messages) {
            List<String> statuses = message.statuses().isEmpty() ? List.copyOf(ENTRIES.keySet()) : message.statuses();
            boolean explained = message.hasWords()
                    ? statuses.stream().anyMatch(status -> explains(status, message.text()))
                    : statuses.stream().anyMatch(status -> COVERED.getOrDefault(status, Set.of())
                            .contains(message.type()));
            if (!explained) {
                unexplained.add(message.type() + " " + message.statuses() + ": " + message.text());
            }
        }
        assertThat(unexplained)
                .as("without a row in " + PAGE + " under its exit code (or, without words, a comment <!-- covers: -->)")
                .isEmpty();
    }

    @Test
    void everyExitCodeHasASection() {
        for (ExitStatus status : ExitStatus.values()) {
            if (status != ExitStatus.OK) {
                assertThat(ENTRIES).containsKey(status.name());
            }
        }
    }

    @Test
    void noMessageHasTwoRows() {
        ENTRIES.forEach((status, entries) -> assertThat(entries.stream()
                        .filter(entry -> !entry.equals("message"))
                        .map(entry -> entry.replaceAll("\\.$", "")))
                .as(status)
                .doesNotHaveDuplicates());
    }

    /** That the reading of the source finds what it has to: calls, callers, and text in several parts. */
    @Test
    void readsMessagesOutOfSource() {
        String source =
                """
                class A {
                    void direct() {
                        throw Failure.of(ExitStatus.CONFIG, "The file " + name + " is not"
                                + " there (%s).".formatted(why)).hint("look").asException();
                    }
                    void first() {
                        throw refused(ExitStatus.ACCESS_DENIED, "No right on %s.");
                    }
                    private static Failure refused(ExitStatus status, String message) {
                        return Failure.of(status, message);
                    }
                }
                """;
        assertThat(Messages.ofClass("A", source))
                .containsExactly(
                        new Messages.Message("A", List.of("CONFIG"), "…The file … is not there (…)."),
                        new Messages.Message("A", List.of("ACCESS_DENIED"), "…No right on …."));
        assertThat(explains(List.of("The file … is not there"), "…The file … is not there (…)."))
                .isTrue();
        assertThat(explains(List.of("The folder … is not there"), "…The file … is not there (…)."))
                .isFalse();
        assertThat(explains(List.of("…"), "…The file … is not there (…).")).isFalse();
    }

    private static boolean explains(String status, String text) {
        return explains(ENTRIES.getOrDefault(status, List.of()), text);
    }

    /** An entry explains a message if its words are in it, in order, and are enough to recognise it. */
    private static boolean explains(List<String> entries, String text) {
        return entries.stream().anyMatch(entry -> {
            int from = 0;
            int letters = 0;
            for (String piece : entry.split("…")) {
                String words = piece.strip();
                from = text.indexOf(words, from);
                if (from < 0) {
                    return false;
                }
                from += words.length();
                letters += words.replaceAll("[^A-Za-z]", "").length();
            }
            return letters >= 6;
        });
    }
}
