package io.schemajob.catalog.diff;

import io.schemajob.catalog.diff.Difference.Change;
import io.schemajob.catalog.diff.Difference.Severity;
import io.schemajob.catalog.kind.CommentKind;
import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Collects differences; the one place that knows how each sort of finding is worded. */
final class Findings {
    private final List<Difference> list;
    private final DiffOptions options;
    private final Coverage coverage;
    private final Set<Comments> said;
    private final boolean silent;

    /** Of a declaration. */
    Findings(DiffOptions options, Schema declared) {
        this(new ArrayList<>(), options, declared.objects().coverage(), Comments.said(declared), false);
    }

    private Findings(
            List<Difference> list, DiffOptions options, Coverage coverage, Set<Comments> said, boolean silent) {
        this.list = list;
        this.options = options;
        this.coverage = coverage;
        this.said = said;
        this.silent = silent;
    }

    /** What it collects is not told, see {@link Severity#SILENT}. */
    Findings silent() {
        return new Findings(list, options, coverage, said, true);
    }

    /**
     * Whether the file says everything, as one that {@code snapshot} wrote: then a comment that it does not mention goes, and
     * white space in a function's body is meant as it stands. Only plans are as exact.
     */
    boolean exact() {
        return coverage.level() > Coverage.NONE.level();
    }

    /** Whether the declaration is of this level, so that what it leaves out is absent. */
    boolean knows(int level) {
        return coverage.level() >= level;
    }

    /** Whether what it does not mention of settings may have been tuned. */
    boolean isOpen() {
        return coverage.openSettings();
    }

    List<Difference> list() {
        return list;
    }

    void add(Difference difference) {
        list.add(silent ? difference.silent() : difference);
    }

    void drift(ObjectIdentity object, String aspect, Object declared, Object live) {
        assert ModelKind.knows(object, aspect) : object + ": " + aspect;
        add(Difference.changed(object, aspect, declared, live, Severity.DRIFT));
    }

    void warn(ObjectIdentity object, String aspect, Object declared, Object live) {
        assert ModelKind.knows(object, aspect) : object + ": " + aspect;
        add(Difference.changed(object, aspect, declared, live, Severity.WARNING));
    }

    /** Another name of something that does the same; in a strict bundle it is not what was declared. */
    void renamed(ObjectIdentity object, String declared, String live) {
        add(Difference.changed(object, "name", declared, live, ifStrict()));
    }

    /** The severity of what changes no result. */
    Severity ifStrict() {
        return options.strict() ? Severity.DRIFT : Severity.WARNING;
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

    /** @param expected null where it is left out, see {@link Comments#said} */
    void comment(Comments of, ObjectIdentity object, String expected, String found) {
        String wanted = expected == null || expected.isEmpty() ? null : expected;
        if (Objects.equals(wanted, found)) {
            return;
        }
        if (expected == null && !said.contains(of)) {
            if (exact()) {
                silent().drift(object, "comment", null, found);
            }
        } else if (coverage.level() >= CommentKind.COMPARED_SINCE) {
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
