package io.schemajob.job.check;

import io.schemajob.report.annotation.Annotation.Level;

/**
 * Something that is wrong with a bundle.
 *
 * @param rule such as {@code version-collision}
 * @param level how bad it is
 * @param file relative to the bundle
 * @param line from 1
 * @param message one sentence
 */
record CheckFinding(String rule, Level level, String file, int line, String message) {}
