package io.schemajob.migration.plan;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.Revisions;
import io.schemajob.bundle.script.Version;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;

/**
 * How far to go: {@code head}, {@code base}, so many steps up ({@code +2}) or down ({@code -2}), or a version.
 *
 * @param kind which of these
 * @param steps for STEPS: positive is up
 * @param version for VERSION
 */
public record Target(Kind kind, int steps, Version version) {
    public enum Kind {
        HEAD,
        BASE,
        STEPS,
        VERSION
    }

    public static final Target HEAD = new Target(Kind.HEAD, 0, null);

    /** @throws SchemajobException USAGE when the text is none of these */
    public static Target parse(String text) {
        if (text.equals("head")) {
            return HEAD;
        }
        if (text.equals("base")) {
            return new Target(Kind.BASE, 0, null);
        }
        if (text.matches("[+-]\\d{1,9}")) {
            return new Target(Kind.STEPS, Integer.parseInt(text), null);
        }
        return Version.find(text).map(Target::at).orElseThrow(() -> refused(text));
    }

    /** The same, where the target may also be one of Alembic's revisions that the bundle knows. */
    public static Target parse(String text, Bundle bundle) {
        return Revisions.of(bundle).version(text).map(Target::at).orElseGet(() -> parse(text));
    }

    /**
     * The version, which the bundle must have.
     *
     * @param databaseState for the message
     * @throws SchemajobException USAGE when it has none such
     */
    public Version requireKnown(Bundle bundle, String databaseState) {
        return bundle.migration(version)
                .orElseThrow(() -> Failure.of(
                                ExitStatus.USAGE,
                                "The bundle %s has no migration %s.".formatted(bundle.name(), version))
                        .databaseState(databaseState)
                        .hint("schemajob info lists the versions.")
                        .asException())
                .version();
    }

    private static Target at(Version version) {
        return new Target(Kind.VERSION, 0, version);
    }

    private static SchemajobException refused(String text) {
        return Failure.of(ExitStatus.USAGE, "\"%s\" is not a target.".formatted(text))
                .databaseState("Not contacted.")
                .hint("A target is head, base, +N, -N or a version such as 001; schemajob info lists the versions.")
                .asException();
    }
}
