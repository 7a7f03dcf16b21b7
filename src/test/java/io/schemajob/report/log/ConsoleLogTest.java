package io.schemajob.report.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ConsoleLogTest {
    private static final Failure FAILURE = Failure.of(ExitStatus.MIGRATION_FAILED, "Migration 002 failed.")
            .where("script 002_b.up.sql, line 3")
            .sqlState("42601")
            .databaseState("Rolled back.")
            .hint("Correct it.");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Redactor redactor = new Redactor();

    private ConsoleLog log(boolean json, boolean colour, boolean verbose) {
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        return new ConsoleLog(
                out,
                new ConsoleLog.Style(
                        json,
                        colour,
                        verbose ? ConsoleLog.Detail.VERBOSE : ConsoleLog.Detail.NORMAL,
                        Integer.MAX_VALUE),
                redactor);
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static void everything(ConsoleLog log) {
        log.step("Applying migration 001: first…");
        log.detail("Host: db");
        log.line("CREATE TABLE");
        log.warn("Look here.");
        log.debug("only when asked");
        log.failure(FAILURE, new IllegalStateException("the cause"));
    }

    @Test
    void textIsWhatOperatorsKnow() {
        everything(log(false, false, false));
        assertThat(lines())
                .containsExactly(
                        "==> Applying migration 001: first…",
                        "    Host: db",
                        "CREATE TABLE",
                        "WARNING: Look here.",
                        "ERROR 80 MIGRATION_FAILED: Migration 002 failed.",
                        "  where:    script 002_b.up.sql, line 3",
                        "  SQLSTATE: 42601",
                        "  database: Rolled back.",
                        "  next:     Correct it.");
    }

    @Test
    void verboseAddsDebugMessagesAndTheTrace() {
        everything(log(false, false, true));
        assertThat(lines()).contains("    only when asked", "java.lang.IllegalStateException: the cause");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        log(false, false, true).failure(Failure.of(ExitStatus.CONFIG, "No bundle."), null);
        assertThat(lines()).containsExactly("ERROR 78 CONFIG: No bundle.");
    }

    @Test
    void coloursAreOnlyPutAroundMarks() {
        everything(log(false, true, false));
        assertThat(lines())
                .contains("\033[1;32m==>\033[0m Applying migration 001: first…")
                .contains("\033[1;31mERROR 80 MIGRATION_FAILED:\033[0m Migration 002 failed.");
    }

    @Test
    void jsonIsOneObjectALine() throws IOException {
        everything(log(true, true, true));
        List<JsonNode> nodes = parsed();
        assertThat(nodes)
                .extracting(node -> node.path("event").asText())
                .containsExactly("step", "detail", "output", "warning", "debug", "failure");
        assertThat(nodes)
                .extracting(node -> node.path("level").asText())
                .containsExactly("info", "info", "info", "warn", "debug", "error");
        assertThat(nodes).allSatisfy(node -> Instant.parse(node.path("time").asText()));
        JsonNode failure = nodes.get(5);
        assertThat(failure.path("message").asText()).isEqualTo("Migration 002 failed.");
        assertThat(failure.path("exitCode").asInt()).isEqualTo(80);
        assertThat(failure.path("where").asText()).isEqualTo("script 002_b.up.sql, line 3");
        assertThat(failure.path("sqlState").asText()).isEqualTo("42601");
        assertThat(failure.path("hint").asText()).isEqualTo("Correct it.");
        assertThat(failure.path("trace").asText()).contains("IllegalStateException: the cause\n\tat ");
    }

    /** Each line, as the lines of several targets may be mixed. */
    @Test
    void everyLineSaysWhichTargetItIsAbout() throws IOException {
        redactor.protect("canary-7f3a");
        Log text = log(false, false, false).about("acme");
        text.step("Applying…");
        text.line("canary-7f3a\nsecond line");
        text.failure(FAILURE, null);
        assertThat(lines())
                .startsWith("[acme] ==> Applying…", "[acme] ***\\nsecond line")
                .contains("[acme]   next:     Correct it.")
                .allMatch(line -> line.startsWith("[acme] "));
        bytes.reset();
        Log json = log(true, false, false).about("acme");
        json.step("Applying…");
        json.failure(FAILURE, null);
        assertThat(parsed())
                .hasSize(2)
                .allMatch(node -> node.path("target").asText().equals("acme"));
    }

    @Property
    void jsonStaysOneObjectALineWhateverIsLogged(@ForAll String message, @ForAll String password) throws IOException {
        bytes.reset();
        Redactor own = new Redactor();
        own.protect(password);
        ConsoleLog log = new ConsoleLog(
                new PrintStream(bytes, false, StandardCharsets.UTF_8),
                new ConsoleLog.Style(true, false, ConsoleLog.Detail.VERBOSE, Integer.MAX_VALUE),
                own);
        log.line(message);
        log.failure(Failure.of(ExitStatus.INTERNAL, message), new IllegalStateException(message));
        assertThat(parsed()).hasSize(2).allMatch(JsonNode::isObject);
    }

    /** One call, one line, beginning as only that call's lines do, whatever somebody put into the message. */
    @Property
    void nobodyElseWritesALine(@ForAll("hostile") String text) {
        bytes.reset();
        ConsoleLog log = log(false, false, true);
        log.step(text);
        log.detail(text);
        log.warn(text);
        log.debug(text);
        log.line(text);
        log.about(text).step(text);
        log.failure(
                new Failure(ExitStatus.CONFIG, text, text, text, text, text),
                new IllegalStateException(text, new IllegalArgumentException(text)));
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).allMatch(line -> Printable.isPrintable(line.replace("\t", " ")));
        assertThat(lines.get(0)).startsWith("==> ");
        assertThat(lines.get(1)).startsWith("    ");
        assertThat(lines.get(2)).startsWith("WARNING: ");
        assertThat(lines.get(3)).startsWith("    ");
        assertThat(lines.get(4))
                .doesNotStartWith("==>")
                .doesNotStartWith("ERROR")
                .doesNotStartWith("  next:");
        assertThat(lines.get(5)).startsWith("[");
        assertThat(lines.get(6)).startsWith("ERROR 78 CONFIG: ");
        assertThat(lines.get(7)).startsWith("  where: ");
        assertThat(lines.get(8)).startsWith("  SQLSTATE: ");
        assertThat(lines.get(9)).startsWith("  database: ");
        assertThat(lines.get(10)).startsWith("  next: ");
        assertThat(lines.get(11)).startsWith("java.lang.IllegalStateException: ");
        assertThat(lines.subList(12, lines.size()))
                .allMatch(line ->
                        line.startsWith("\tat ") || line.startsWith("Caused by: java.lang.IllegalArgumentException: "));
    }

    /** SQL keeps its lines, each behind a mark. */
    @Property
    void noLineOfAScriptIsTakenForOurs(@ForAll("hostile") String sql) {
        bytes.reset();
        log(false, false, false).script(sql);
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .allMatch(line -> line.startsWith("    | ") && Printable.isPrintable(line.replace("\t", " ")));
    }

    @Test
    void sqlIsShownAsItIsWritten() {
        log(false, false, false).script("CREATE TABLE a (\r\n\tid int\n)\033;");
        assertThat(lines()).containsExactly("    | CREATE TABLE a (", "    | \tid int", "    | )\\u001b;");
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> piece = Arbitraries.of(
                "\n",
                "\r",
                "\r\n",
                "\u0085",
                "\u2028",
                "\033[2J",
                "\033[1A",
                "\b",
                "\u202e",
                "==> Migration 001 applied",
                "ERROR 80 X: ",
                "  next:     rm -rf /",
                "WARNING: ",
                "    Host: x",
                "\ud800",
                "[acme] ",
                " ",
                "x",
                "\ufdd0",
                "\ufdd1",
                "\0",
                "\t");
        return Arbitraries.oneOf(piece.list().ofMaxSize(8).map(parts -> String.join("", parts)), Arbitraries.strings());
    }

    @Test
    void secretsAreMaskedInBothFormsTracesIncluded() {
        redactor.protect("canary-7f3a");
        for (boolean json : new boolean[] {false, true}) {
            ConsoleLog log = log(json, false, true);
            log.line("password=canary-7f3a");
            log.failure(Failure.of(ExitStatus.CONFIG, "canary-7f3a"), new IllegalStateException("canary-7f3a"));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("***").doesNotContain("canary");
    }

    private List<JsonNode> parsed() throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : bytes.toString(StandardCharsets.UTF_8).split("\n")) {
            nodes.add(new ObjectMapper().readTree(line));
        }
        return nodes;
    }
}
