package io.schemajob.bundle.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.database.libpq.ConnectionReader;
import io.schemajob.database.libpq.RunSchema;
import io.schemajob.report.failure.SchemajobException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Texts of one long line, or of many short ones, cost what their length is and not its square. */
class LongInputTest {
    private static final int SHORT = 1 << 17;
    private static final int TIMES = 16;

    private static final Map<String, IntFunction<String>> YAML = Map.of(
            "comment", n -> "a: &b 1\n# " + "x".repeat(n) + "\n",
            "comment behind a key that only the library reads", n -> "? a\n: b # " + "x".repeat(n) + "\n",
            "unclosed quotes", n -> "a: \"" + "x".repeat(n),
            "quoted items on one line", n -> "a: [" + "'x', ".repeat(n / 5) + "1]\n",
            "long key", n -> "x".repeat(n) + ": 1\n",
            "colons", n -> "a: x" + ":".repeat(n) + "\n",
            "long tag", n -> "a: !" + "x".repeat(n) + " b\n",
            "lines of a plain text", n -> "a: x\n" + "  y\n".repeat(n / 4));

    private static final Map<String, IntFunction<String>> SQL = Map.of(
            "comment", n -> "-- " + "x".repeat(n) + "\nSELECT 1;",
            "nested comments", n -> "/*".repeat(n / 4) + "*/".repeat(n / 4) + "SELECT 1;",
            "unclosed quote", n -> "SELECT '" + "x".repeat(n),
            "unclosed dollar quotes", n -> "SELECT " + "$a$ ".repeat(n / 4),
            "dollar signs", n -> "SELECT " + "$".repeat(n),
            "parentheses", n -> "SELECT " + "(".repeat(n),
            "statements", n -> "SELECT 1;".repeat(n / 9),
            "backslashes", n -> "\\".repeat(n));

    private static final Map<String, IntFunction<String>> CONNECTIONS = Map.of(
            "word that is no parameter", n -> "host=a " + "x".repeat(n),
            "blanks in a word", n -> "host='a" + " ".repeat(n) + "b'",
            "blanks in a host", n -> "postgresql://a" + " ".repeat(n) + "b/shop",
            "hosts", n -> "postgresql://" + "a,".repeat(n / 2) + "b/shop",
            "long name", n -> "postgresql://a/shop?" + "x".repeat(n) + "=1",
            "equals signs", n -> "host" + "=".repeat(n));

    @Test
    void connectionsAreReadInLinearTime() {
        CONNECTIONS.forEach((name, text) -> requireLinear(name, text, t -> new ConnectionReader(
                        Map.of("HOME", "/no/home"), new RunSchema("public", false), null, warning -> {})
                .fromText("DATABASE_URL", t)));
    }

    @Test
    void yamlIsReadInLinearTime() {
        YAML.forEach((name, text) -> requireLinear(name, text, t -> YamlNode.parse(new TextFile("f.yaml", t))));
    }

    @Test
    void scriptsAreReadInLinearTime() {
        SQL.forEach((name, text) -> requireLinear(
                name, text, t -> ScriptParser.parse(Script.of(new TextFile("migrations/001_a.up.sql", t)))));
    }

    /** Processor time of this thread, so that the load of the machine does not count; a square would be 256 times. */
    private static void requireLinear(String name, IntFunction<String> text, Consumer<String> reader) {
        List<String> texts = List.of(text.apply(SHORT), text.apply(SHORT * TIMES));
        read(texts.get(0), reader);
        long brief = Math.max(5_000_000, read(texts.get(0), reader));
        assertThat(read(texts.get(1), reader)).as(name).isLessThan(brief * TIMES * 5);
    }

    private static long read(String text, Consumer<String> reader) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try {
            reader.accept(text);
        } catch (SchemajobException e) {
            assertThat(e.failure().message()).hasSizeLessThan(5_000);
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    }
}
