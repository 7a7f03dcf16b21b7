package io.schemajob.lint;

import io.schemajob.lint.finding.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The examples of {@code docs/lint.md}.
 *
 * @param rule whose section it is
 * @param insteadOf what must be flagged; null where there is nothing to show
 * @param better scripts in the order in which they run
 */
record LintDocs(Rule rule, Example insteadOf, List<Example> better) {
    private static final Pattern BLOCK =
            Pattern.compile("```sql\n-- (\\S+\\.(up|down)\\.sql)\n(.*?)```", Pattern.DOTALL);

    /** @param up whether it applies a migration */
    record Example(String name, boolean up, String sql) {}

    /** The tables that the examples work on. */
    static String before() {
        return examples(text()).get(0).sql();
    }

    static List<LintDocs> all() {
        List<LintDocs> sections = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            String section = section(rule);
            int better = section.indexOf("\nBetter");
            List<Example> before = examples(section.substring(0, Math.max(better, 0)));
            sections.add(new LintDocs(
                    rule, before.isEmpty() ? null : before.get(0), examples(section.substring(Math.max(better, 0)))));
        }
        return sections;
    }

    /** The text under the heading of a rule; empty if it has none. */
    static String section(Rule rule) {
        String heading = "\n### " + rule.id() + "\n";
        int begin = text().indexOf(heading);
        if (begin < 0) {
            return "";
        }
        int end = text().indexOf("\n### ", begin + 1);
        return text().substring(begin + heading.length(), end < 0 ? text().length() : end);
    }

    private static List<Example> examples(String text) {
        List<Example> examples = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            examples.add(new Example(matcher.group(1), matcher.group(2).equals("up"), matcher.group(3)));
        }
        return examples;
    }

    private static String text() {
        try {
            return Files.readString(Path.of("docs/lint.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return rule.id();
    }
}
