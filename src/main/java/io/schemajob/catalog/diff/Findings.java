package io.schemajob.catalog.diff;

import io.schemajob.catalog.diff.Difference.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Collects differences; the one place that knows how each sort of finding is worded. */
final class Findings {
    private final List<Difference> list = new ArrayList<>();
    private final DiffOptions options;
    private final boolean commentsAreDrift;

    /** @param commentsAreDrift whether they are not only a warning */
    Findings(DiffOptions options, boolean commentsAreDrift) {
        this.options = options;
        this.commentsAreDrift = commentsAreDrift;
    }

    List<Difference> list() {
        return list;
    }

    /** The role that must own every declared object, or null. */
    String expectedOwner() {
        return options.expectedOwner();
    }

    void drift(String object, String aspect, String expected, String found) {
        list.add(new Difference(object, aspect, expected, found, Severity.DRIFT));
    }

    void warn(String object, String aspect, String expected, String found) {
        list.add(new Difference(object, aspect, expected, found, Severity.WARNING));
    }

    void missing(String object, String expected) {
        drift(object, Difference.EXISTENCE, expected, Difference.MISSING);
    }

    /** Something extra that changes what statements do, so it is drift even when the bundle is not strict. */
    void intruder(String object, String found) {
        drift(object, Difference.EXISTENCE, Difference.NOT_DECLARED, found);
    }

    /** Something extra that leaves the declared things as they are. */
    void extra(String object, String found) {
        Severity severity = options.strict() ? Severity.DRIFT : Severity.WARNING;
        list.add(new Difference(object, Difference.EXISTENCE, Difference.NOT_DECLARED, found, severity));
    }

    /** A setting that nobody declared and the declaration leaves open. */
    void tuned(String object, String aspect, String found) {
        Severity severity = options.strict() ? Severity.DRIFT : Severity.WARNING;
        list.add(new Difference(object, aspect, Difference.NOT_DECLARED, found, severity));
    }

    /** Compares two values that are equal if they print the same. */
    void same(String object, String aspect, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            drift(object, aspect, Describe.value(expected), Describe.value(found));
        }
    }

    /**
     * Compares two objects by a form without choices, which is only made where they are not equal as they are; and
     * describes them only where they differ. Most of a large schema is equal.
     */
    <T> void same(
            String object,
            String aspect,
            T expected,
            T found,
            Function<T, Object> canonical,
            Function<T, String> describe) {
        boolean equal = Objects.equals(expected, found)
                || Objects.equals(
                        expected == null ? null : canonical.apply(expected),
                        found == null ? null : canonical.apply(found));
        if (!equal) {
            drift(
                    object,
                    aspect,
                    expected == null ? Describe.NONE : describe.apply(expected),
                    found == null ? Describe.NONE : describe.apply(found));
        }
    }

    /** @param expected null where nothing is said of it, see {@link Comments} */
    void comment(String object, String expected, String found) {
        String wanted = Comments.NO_COMMENT.equals(expected) ? null : expected;
        if (expected == null || Objects.equals(wanted, found)) {
            return;
        }
        if (commentsAreDrift) {
            drift(object, "comment", Describe.value(wanted), Describe.value(found));
        } else {
            warn(object, "comment", Describe.value(wanted), Describe.value(found));
        }
    }

    void owner(String object, String owner) {
        if (options.expectedOwner() != null && !options.expectedOwner().equals(owner)) {
            drift(object, "owner", options.expectedOwner(), owner);
        }
    }
}
