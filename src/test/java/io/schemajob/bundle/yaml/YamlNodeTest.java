package io.schemajob.bundle.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.Refusal;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.Failure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlNodeTest {
    private static YamlNode yaml(String text) {
        return YamlNode.parse(new TextFile("schema.yaml", text));
    }

    @Test
    void readsEveryType() {
        YamlNode root = yaml(
                """
                name: agent
                version: 001
                count: 14
                big: 123456789012
                strict: yes
                nothing:
                list: [a, "2", on]
                nested:
                  inner: {x: 1.50}
                """);
        assertThat(root.required("name").text()).isEqualTo("agent");
        assertThat(root.required("version").text()).isEqualTo("001");
        assertThat(root.required("count").integer()).isEqualTo(14);
        assertThat(root.required("big").longInteger()).isEqualTo(123456789012L);
        assertThat(root.required("strict").bool()).isTrue();
        assertThat(root.find("nothing")).isEmpty();
        assertThat(root.find("absent")).isEmpty();
        assertThat(root.required("list").texts()).containsExactly("a", "2", "on");
        assertThat(root.required("nested").entries().keySet()).containsExactly("inner");
        assertThat(root.required("nested").value()).isEqualTo(Map.of("inner", Map.of("x", new BigDecimal("1.50"))));
        assertThat(root.required("list").value()).isEqualTo(List.of("a", "2", true));
    }

    @Test
    void anEmptyFileIsAnEmptyMapping() {
        assertThat(yaml("# nothing yet\n").entries()).isEmpty();
        assertThat(yaml("").entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: 1\nb: text\n'                | b | integer | 2:4  | b must be a whole number, not text.",
                "'a:\n  - 1\n'                    | a | text    | 2:3  | a must be text, not a list.",
                "'a: {b: c}\n'                    | a | list    | 1:4  | a must be a list, not a mapping.",
                "'a: \"14\"\n'                    | a | integer | 1:4  | a must be a whole number, not text.",
                "'a: 1\n'                         | a | bool    | 1:4  | a must be true or false, not a whole number.",
                "'a: 99999999999\n'               | a | integer | 1:4  | a must be a decimal number from -2147483648 to 2147483647, not 99999999999.",
                "'a: 0x1F\n'                      | a | integer | 1:4  | a must be a decimal number from -2147483648 to 2147483647, not 0x1F.",
                "'a: ~\n'                         | a | text    | 1:4  | a is empty.",
                "'b: 1\n'                         | a | text    | 1:1  | the key a is missing.",
            })
    void wrongTypesNameFileLineAndColumn(String text, String key, String type, String position, String message) {
        YamlNode root = yaml(text);
        Failure failure = Refusal.of(() -> read(root.required(key), type));
        assertThat(failure.message()).isEqualTo("schema.yaml:" + position + ": " + message);
        assertThat(failure.where()).isEqualTo("schema.yaml:" + position);
    }

    private static Object read(YamlNode node, String type) {
        return switch (type) {
            case "integer" -> node.integer();
            case "text" -> node.text();
            case "list" -> node.list();
            case "bool" -> node.bool();
            default -> throw new IllegalArgumentException(type);
        };
    }

    @Test
    void aNestedValueIsNamedByItsPath() {
        YamlNode root = yaml("adopt:\n  - {name: x}\n  - {name: [1]}\n");
        Failure failure = Refusal.of(
                () -> root.required("adopt").list().get(1).required("name").text());
        assertThat(failure.message()).isEqualTo("schema.yaml:3:12: adopt[1].name must be text, not a list.");
        assertThat(failure.where()).isEqualTo("schema.yaml:3:12");
        Failure missing = Refusal.of(() -> root.required("adopt").list().get(0).required("table"));
        assertThat(missing.message()).isEqualTo("schema.yaml:2:5: adopt[0] lacks the key table.");
        assertThat(missing.where()).isEqualTo("schema.yaml:2:5");
    }

    @Test
    void unknownKeysAreRefusedWithAGuess() {
        YamlNode root = yaml("name: x\nstrikt: true\nzzz: 1\n");
        Failure failure = Refusal.of(() -> root.onlyKeys("name", "strict", "zzz"));
        assertThat(failure.message()).isEqualTo("schema.yaml:2:1: unknown key strikt (did you mean strict?).");
        assertThat(failure.where()).isEqualTo("schema.yaml:2:1");
        assertThat(Refusal.of(() -> root.onlyKeys("name", "strikt")).message())
                .isEqualTo("schema.yaml:3:1: unknown key zzz (known keys: name, strikt).");
        assertThat(root.onlyKeys("name", "strikt", "zzz")).isSameAs(root);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: 1\nb: [1, 2\nc: 3\n'   | 3:2 | broken YAML",
                "'a: \"open\n\n'            | 3:1 | broken YAML",
                "'a: 1\n\tb: 2\n'           | 2:1 | broken YAML",
                "'a: 1\nb: x\u0007y\n'      | 2:5 | a character that YAML does not allow: U+0007",
                "'a: 1\n---\nb: 2\n'        | 2:1 | broken YAML",
                "'a: 1\nx:\n  b: 2\n  b: 3' | 4:3 | the key x.b is there twice",
                "'a: &x [1]\nb: *x\n'       | 1:4 | anchors and aliases are not supported",
                "'a: !!java.net.URL [x]\n'  | 1:4 | Global tag is not allowed",
                "'a: !mine x\n'             | 1:4 | the tag !mine is not supported",
                "'? [a, b]\n: 1\n'          | 1:3 | a key must be text, not a list",
            })
    void brokenYamlNamesFileLineAndColumn(String text, String position, String message) {
        Failure failure = Refusal.of(() -> yaml(text));
        assertThat(failure.where()).isEqualTo("schema.yaml:" + position);
        assertThat(failure.message())
                .startsWith("schema.yaml:" + position + ": ")
                .contains(message);
    }

    @Test
    void anAliasBombIsRefusedWhereItStarts() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [%s]\n"
                    .formatted(
                            i,
                            i,
                            String.join(",", List.of(("*a" + (i - 1) + " ,").repeat(9)))
                                    .replaceAll(",$", "")));
        }
        assertThat(Refusal.of(() -> yaml(bomb.toString())).where()).startsWith("schema.yaml");
    }

    @Test
    void deepNestingIsRefused() {
        Failure failure = Refusal.of(() -> yaml("[".repeat(10_000) + "]".repeat(10_000)));
        assertThat(failure.where()).isEqualTo("schema.yaml");
    }
}
