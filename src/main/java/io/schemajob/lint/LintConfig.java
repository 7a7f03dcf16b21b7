package io.schemajob.lint;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.finding.Severity;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a bundle says of lint under {@code lint:} in its {@code bundle.yaml}.
 *
 * @param allow rules that are off in the whole bundle, and why
 * @param level findings at or above it fail the command
 * @param after migrations up to this one are not looked at, since a script that was applied cannot be changed; or null
 */
public record LintConfig(Map<Rule, String> allow, Severity level, Version after) {
    private static final Severity DEFAULT_LEVEL = Severity.ERROR;

    /** Reads it; a rule that does not exist, or one without a reason, is a failure with its place in the file. */
    public static LintConfig of(Bundle bundle) {
        Optional<YamlNode> node = bundle.lint().map(lint -> lint.onlyKeys("allow", "level", "after"));
        return new LintConfig(
                node.flatMap(lint -> lint.find("allow")).map(LintConfig::allow).orElse(Map.of()),
                node.flatMap(lint -> lint.find("level")).map(LintConfig::level).orElse(DEFAULT_LEVEL),
                node.flatMap(lint -> lint.find("after"))
                        .map(after -> version(bundle, after))
                        .orElse(null));
    }

    /** Whether a migration is old enough to be left alone. */
    boolean skips(Version version) {
        return after != null && version != null && version.compareTo(after) <= 0;
    }

    private static Map<Rule, String> allow(YamlNode node) {
        Map<Rule, String> allow = new EnumMap<>(Rule.class);
        node.entries().forEach((id, reason) -> {
            Rule rule = Rule.find(id)
                    .orElseThrow(() -> node.error("there is no lint rule " + id + "; docs/lint.md lists them"));
            if (reason.isEmpty() || reason.text().isBlank()) {
                throw reason.error(reason.path() + " needs a reason");
            }
            allow.put(rule, reason.text());
        });
        return allow;
    }

    private static Severity level(YamlNode node) {
        return Severity.parse(node.text())
                .orElseThrow(() -> node.error("lint.level is error, warning or info, not " + node.text()));
    }

    private static Version version(Bundle bundle, YamlNode node) {
        try {
            Version version = Version.of(node.text());
            if (bundle.migration(version).isPresent()) {
                return version;
            }
        } catch (NumberFormatException e) {
            throw node.error("lint.after: " + node.text() + " is not a version");
        }
        throw node.error("lint.after: the bundle has no migration of version " + node.text());
    }
}
