package io.schemajob.bundle.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.source.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resource.StringResource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our sums must be Flyway's own, or its command line would refuse our history. */
class FlywayChecksumTest {
    private static final String BOM = "\uFEFF";

    private static int ours(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return FlywayChecksum.of(bytes, Utf8.textStart(bytes));
    }

    private static int flyways(String text) {
        return ChecksumCalculator.calculate(new StringResource(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "select 1;",
                "select 1;\n",
                "a\nb\n",
                "a\r\nb\r\n",
                "a\rb\r",
                "a\n\r\n\rb",
                BOM,
                BOM + "select 1;\r\n",
                BOM + BOM + "two marks",
                "\n" + BOM + "a mark on line 2",
                "grüße 漢字 🐘\n",
            })
    void isFlyways(String text) {
        assertThat(ours(text)).isEqualTo(flyways(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\n", BOM + "a\nb\n", "a\r\nb", "a\rb\r"})
    void lineEndsAndByteOrderMarkDoNotCount(String text) {
        assertThat(ours(text)).isEqualTo(ours("a\nb"));
        assertThat(Script.of(new TextFile("x.sql", text.replace(BOM, ""))).checksum())
                .isEqualTo(ours("a\nb"));
    }

    @Property
    void isFlywaysForAnyText(@ForAll("texts") String text) {
        assertThat(ours(text)).isEqualTo(flyways(text));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(List.of("a", "\n", "\r", "\r\n", BOM, "ü", "🐘", " ", "select"))
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }
}
