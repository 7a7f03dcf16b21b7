package io.schemajob.lint;

import io.schemajob.bundle.script.ScriptOutline;
import io.schemajob.bundle.sql.LineComment;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.lint.finding.LintFinding;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.rule.ScriptContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments {@code -- lint:allow RULE reason} of a script. Each concerns the statement below it, or the one on its
 * own line or around it; what is about the script as a whole may be allowed anywhere in it.
 */
final class Suppressions {
    private static final Pattern DIRECTIVE =
            Pattern.compile("--\\s*(?:lint:allow|schemajob:ignore)\\b\\s*(\\S*)\\s*(.*)");
    private static final Set<Rule> OF_THE_SCRIPT = Set.of(Rule.MISSING_DOWN, Rule.SEVERAL_LOCKS);

    /** @param statement the number of the one it concerns; the number of statements if none follows */
    private record Allowance(int line, int statement, String rule, String reason) {}

    private final List<Allowance> allowances = new ArrayList<>();
    private final Set<Allowance> used = new HashSet<>();

    private Suppressions() {}

    static Suppressions of(ScriptOutline outline) {
        Suppressions found = new Suppressions();
        String text = outline.script().text();
        int line = 1;
        int counted = 0;
        for (LineComment comment : outline.comments()) {
            while (counted < comment.start()) {
                line += text.charAt(counted++) == '\n' ? 1 : 0;
            }
            Matcher matcher = DIRECTIVE.matcher(comment.text().strip());
            if (matcher.matches()) {
                int statement = statement(outline.statements(), line);
                found.allowances.add(new Allowance(
                        line, statement, matcher.group(1), matcher.group(2).strip()));
            }
        }
        return found;
    }

    static Suppressions none() {
        return new Suppressions();
    }

    private static int statement(List<Statement> statements, int line) {
        for (int i = 0; i < statements.size(); i++) {
            boolean last = i + 1 == statements.size() || statements.get(i + 1).line() > line;
            Statement statement = statements.get(i);
            long end = statement.line()
                    + statement.sql().chars().filter(c -> c == '\n').count();
            if (statement.line() > line || end >= line && last) {
                return i;
            }
        }
        return statements.size();
    }

    /** Why a finding is accepted; empty if it is not. */
    Optional<String> reason(ScriptContext.Reported reported) {
        Rule rule = reported.finding().rule();
        for (Allowance allowance : allowances) {
            boolean here = allowance.statement() == reported.statement() || OF_THE_SCRIPT.contains(rule);
            if (here
                    && allowance.rule().equals(rule.id())
                    && !allowance.reason().isEmpty()) {
                used.add(allowance);
                return Optional.of(allowance.reason());
            }
        }
        return Optional.empty();
    }

    /** Comments that silence nothing: mistyped, without a reason, or left over. To be asked last. */
    List<LintFinding> useless(String file) {
        return allowances.stream()
                .filter(allowance -> !used.contains(allowance))
                .map(allowance -> new LintFinding(Rule.USELESS_ALLOW, file, allowance.line(), complaint(allowance)))
                .toList();
    }

    private static String complaint(Allowance allowance) {
        if (Rule.find(allowance.rule()).isEmpty()) {
            String name = allowance.rule().isEmpty() ? "no rule" : "a rule that does not exist, " + allowance.rule();
            return "the comment names " + name;
        }
        return allowance.reason().isEmpty()
                ? "the comment gives no reason for " + allowance.rule()
                : "nothing here violates " + allowance.rule();
    }
}
