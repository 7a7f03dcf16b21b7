package io.schemajob.lint;

/** A finding that somebody has accepted, and why. */
public record SuppressedFinding(LintFinding finding, String reason) {}
