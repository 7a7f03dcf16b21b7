package io.schemajob.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.lint.finding.LintReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Whatever is in a script, lint has an answer: SQL is for the server to refuse. */
@Tag("property")
class ArbitraryScriptsTest {
    private static final List<String> TOKENS = Stream.concat(
                    Sample.all().stream()
                            .flatMap(sample -> Arrays.stream(sample.sql().split("(?<=\\W)|(?=\\W)"))),
                    Stream.of(
                            "E'\\'",
                            "$$",
                            "$x$",
                            "\"",
                            "/*",
                            "*/",
                            "--",
                            "-- lint:allow ",
                            "\\d",
                            "U&\"",
                            "COPY t FROM stdin;"))
            .distinct()
            .toList();

    private static final String BEFORE = Sample.before();

    private static final List<String> SCRIPTS =
            Sample.all().stream().map(Sample::sql).toList();

    @Provide
    Arbitrary<String> soup() {
        return Arbitraries.of(TOKENS).list().ofMaxSize(60).map(tokens -> String.join(" ", tokens));
    }

    /** A script that says something, with pieces of it gone, doubled or replaced. */
    @Provide
    Arbitrary<String> mutated() {
        Arbitrary<String> script = Arbitraries.of(SCRIPTS);
        return script.flatMap(
                text -> Arbitraries.integers().between(0, 200).list().ofSize(3).flatMap(places -> Arbitraries.of(TOKENS)
                        .map(token -> mutate(text, places, token))));
    }

    private static String mutate(String text, List<Integer> places, String token) {
        List<String> words = new ArrayList<>(Arrays.asList(text.split("(?<=\\W)|(?=\\W)")));
        words.remove(places.get(0) % words.size());
        words.add(places.get(1) % (words.size() + 1), token);
        if (!words.isEmpty()) {
            words.add(words.get(places.get(2) % words.size()));
        }
        return words.stream().collect(Collectors.joining());
    }

    @Property
    void wordsInAnyOrder(@ForAll("soup") String script) {
        answers(script);
    }

    @Property(tries = 1000)
    void damagedScripts(@ForAll("mutated") String script) {
        answers(script);
    }

    @Property
    void anyText(@ForAll String script) {
        answers(script);
    }

    private static void answers(String script) {
        LintReport report = Bundles.lint(Bundles.of("", List.of(BEFORE, script), script));
        long lines = script.chars().filter(c -> c == '\n').count() + 1;
        assertThat(report.scripts()).hasSize(4);
        assertThat(report.findings())
                .allSatisfy(finding -> assertThat(finding.line()).isBetween(1, (int) lines));
    }
}
