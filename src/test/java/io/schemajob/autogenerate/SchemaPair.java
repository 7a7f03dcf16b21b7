package io.schemajob.autogenerate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two schemas between which scripts are written, in both directions.
 *
 * @param name of the case
 * @param since the oldest server that has all of it
 * @param world what is in the database besides the schema: other schemas, roles' things
 * @param from statements that make one
 * @param to statements that make the other
 * @param left what is left to a person on the way there, by the objects of the notes; empty where nothing may be
 * @param leftBack the same on the way from {@code to} to {@code from}
 * @param leftNew the same on the way from nothing to {@code to}
 */
record SchemaPair(
        String name,
        int since,
        String world,
        String from,
        String to,
        List<String> left,
        List<String> leftBack,
        List<String> leftNew) {
    private static final Pattern TITLE = Pattern.compile("(?:(\\d+): )?(.*)");

    /**
     * Reads a file of cases. A case begins with {@code -- PAIR name}; the sections {@code -- WORLD}, {@code -- BOTH},
     * {@code -- OLD} and {@code -- NEW} hold statements, {@code -- LEFT}, {@code -- LEFT BACK} and {@code -- LEFT NEW} an
     * object a line. {@code -- PAIR 17: name} needs that server.
     */
    static List<SchemaPair> parse(String text) {
        List<SchemaPair> pairs = new ArrayList<>();
        for (String part : text.split("(?m)^-- PAIR ")) {
            if (!part.isBlank() && !part.startsWith("--")) {
                pairs.add(one(part));
            }
        }
        return pairs;
    }

    private static SchemaPair one(String part) {
        String both = section(part, "BOTH");
        Matcher title = TITLE.matcher(part.lines().findFirst().orElseThrow().strip());
        title.matches();
        return new SchemaPair(
                title.group(2),
                title.group(1) == null ? 0 : Integer.parseInt(title.group(1)),
                section(part, "WORLD"),
                both + section(part, "OLD"),
                both + section(part, "NEW"),
                lines(section(part, "LEFT")),
                lines(section(part, "LEFT BACK")),
                lines(section(part, "LEFT NEW")));
    }

    private static String section(String part, String title) {
        for (String section : part.split("(?m)^-- (?=(?:WORLD|BOTH|OLD|NEW|LEFT|LEFT BACK|LEFT NEW)$)")) {
            if (section.equals(title) || section.startsWith(title + "\n")) {
                return section.substring(title.length());
            }
        }
        return "";
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\n"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
