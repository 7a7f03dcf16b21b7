package io.schemajob.migration.adopt;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which version of a bundle a name in another tool's table stands for: {@code 20240101120000}, {@code 001_items.sql},
 * {@code 20240101_Items}. A short number with another name behind it is another application's; a time is not met by
 * chance.
 */
final class RecordedName {
    private static final Pattern NAME = Pattern.compile("[Vvm]?([0-9]+(?:[._][0-9]+)*)(.*)");
    private static final Pattern ENDING =
            Pattern.compile("(\\.(up|do))?\\.(sql|[cm]?[jt]s|py|rb|go|php|xml|ya?ml|json|edn)$");
    private static final int DIGITS_OF_A_DATE = 8;

    private RecordedName() {}

    static Optional<Version> version(Bundle bundle, String recorded) {
        String file = recorded.substring(recorded.lastIndexOf('/') + 1);
        Matcher name = NAME.matcher(ENDING.matcher(file).replaceFirst(""));
        if (!name.matches()) {
            return Optional.empty();
        }
        String number = name.group(1);
        String rest = name.group(2);
        while (true) {
            Optional<Version> version = version(bundle, number, rest);
            int last = Math.max(number.lastIndexOf('_'), number.lastIndexOf('.'));
            if (version.isPresent() || last < 0) {
                return version;
            }
            rest = number.substring(last) + rest;
            number = number.substring(0, last);
        }
    }

    private static Optional<Version> version(Bundle bundle, String number, String rest) {
        String words = letters(rest);
        boolean date = number.replaceAll("[._]", "").length() >= DIGITS_OF_A_DATE;
        return Version.find(number)
                .flatMap(bundle::migration)
                .filter(migration -> date || words.isEmpty() || words.equals(letters(migration.description())))
                .map(Migration::version);
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
