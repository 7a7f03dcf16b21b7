package io.schemajob.bundle.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the plain reader reads, the library reads the same, positions of errors included. */
class PlainYamlTest {
    private static final String SAMPLE =
            """
            # declared
            extensions:
            - vector
            - {name: "uuid-ossp", version: '1.1'}
            tables:
              a:   # a table
                comment: "it's: # quoted"
                columns:
                  id: {type: bigint, nullable: false, default: nextval('a_seq')}
                  "odd name": numeric(10, 2)
                  b#c: 'it''s'
                empty:
                rows:
                  - id: 001
                    name: ~
                  - {id: -1.5, flag: yes, nothing: null, list: [a, [b], {}]}
                  - [x, "y"]

            functions:
              "f(integer, text)":
                body: |
                  BEGIN
                    RETURN 'a: b';

                  END
                  # no comment
                other: |2-
                    deeper
                  less
              last: 2001-01-01 10:00:00 # kept
            """;

    /** Pieces that mean something to YAML, alone or next to each other. */
    private static final List<String> PIECES =
            List.of(("a¦b c¦: ¦:¦\n¦\n  ¦\n    ¦- ¦-¦{¦}¦[¦]¦, ¦,¦\"¦'¦#¦ #¦|¦|-\n¦|2\n"
                            + "¦>¦&x¦*x¦!t¦%¦@¦?¦? ¦---¦...¦~¦null¦yes¦1¦0x1F¦1.5¦\\¦\t¦\r\n¦ä¦\u00A0¦\u2028¦\u0085¦😀¦<<¦=¦\0¦ ¦  ¦a: b"
                            + "¦a: {b: c}")
                    .split("¦"));

    private static Optional<YamlNode> plain(String text) {
        return PlainYaml.read(new TextFile("s.yaml", text));
    }

    private static YamlNode library(String text) {
        return new YamlReader(new TextFile("s.yaml", text)).read();
    }

    private static void agrees(String text) {
        plain(text).ifPresent(node -> assertThat(dump(node)).as(text).isEqualTo(dump(library(text))));
    }

    /** Everything that can be seen of a node and what is in it. */
    private static List<String> dump(YamlNode node) {
        List<String> lines = new ArrayList<>();
        String kind = node.isMapping() ? "mapping" : node.isList() ? "list" : scalar(node);
        lines.add(node.where() + " " + node.path() + " " + kind);
        if (node.isMapping()) {
            for (String key : node.entries().keySet()) {
                lines.add(whereIsKey(node, key));
                lines.addAll(dump(node.entries().get(key)));
            }
        } else if (node.isList()) {
            node.list().forEach(item -> lines.addAll(dump(item)));
        }
        return lines;
    }

    private static String scalar(YamlNode node) {
        if (node.isEmpty()) {
            return "nothing";
        }
        String type = node.isText() ? "text" : attempt(node::bool) + attempt(node::longInteger);
        return type + " " + node.text();
    }

    private static String attempt(Runnable reading) {
        try {
            reading.run();
            return "read ";
        } catch (SchemajobException e) {
            return e.getMessage() + " ";
        }
    }

    /** Complaints about unknown keys are the one place where the position of a key shows. */
    private static String whereIsKey(YamlNode mapping, String key) {
        List<String> others = new ArrayList<>(mapping.entries().keySet());
        others.remove(key);
        try {
            mapping.onlyKeys(others.toArray(String[]::new));
            throw new AssertionError("the key " + key + " was taken for known");
        } catch (SchemajobException e) {
            return e.getMessage();
        }
    }

    @Test
    void readsTheFormOfDeclaredSchemas() {
        assertThat(plain(SAMPLE)).isPresent();
        agrees(SAMPLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent-executor", "agent-platform", "bindu", "minion"})
    void readsTheBuiltInBundles(String name) {
        String text = BundleLoader.load(name).file("schema.yaml").orElseThrow().text();
        assertThat(plain(text)).isPresent();
        agrees(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a: b\na: c",
                "a: &x b",
                "a: *x",
                "a: !t b",
                "a: >\n  b",
                "a: b\n  c",
                "a: {b: c,\n  d: e}",
                "a: \"\\n\"",
                "a: |+\n  b\n\n",
                "--- a: b",
                "a: b\n...\n",
                "\"a\" : b",
                "a:\tb",
                "~: a",
                "a: [b,]",
                "a: b: c",
                "? a",
                "a: |\n  b"
            })
    void leavesTheRestToTheLibrary(String text) {
        assertThat(plain(text)).isEmpty();
    }

    @Test
    void leavesDeepNestingToTheLibrary() {
        assertThat(plain("a: " + "[".repeat(39) + "]".repeat(39))).isPresent();
        assertThat(plain("a: " + "[".repeat(40) + "]".repeat(40))).isEmpty();
    }

    @Property(tries = 3000)
    void agreesOnWhatPeopleChange(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(SAMPLE);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + (random.nextBoolean() ? 0 : 1 + random.nextInt(3)));
            text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
        }
        agrees(text.toString());
    }

    @Property(tries = 5000)
    void agreesOnAnyMixture(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("a: b\n".repeat(random.nextInt(2)));
        for (int pieces = 1 + random.nextInt(12); pieces > 0; pieces--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        agrees(text.toString());
    }
}
