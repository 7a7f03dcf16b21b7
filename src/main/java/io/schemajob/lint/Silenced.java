package io.schemajob.lint;

/** A finding that somebody has accepted, and why. */
public record Silenced(LintFinding finding, String reason) {}
