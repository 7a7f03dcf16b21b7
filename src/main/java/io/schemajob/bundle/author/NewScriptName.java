package io.schemajob.bundle.author;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What somebody calls a change, as a title for people and as a part of file names.
 *
 * @param title one line
 * @param slug lower-case ASCII letters, digits and single underscores
 */
public record NewScriptName(String title, String slug) {
    /** Short enough for every file system together with version and ending. */
    private static final int LONGEST = 80;

    /** @throws io.schemajob.report.failure.SchemajobException {@link ExitStatus#USAGE} when nothing is left for a file name */
    public static NewScriptName of(String message) {
        String title = message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        String slug = Normalizer.normalize(title.replace("ß", "ss"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+", "");
        slug = slug.substring(0, Math.min(slug.length(), LONGEST)).replaceAll("_+$", "");
        if (slug.isEmpty()) {
            throw Failure.of(
                            ExitStatus.USAGE,
                            "The name \"%s\" has no letter or digit for a file name.".formatted(title))
                    .databaseState("Not contacted.")
                    .hint("schemajob new add_orders")
                    .asException();
        }
        return new NewScriptName(title, slug);
    }

    /** The same change, a further part of it. */
    public NewScriptName part(String suffix) {
        return of(title + ": " + suffix);
    }
}
