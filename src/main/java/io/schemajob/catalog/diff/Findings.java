package io.schemajob.catalog.diff;

import io.schemajob.catalog.diff.Difference.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects differences; the one place that knows how each sort of finding is worded. */
final class Findings {
    private final List<Difference> list = new ArrayList<>();
    private final DiffOptions options;

    Findings(DiffOptions options) {
        this.options = options;
    }

    List<Difference> list() {
        return list;
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

    /** Compares two values that are equal if they print the same. */
    void same(String object, String aspect, Object expected, Object found) {
        same(object, aspect, expected, found, expected, found);
    }

    /** Compares two values by their comparable forms and shows them as they were written. */
    void same(String object, String aspect, Object expected, Object found, Object expectedForm, Object foundForm) {
        if (!Objects.equals(expectedForm, foundForm)) {
            drift(object, aspect, Describe.value(expected), Describe.value(found));
        }
    }

    /** A declared comment should be there; nothing depends on it. */
    void comment(String object, String expected, String found) {
        if (expected != null && !expected.equals(found)) {
            warn(object, "comment", Describe.value(expected), Describe.value(found));
        }
    }

    void owner(String object, String owner) {
        if (options.expectedOwner() != null && !options.expectedOwner().equals(owner)) {
            drift(object, "owner", options.expectedOwner(), owner);
        }
    }
}
