package io.schemajob.catalog.diff;

import io.schemajob.catalog.diff.Difference.Change;
import io.schemajob.catalog.diff.Difference.Severity;
import io.schemajob.catalog.model.ObjectIdentity;
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

    void add(Difference difference) {
        list.add(difference);
    }

    void drift(ObjectIdentity object, String aspect, Object declared, Object live) {
        assert ModelKind.knows(object, aspect) : object + ": " + aspect;
        add(Difference.changed(object, aspect, declared, live, Severity.DRIFT));
    }

    void warn(ObjectIdentity object, String aspect, Object declared, Object live) {
        assert ModelKind.knows(object, aspect) : object + ": " + aspect;
        add(Difference.changed(object, aspect, declared, live, Severity.WARNING));
    }

    void missing(ObjectIdentity object, Object declared) {
        missing(object, declared, null);
    }

    void missing(ObjectIdentity object, Object declared, String remark) {
        add(Difference.missing(object, declared, remark, Severity.DRIFT));
    }

    /** Something extra that changes what statements do, so it is drift even when the bundle is not strict. */
    void intruder(ObjectIdentity object, Object live) {
        add(Difference.extra(object, live, Severity.DRIFT));
    }

    /** Something extra that leaves the declared things as they are. */
    void extra(ObjectIdentity object, Object live) {
        add(Difference.extra(object, live, ifStrict()));
    }

    /** A setting that nobody declared and the declaration leaves open. */
    void tuned(ObjectIdentity object, String aspect, Object live) {
        add(new Difference(Change.EXTRA, object, aspect, null, live, null, ifStrict()));
    }

    private Severity ifStrict() {
        return options.strict() ? Severity.DRIFT : Severity.WARNING;
    }

    /** Compares two values that are equal as they are. */
    void same(ObjectIdentity object, String aspect, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            drift(object, aspect, expected, found);
        }
    }

    /**
     * Compares two objects by a form without choices, which is only made where they are not equal as they are; and
     * describes them only where they differ. Most of a large schema is equal.
     */
    <T> void same(
            ObjectIdentity object,
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
                    expected == null ? null : describe.apply(expected),
                    found == null ? null : describe.apply(found));
        }
    }

    /** @param expected null where nothing is said of it, see {@link Comments} */
    void comment(ObjectIdentity object, String expected, String found) {
        String wanted = Comments.NO_COMMENT.equals(expected) ? null : expected;
        if (expected == null || Objects.equals(wanted, found)) {
            return;
        }
        if (commentsAreDrift) {
            drift(object, "comment", wanted, found);
        } else {
            warn(object, "comment", wanted, found);
        }
    }

    void owner(ObjectIdentity object, String owner) {
        if (options.expectedOwner() != null && !options.expectedOwner().equals(owner)) {
            drift(object, "owner", options.expectedOwner(), owner);
        }
    }
}
