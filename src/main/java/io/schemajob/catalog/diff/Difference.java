package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.ObjectIdentity;
import java.util.Objects;

/**
 * One typed difference between a declared schema and a live one: what a verification finds and a plan has to mend.
 *
 * @param change what sort of difference it is
 * @param object what it is about
 * @param aspect what of it: {@link #EXISTENCE}, {@code type}, {@code default} …
 * @param declared what the declaration says, whole: a {@link String}, {@link CodeText}, {@link Boolean}, {@link Number}, list of
 *     strings or map of strings; null for nothing
 * @param live the same of the server
 * @param remark what a person should know of it, or null: of what is declared, or of a thing that is missing
 * @param severity whether it fails the verification
 */
public record Difference(
        Change change,
        ObjectIdentity object,
        String aspect,
        Object declared,
        Object live,
        String remark,
        Severity severity) {
    /** The aspect of an object that is missing or not declared. */
    public static final String EXISTENCE = "existence";

    /** What is expected of an object that nobody declared. */
    public static final String NOT_DECLARED = "not declared";

    private static final String MISSING = "missing";

    /** What sort of difference something is. */
    public enum Change {
        /** It is declared and not there. */
        MISSING,
        /** It is there and not declared. */
        EXTRA,
        /** Both have it, and an aspect differs. */
        CHANGED
    }

    /** Whether a finding fails the verification. */
    public enum Severity {
        /** The application or the next migration may not work as declared. */
        DRIFT,
        /** Worth a look; nothing that was declared behaves differently. */
        WARNING,
        /**
         * Not told, as it comes with another difference that is, or as the declaration leaves it open. A plan minds it: the
         * index on a column that is missing has to be made with the column.
         */
        SILENT
    }

    /** The same as one that is not told. */
    Difference silent() {
        return new Difference(change, object, aspect, declared, live, remark, Severity.SILENT);
    }

    /** Whether a verification tells it. */
    public boolean isTold() {
        return severity != Severity.SILENT;
    }

    /** The same in a further schema of the bundle. */
    public Difference in(String schema) {
        return new Difference(change, object.inSchema(schema), aspect, declared, live, remark, severity);
    }

    /** The same with a remark. */
    public Difference remarked(String text) {
        return new Difference(change, object, aspect, declared, live, text, severity);
    }

    /** Something declared that is not there. */
    public static Difference missing(ObjectIdentity object, Object declared, String remark, Severity severity) {
        return new Difference(Change.MISSING, object, EXISTENCE, declared, null, remark, severity);
    }

    /** Something that is there and nobody declared. */
    public static Difference extra(ObjectIdentity object, Object live, Severity severity) {
        return new Difference(Change.EXTRA, object, EXISTENCE, null, live, null, severity);
    }

    public static Difference changed(
            ObjectIdentity object, String aspect, Object declared, Object live, Severity severity) {
        return new Difference(Change.CHANGED, object, aspect, declared, live, null, severity);
    }

    public boolean isDrift() {
        return severity == Severity.DRIFT;
    }

    /** What was expected, in the words of a report: of long texts the first line that differs. */
    public String expected() {
        return change == Change.EXTRA ? NOT_DECLARED : words(declared, live) + remark(Change.CHANGED);
    }

    /** The same of what was found. */
    public String found() {
        return change == Change.MISSING ? MISSING + remark(Change.MISSING) : words(live, declared);
    }

    private String remark(Change of) {
        return remark == null || change != of ? "" : " (" + remark + ")";
    }

    private String words(Object value, Object other) {
        if (value instanceof CodeText text) {
            return other instanceof CodeText than
                    ? TextDifference.of(text.text(), than.text()).expected()
                    : change == Change.MISSING ? object.kind() : "present";
        }
        boolean alike = change == Change.CHANGED
                && !Objects.equals(value, other)
                && Describe.value(value).equals(Describe.value(other));
        return Describe.value(value, alike);
    }

    /** Object and aspect, which is left out where it is the existence. */
    public String subject() {
        return aspect.equals(EXISTENCE) ? object.toString() : object + ": " + aspect;
    }

    @Override
    public String toString() {
        return subject() + ", expected " + expected() + ", found " + found();
    }
}
