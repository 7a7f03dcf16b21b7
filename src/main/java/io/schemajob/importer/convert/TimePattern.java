package io.schemajob.importer.convert;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A pattern of java.time, taken apart: Java reads with some of them what a text does not say, or not all that it says, and
 * nobody would hear of it.
 *
 * @see java.time.format.DateTimeFormatter
 */
final class TimePattern {
    /** Letters of a time of day. */
    private static final String TIMES = "aBHKkhmsSAnN";

    private static final String OFFSETS = "XxZO";
    private static final String WEEKS = "YwWec";
    private static final String ONCE = "yMdHhmsS";

    /** In a text, a name of UTC or an offset. */
    private static final Pattern ZONE =
            Pattern.compile("(?<![A-Za-z])(?:Z|UTC|GMT)(?![A-Za-z])|(?<!\\d)[+-]\\d\\d:?\\d\\d(?!\\d)");

    private final List<Part> parts = new ArrayList<>();

    /**
     * A part of it.
     *
     * @param letter of a field; 0 for a text that is as it is, and for brackets
     * @param written as it is in the pattern
     * @param optional whether it is in brackets
     */
    private record Part(char letter, String written, boolean optional) {
        boolean isYearOfTwoDigits() {
            return letter == 'y' && written.length() == 2;
        }

        /** What it is in a text that is read; a blank for a field. */
        String text() {
            return letter == 0 ? written.replaceAll("['\\[\\]]", "") : " ";
        }
    }

    TimePattern(String pattern) {
        int depth = 0;
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            int end = i + 1;
            if (Character.isLetter(c)) {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                parts.add(new Part(field(c), pattern.substring(i, end), depth > 0));
            } else if (c == '\'') {
                end = pattern.indexOf('\'', end) + 1;
                if (end == 0) {
                    end = pattern.length();
                }
                parts.add(new Part((char) 0, pattern.substring(i, end), depth > 0));
            } else {
                depth += c == '[' ? 1 : c == ']' ? -1 : 0;
                parts.add(new Part((char) 0, String.valueOf(c), depth > 0));
            }
            i = end;
        }
    }

    /** Letters that stand for the same field, as one. */
    private static char field(char letter) {
        return switch (letter) {
            case 'u' -> 'y';
            case 'L' -> 'M';
            default -> letter;
        };
    }

    /**
     * What reads and writes it.
     *
     * @param yearsFrom the first of the hundred years that those of two digits are
     * @throws IllegalArgumentException of java.time
     */
    DateTimeFormatter formatter(int yearsFrom) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        StringBuilder pattern = new StringBuilder();
        // yyyy is a year of an era, which a strict reader wants to be told.
        boolean era = has("G");
        for (Part part : parts) {
            if (part.isYearOfTwoDigits()) {
                builder.appendPattern(pattern.toString());
                pattern.setLength(0);
                builder.appendValueReduced(era ? ChronoField.YEAR_OF_ERA : ChronoField.YEAR, 2, 2, yearsFrom);
            } else {
                pattern.append(part.letter() == 'y' && !era ? part.written().replace('y', 'u') : part.written());
            }
        }
        return builder.appendPattern(pattern.toString())
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    boolean hasYearOfTwoDigits() {
        return parts.stream().anyMatch(Part::isYearOfTwoDigits);
    }

    /** Whether it reads a time of day. */
    boolean hasTime() {
        return has(TIMES);
    }

    private boolean has(String letters) {
        return parts.stream().anyMatch(part -> part.letter() != 0 && letters.indexOf(part.letter()) >= 0);
    }

    /**
     * What is wrong with it, as a clause that says what to write instead; empty if nothing is.
     *
     * @param zone that is assumed where the pattern reads none
     * @param century whether the mapping says which years those of two digits are
     */
    Optional<String> fault(ZoneId zone, boolean century) {
        if (hasYearOfTwoDigits() && !century) {
            return Optional.of("a year of two digits names no century: add years_from, the first of the hundred years"
                    + " (years_from: 1970 reads 70 as 1970 and 69 as 2069)");
        }
        if (has("zv") && !has(OFFSETS)) {
            return Optional.of(
                    "z and v read abbreviations, which several zones share: write xxx where the texts have an offset,"
                            + " VV where they have names such as Europe/Berlin, or the abbreviation in quotes, and say zone:");
        }
        if (has(WEEKS)) {
            return Optional.of("countries count weeks and their days in several ways: write y, M and d, or a query:"
                    + " that computes the date");
        }
        if (has("D") && has("Md")) {
            return Optional.of("D is the day of the year, d that of the month");
        }
        return twice().or(() -> zoneOfText(zone));
    }

    private Optional<String> twice() {
        Set<Character> seen = new TreeSet<>();
        Predicate<Part> again = part ->
                !part.optional() && part.letter() != 0 && ONCE.indexOf(part.letter()) >= 0 && !seen.add(part.letter());
        return parts.stream()
                .filter(again)
                .findFirst()
                .map(part -> "%s is in it twice: M is a month and m a minute, H an hour, s a second and S its fraction"
                        .formatted(part.written()));
    }

    /** A zone that is only a text to Java, so that another is assumed. */
    private Optional<String> zoneOfText(ZoneId zone) {
        if (!hasTime() || has(OFFSETS + "Vzv")) {
            return Optional.empty();
        }
        StringBuilder texts = new StringBuilder();
        parts.forEach(part -> texts.append(part.text()));
        return ZONE.matcher(texts)
                .results()
                .map(MatchResult::group)
                .filter(text -> !offset(text).equals(zone.normalized()))
                .findFirst()
                .map(text ->
                        "%s is a text to it, and the time would be taken in the zone %s: write %s instead, or say zone: %s"
                                .formatted(
                                        text,
                                        zone,
                                        text.equals("Z") ? "X" : text.length() < "+0000".length() ? "VV" : "xxx",
                                        text.equals("Z") ? "UTC" : text));
    }

    private static ZoneId offset(String text) {
        return Character.isLetter(text.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(text);
    }
}
