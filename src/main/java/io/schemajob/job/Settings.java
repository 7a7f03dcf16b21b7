package io.schemajob.job;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Blanks;
import io.schemajob.report.text.Durations;
import io.schemajob.report.text.PostgresName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Looks settings up, first match wins: option, environment variable, Quarkus property, default. Empty means unset. */
public final class Settings {
    /** PostgreSQL counts time-outs in milliseconds, in 32 bits. */
    private static final Duration LONGEST = Duration.ofHours(596);

    private final Map<Setting, String> options;
    private final Map<String, String> environment;
    private final UnaryOperator<String> properties;

    /** Null unless a target of a fleet says so. */
    private final String database;

    /**
     * The sources.
     *
     * @param options given on the command line
     * @param environment all variables of the process
     * @param properties looks a Quarkus property up; null if absent
     */
    public Settings(Map<Setting, String> options, Map<String, String> environment, UnaryOperator<String> properties) {
        this(Map.copyOf(options), Map.copyOf(environment), properties, null);
    }

    private Settings(
            Map<Setting, String> options,
            Map<String, String> environment,
            UnaryOperator<String> properties,
            String database) {
        this.options = options;
        this.environment = environment;
        this.properties = properties;
        this.database = database;
    }

    /**
     * These settings for one target of a fleet.
     *
     * @param different wins over every other source
     * @param otherDatabase as {@link #database()}
     */
    public Settings with(Map<Setting, String> different, String otherDatabase) {
        Map<Setting, String> all = new HashMap<>(options);
        all.putAll(different);
        return new Settings(Map.copyOf(all), environment, properties, otherDatabase);
    }

    /** The database to connect to, in place of the one that the connection names; null for that one. */
    public String database() {
        return database;
    }

    /** The value, or null. */
    public String text(Setting setting) {
        String given = given(setting);
        return given == null ? setting.defaultValue() : given;
    }

    /** Whether somebody set it, as opposed to its default. */
    public boolean isGiven(Setting setting) {
        return given(setting) != null;
    }

    /** Such as {@code option --lock-timeout}: what a person has to change to change the value. */
    public String source(Setting setting) {
        if (emptyToNull(options.get(setting)) != null) {
            return "option --" + setting.optionName();
        }
        if (variable(setting.variable()) != null) {
            return "variable " + setting.variable();
        }
        if (isGiven(setting)) {
            return "property " + setting.property();
        }
        return setting.defaultValue() == null ? "not set" : "default";
    }

    private String given(Setting setting) {
        String option = emptyToNull(options.get(setting));
        if (option != null) {
            return option;
        }
        String variable = variable(setting.variable());
        return variable != null ? variable : emptyToNull(properties.apply(setting.property()));
    }

    /** A variable of another tool, such as {@code VAULT_ADDR}; null if unset or empty. */
    public String variable(String name) {
        return emptyToNull(environment.get(name));
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** The value, or a CONFIG failure that tells how to set it. */
    public String required(Setting setting) {
        String value = text(setting);
        if (value == null) {
            throw invalid(setting, "%s is not set: %s.".formatted(setting.variable(), setting.meaning()));
        }
        return value;
    }

    /** A time with its unit; {@code 0} needs none. */
    public Duration duration(Setting setting) {
        String value = text(setting);
        Duration time = Durations.parse(value)
                .orElseThrow(() -> invalid(
                        setting,
                        "%s is \"%s\", which is not a time: write a whole number with ms, s, m or h, such as 5s."
                                .formatted(setting.variable(), Blanks.shown(value))));
        if (time.compareTo(LONGEST) > 0) {
            throw invalid(
                    setting,
                    "%s is \"%s\"; the longest time is %dh."
                            .formatted(setting.variable(), Blanks.shown(value), LONGEST.toHours()));
        }
        return time;
    }

    /** A whole number of at least 1. */
    public int count(Setting setting) {
        String value = text(setting);
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw invalid(
                    setting,
                    "%s is \"%s\", which is not a whole number from 1 to 999999."
                            .formatted(setting.variable(), Blanks.shown(value)));
        }
        return Integer.parseInt(value);
    }

    /** Checks what is needed even before a command runs, so that a typing mistake is not found late. */
    public void validate() {
        for (Setting setting : Setting.values()) {
            switch (setting) {
                case CONNECT_TIMEOUT, LOCK_WAIT, LOCK_TIMEOUT, STATEMENT_TIMEOUT, DEADLINE -> duration(setting);
                case LOCK_RETRIES -> count(setting);
                case SCHEMA -> name(setting, PostgresName::schemaProblem);
                case OWNER_ROLE -> name(setting, PostgresName::roleProblem);
                case LOG_FORMAT -> json();
                default -> {
                    // Text of any form; checked where it is used.
                }
            }
        }
    }

    /** A name that PostgreSQL would cut would be another name, and another schema might be dropped. */
    private void name(Setting setting, Function<String, Optional<String>> problem) {
        String name = text(setting);
        if (name != null) {
            problem.apply(name).ifPresent(why -> {
                throw invalid(setting, "%s %s.".formatted(setting.variable(), why));
            });
        }
    }

    /** Whether the log is JSON. */
    public boolean json() {
        String format = text(Setting.LOG_FORMAT);
        if (!format.equals("text") && !format.equals("json")) {
            throw invalid(
                    Setting.LOG_FORMAT,
                    "%s is \"%s\"; it is text or json.".formatted(Setting.LOG_FORMAT.variable(), Blanks.shown(format)));
        }
        return format.equals("json");
    }

    private static SchemajobException invalid(Setting setting, String message) {
        return Failure.of(ExitStatus.CONFIG, message)
                .databaseState("Not contacted.")
                .hint("Set the variable %s or the option --%s.".formatted(setting.variable(), setting.optionName()))
                .asException();
    }

    private static String emptyToNull(String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
