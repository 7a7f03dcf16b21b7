package io.schemajob.bundle.sql;

/**
 * A comment from two hyphens to the end of its line: people use them to talk to tools.
 *
 * @param start where it begins in the script's text
 * @param text the comment with its hyphens
 */
public record LineComment(int start, String text) {}
