package io.schemajob.report.annotation;

/**
 * Something that was found in a file.
 *
 * @param rule such as {@code index-not-concurrent}
 * @param level how bad it is
 * @param file path from the root of the repository, with forward slashes
 * @param line from 1; 1 where it is about the whole file
 * @param message one sentence
 * @param link to what explains it, or null
 */
public record Annotation(String rule, Level level, String file, int line, String message, String link) {
    /** As SARIF names them (3.27.10), the worst first. */
    public enum Level {
        ERROR,
        WARNING,
        NOTE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
