package io.schemajob.bundle.script.file;

import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Version;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a script's file name says. Descriptions are read as Flyway does it (with an empty prefix, separator {@code _} and
 * suffix {@code .up.sql} for golang-migrate's names), so that its history and ours agree.
 *
 * @param version null for a repeatable script
 */
record ScriptName(NamingStyle style, Role role, Version version, String description) {
    enum Role {
        UP,
        DOWN,
        REPEATABLE
    }

    /** The width of {@code description} in Flyway's history table. */
    private static final int LONGEST = 200;

    private static final String DOTS = "...";

    private static final Pattern GOLANG_MIGRATE = Pattern.compile("([0-9]+)_(.+)\\.(up|down)\\.sql");
    private static final Pattern FLYWAY = Pattern.compile("([VU])([0-9]+(?:[._][0-9]+)*)__(.+)\\.sql");
    private static final Pattern FLYWAY_REPEATABLE = Pattern.compile("R__(.+)\\.sql");

    /** goose looks for the first underscore, dbmate for digits. */
    private static final Pattern GOOSE = Pattern.compile("([0-9]+)_(.*)\\.sql");

    private static final Pattern DBMATE = Pattern.compile("([0-9]+)(.*)\\.sql");

    /** A name in one style; empty when it does not fit that. */
    static Optional<ScriptName> parse(String file, NamingStyle style) {
        if (!style.oneFile()) {
            return parse(file).filter(name -> name.style == style);
        }
        Matcher name = (style == NamingStyle.GOOSE ? GOOSE : DBMATE).matcher(file);
        if (!name.matches()) {
            return Optional.empty();
        }
        String words = name.group(2).replaceAll("^[\\W_]+", "");
        return Optional.of(new ScriptName(
                style, Role.UP, Version.of(name.group(1)), words(words.isEmpty() ? name.group(1) : words)));
    }

    /** Empty when the name fits no style of one file a direction. */
    static Optional<ScriptName> parse(String file) {
        Matcher golang = GOLANG_MIGRATE.matcher(file);
        if (golang.matches()) {
            Role role = golang.group(3).equals("up") ? Role.UP : Role.DOWN;
            return Optional.of(new ScriptName(
                    NamingStyle.GOLANG_MIGRATE, role, Version.of(golang.group(1)), words(golang.group(2))));
        }
        Matcher flyway = FLYWAY.matcher(file);
        if (flyway.matches()) {
            Role role = flyway.group(1).equals("V") ? Role.UP : Role.DOWN;
            return Optional.of(
                    new ScriptName(NamingStyle.FLYWAY, role, Version.of(flyway.group(2)), words(flyway.group(3))));
        }
        Matcher repeatable = FLYWAY_REPEATABLE.matcher(file);
        return repeatable.matches()
                ? Optional.of(new ScriptName(NamingStyle.FLYWAY, Role.REPEATABLE, null, words(repeatable.group(1))))
                : Optional.empty();
    }

    /** Flyway records no more than its column holds, and ends what it cut with dots. */
    private static String words(String description) {
        String words = description.replace('_', ' ');
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST - DOTS.length()) + DOTS;
    }
}
