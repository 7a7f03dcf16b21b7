package io.schemajob.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatATerminalObeysIsShown() {
        assertThat(Printable.line("a\nb\rc\td\033[31m\b\177\u009b2J\u0085"))
                .isEqualTo("a\\nb\\rc\\td\\u001b[31m\\u0008\\u007f\\u009b2J\\u0085");
        assertThat(Printable.line("\u202e\u2066\u200b\u200d\ufeff\u2028\u2029\u00ad\u061c\u2060\u3164\ufe0f"))
                .isEqualTo("\\u202e\\u2066\\u200b\\u200d\\ufeff\\u2028\\u2029\\u00ad\\u061c\\u2060\\u3164\\ufe0f");
        assertThat(Printable.line("\ud83d \udc00 \udb40\udc41")).isEqualTo("\\ud83d \\udc00 \\U000e0041");
        assertThat(Printable.line(null)).isNull();
    }

    @Test
    void whatPeopleWriteStaysAsItIs() {
        for (String text : new String[] {"", "Straße 漢字 العربية עברית 😀 — « x »", "C:\\temp\\new", "100 % $'x'"}) {
            assertThat(Printable.line(text)).isSameAs(text);
            assertThat(Printable.isPrintable(text)).isTrue();
        }
        assertThat(Printable.document("a:\n\tb\n\033")).isEqualTo("a:\n\tb\n\\u001b");
    }

    @Property
    void nothingHiddenIsLeft(@ForAll String text) {
        assertThat(Printable.isPrintable(Printable.line(text))).isTrue();
        assertThat(Printable.line(Printable.line(text))).isEqualTo(Printable.line(text));
    }

    @Property
    void jsonSaysTheSameInVisibleCharacters(@ForAll String text) throws IOException {
        String json = Printable.json(TextNode.valueOf(text).toString());
        assertThat(Printable.isPrintable(json)).isTrue();
        assertThat(JSON.readTree(json).asText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "shop/001_a.up.sql | shop/001_a.up.sql",
                "it's              | 'it'\\''s'",
                "`$(reboot) ; \\`  | `'$(reboot) ; \\'`",
                "-rf               | '-rf'",
                "A=b               | A=b  ",
                "``                | ''",
            })
    void wordsOfShellsAreQuotedWhereTheyHaveToBe(String value, String word) {
        assertThat(ShellWord.of(value)).isEqualTo(word);
    }

    /** Bash itself reads every word back. */
    @Property(tries = 5)
    void aShellReadsEveryWordBack(@ForAll java.util.List<String> values) throws Exception {
        String text = String.join("\n\033\u202e'\\\"$(x)`;!", values).replace("\0", "");
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        String valid = new String(utf8, StandardCharsets.UTF_8);
        String word = ShellWord.of(valid);
        assertThat(Printable.isPrintable(word)).isTrue();
        Process bash = new ProcessBuilder(Path.of("/bin/bash").toString(), "-c", "printf %s " + word).start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(valid);
        assertThat(bash.waitFor()).isZero();
    }
}
