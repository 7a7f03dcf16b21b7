package io.schemajob.lint;

import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptOutline;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.lint.finding.LintReport;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.finding.ScriptLint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script that a rule must flag, or must not. The files in {@code src/test/resources/lint} hold them, one file a rule;
 * unit tests ask our rules about them and integration tests ask servers.
 *
 * @param flagged whether the rule must flag it
 * @param since the oldest major version that knows what it says
 */
record Sample(Rule rule, boolean flagged, int since, String title, String sql) {
    private static final Path FOLDER = Path.of("src/test/resources/lint");
    private static final Pattern HEADING = Pattern.compile("-- (flagged|clean)(?: \\((\\d+)\\))?: (.*)");

    /** The script that creates what the samples work on. */
    static String before() {
        return read("before.sql");
    }

    /** The rules whose findings do not come from the text of one script alone; they have tests of their own. */
    static List<Rule> withoutSamples() {
        return List.of(Rule.MISSING_DOWN, Rule.UNREADABLE_SCRIPT, Rule.USELESS_ALLOW);
    }

    static List<Sample> all() {
        return Arrays.stream(Rule.values())
                .filter(rule -> !withoutSamples().contains(rule))
                .flatMap(rule -> of(rule).stream())
                .toList();
    }

    static List<Sample> of(Rule rule) {
        List<Sample> samples = new ArrayList<>();
        String text = read(rule.id() + ".sql");
        Matcher matcher = HEADING.matcher(text);
        for (boolean found = matcher.find(); found; ) {
            boolean flagged = matcher.group(1).equals("flagged");
            int since = matcher.group(2) == null ? 14 : Integer.parseInt(matcher.group(2));
            String title = matcher.group(3);
            int begin = matcher.end();
            found = matcher.find();
            samples.add(new Sample(
                    rule, flagged, since, title, text.substring(begin, found ? matcher.start() : text.length())));
        }
        return samples;
    }

    ScriptLint lint() {
        LintReport report = Bundles.lint(before(), sql);
        return report.scripts().get(2);
    }

    boolean isFlagged() {
        return lint().findings().stream().anyMatch(finding -> finding.rule() == rule);
    }

    Script script() {
        return Bundles.script("002_x.up.sql", sql);
    }

    /** The statements, with {@code BEGIN} and {@code COMMIT} if they are there. */
    ScriptOutline outline() {
        return ScriptParser.outline(script());
    }

    private static String read(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "%s %s: %s".formatted(rule.id(), flagged ? "flags" : "passes", title);
    }
}
