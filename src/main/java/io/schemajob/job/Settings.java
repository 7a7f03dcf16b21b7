package io.schemajob.job;

import io.schemajob.bundle.ScriptVariable;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Blanks;
import io.schemajob.report.text.Durations;
import io.schemajob.report.text.PostgresName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Looks settings up, first match wins: option, environment variable, variable of the {@code .env} file, Quarkus property,
 * default. Empty means unset.
 */
public final class Settings {
    /** PostgreSQL counts time-outs in milliseconds, in 32 bits. */
    private static final Duration LONGEST = Duration.ofHours(596);

    private final Map<Setting, String> options;
    private final Map<String, String> environment;
    private final EnvFile file;
    private final UnaryOperator<String> properties;

    /** Null unless a target of a fleet says so. */
    private final String database;

    /** Of variables of scripts, as options. */
    private final Map<String, String> values;

    /**
     * The sources.
     *
     * @param options given on the command line
     * @param environment all variables of the process
     * @param properties looks a Quarkus property up; null if absent
     */
    public Settings(Map<Setting, String> options, Map<String, String> environment, UnaryOperator<String> properties) {
        this(Map.copyOf(options), Map.copyOf(environment), EnvFile.NONE, properties, null, Map.of());
    }

    private Settings(
            Map<Setting, String> options,
            Map<String, String> environment,
            EnvFile file,
            UnaryOperator<String> properties,
            String database,
            Map<String, String> values) {
        this.options = options;
        this.environment = environment;
        this.file = file;
        this.properties = properties;
        this.database = database;
        this.values = values;
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
        return new Settings(Map.copyOf(all), environment, file, properties, otherDatabase, values);
    }

    /**
     * These settings with the file that they name.
     *
     * @throws SchemajobException CONFIG if it cannot be read
     */
    public Settings withFile() {
        EnvFile read = EnvFile.read(this);
        return new Settings(options, read.complete(environment), read, properties, database, values);
    }

    /** These settings with values of variables of scripts that options give. */
    public Settings withValues(Map<String, String> given) {
        return new Settings(options, environment, file, properties, database, Map.copyOf(given));
    }

    /** The variables of scripts that an option gives a value. */
    Set<String> givenValues() {
        return values.keySet();
    }

    /**
     * The value of a variable of scripts, from the same sources as a setting; null if none has it.
     *
     * @throws SchemajobException CONFIG for a value that cannot be one
     */
    String value(ScriptVariable variable) {
        String name = variable.name();
        String option = emptyToNull(values.get(name));
        String given = option != null
                ? option
                : variable(valueVariable(name)) != null
                        ? variable(valueVariable(name))
                        : emptyToNull(properties.apply("schemajob.var." + name));
        if (given == null) {
            return variable.defaultValue();
        }
        variable.problem(given).ifPresent(why -> {
            throw Failure.of(ExitStatus.CONFIG, "The variable %s %s.".formatted(name, why))
                    .databaseState("Not contacted.")
                    .hint("Set %s, or --var %s=…".formatted(valueVariable(name), name))
                    .asException();
        });
        return given;
    }

    /** Such as {@code SCHEMAJOB_VAR_APP_ROLE}. */
    static String valueVariable(String name) {
        return "SCHEMAJOB_VAR_" + name.toUpperCase(Locale.ROOT);
    }

    public EnvFile file() {
        return file;
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
            return place(setting.variable());
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

    /**
     * An option that only some commands have, from the sources of a setting but the command line: the variable {@code
     * SCHEMAJOB_LIKE_THIS}, or the property; null if none has it.
     */
    public String further(String optionName) {
        String variable = variable(furtherVariable(optionName));
        return variable != null ? variable : emptyToNull(properties.apply("schemajob." + optionName));
    }

    /** Such as {@code SCHEMAJOB_MAX_FAILURES} of {@code max-failures}. */
    public static String furtherVariable(String optionName) {
        return "SCHEMAJOB_" + optionName.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Where a variable that is set comes from. */
    public String place(String name) {
        return file.values().containsKey(name) ? "%s: %s".formatted(file.path(), name) : "variable " + name;
    }

    /** All variables, those of the file included. */
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
