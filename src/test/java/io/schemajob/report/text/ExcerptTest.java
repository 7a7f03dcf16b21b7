package io.schemajob.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void beginningAndEndAreKept() {
        assertThat(Excerpt.of("short")).isEqualTo("short");
        String shortened = Excerpt.of("a" + "x".repeat(5_000) + "z");
        assertThat(shortened)
                .startsWith("axx")
                .endsWith("xxz")
                .contains(" … (3502 characters) … ")
                .hasSizeLessThan(1_600);
    }

    /** What somebody else wrote stays marked on both sides of the gap, and no character is cut in two. */
    @Test
    void marksAndCharactersStayWhole() {
        String marked = Excerpt.of("a " + Untrusted.text("\uD83D\uDE00".repeat(3_000)) + " z");
        assertThat(marked.chars().filter(c -> c == Untrusted.BEGIN).count()).isEqualTo(2);
        assertThat(marked.chars().filter(c -> c == Untrusted.END).count()).isEqualTo(2);
        assertThat(marked.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF)).isEmpty();
    }
}
