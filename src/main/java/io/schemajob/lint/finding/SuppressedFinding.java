package io.schemajob.lint.finding;

/** A finding that somebody has accepted, and why. */
public record SuppressedFinding(LintFinding finding, String reason) {}
