package io.schemajob.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final int WIDE = Integer.MAX_VALUE;

    @Test
    void isNoWiderThanTheTerminal() {
        List<String> lines = TextTable.ruled(
                List.of(
                        List.of("Version", "Description", "Title"),
                        List.of("001", "a description of several words", "x".repeat(30))),
                40);
        assertThat(lines).allMatch(line -> line.length() <= 40);
        assertThat(lines)
                .containsExactly(
                        "Version  Description  Title",
                        "-".repeat(40),
                        "001      a            xxxxxxxxxxxxxxxxxx",
                        "         description  xxxxxxxxxxxx",
                        "         of several",
                        "         words");
        assertThat(TextTable.ruled(List.of(List.of("a".repeat(9), "b".repeat(9), "c".repeat(9))), 16))
                .allMatch(line -> line.length() <= 16);
    }

    @Test
    void linesUpItsColumns() {
        assertThat(TextTable.ruled(
                        List.of(List.of("Version", "State"), List.of("1", "applied"), List.of("0002", "")), WIDE))
                .containsExactly("Version  State", "----------------", "1        applied", "0002");
    }

    @Test
    void aCellStaysOnItsLine() {
        assertThat(TextTable.ruled(List.of(List.of("Version", "State"), List.of("1\n==> 2", "\033[2Jx")), WIDE))
                .containsExactly("Version   State", "--------------------", "1\\n==> 2  \\u001b[2Jx");
    }

    @Property
    void everyCellStandsBelowItsHeading(
            @ForAll @Size(max = 8) List<@Size(3) List<@AlphaChars @StringLength(max = 12) String>> body) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("First", "Second", "Third")));
        rows.addAll(body);
        List<String> lines = TextTable.ruled(rows, WIDE);
        assertThat(lines).hasSize(rows.size() + 1);
        int second = lines.get(0).indexOf("Second");
        int third = lines.get(0).indexOf("Third");
        for (int i = 0; i < body.size(); i++) {
            String line = lines.get(i + 2) + " ".repeat(60);
            assertThat(line.substring(0, second).strip()).isEqualTo(body.get(i).get(0));
            assertThat(line.substring(second, third).strip())
                    .isEqualTo(body.get(i).get(1));
            assertThat(line.substring(third).strip()).isEqualTo(body.get(i).get(2));
        }
    }
}
