package io.schemajob.database.session;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What SQL text may do to its session that {@link CleanSession} cannot undo. Text in strings, function bodies and comments
 * counts too: a false alarm costs one login, a missed one a wrong result.
 *
 * @param lasting whether another script must not use the session
 * @param unlocks whether it may release the locks of its session
 * @param definesRoutine whether it may make something that later scripts call, perhaps without naming it
 * @param storesSettings whether it may store settings that count for new sessions only
 */
public record SessionTraces(boolean lasting, boolean unlocks, boolean definesRoutine, boolean storesSettings) {
    public static final SessionTraces NONE = new SessionTraces(false, false, false, false);

    /** A custom parameter stays known, with an empty value, even after {@code SET LOCAL} and ROLLBACK. */
    private static final String CUSTOM_PARAMETER = "set\\s+(local\\s+|session\\s+)?([\"\\w%$]+\\s*[.]|'|%)"
            + "|set_config\\s*\\(\\s*([^'\\s]|''|'[^']*[.][^']*'|'\\w*'\\s*[|])";

    private static final String STORED_SETTING = "alter\\s+(role|user|database|system)\\y";

    /** Kept by libraries, the server's replication and other languages; and what a session may set only once. */
    private static final String PROCESS = "load\\s+[\"'e&]|dblink_|pg_(create|copy)_(logical|physical)_replication_slot"
            + "|pg_replication_origin|pg_backup_start|pg_start_backup|temp_buffers|temp(orary)?\\y|pg_temp"
            + "|language\\s+[\"']*(?!(sql|plpgsql|internal|c)\\y)\\w";

    private static final String UNLOCKS = "pg_advisory_unlock|discard\\s+all";

    private static final String ROUTINE =
            "(function|procedure|routine|trigger|rule|view|extension|default|check|policy)\\y";

    /** The first three letters of all that is looked for: few words need a closer look. */
    private static final List<String> BEGINNINGS = List.of(
            "set", "alt", "loa", "dbl", "pg_", "tem", "lan", "dis", "fun", "pro", "rou", "tri", "rul", "vie", "ext",
            "def", "che", "pol");

    private static final Pattern WORDS = Pattern.compile(
            "(?<lasting>%s|%s)|(?<stored>%s)|(?<unlocks>%s)|(?<routine>%s)"
                    .formatted(CUSTOM_PARAMETER, PROCESS, STORED_SETTING, UNLOCKS, ROUTINE)
                    .replace("\\y", "\\b"),
            Pattern.CASE_INSENSITIVE);

    // PostgreSQL reads these patterns as Java does; its sign for the edge of a word is \y.
    static final String LASTING_IN_SQL = "\\y(" + CUSTOM_PARAMETER + "|" + PROCESS + "|" + STORED_SETTING + ")";
    static final String UNLOCKING_IN_SQL = "\\y(" + UNLOCKS + ")";
    static final String STORING_IN_SQL = "\\y(" + STORED_SETTING + ")";

    /** Those of a statement of a script. */
    public static SessionTraces of(String sql) {
        SessionTraces found = NONE;
        Matcher matcher = null;
        for (int i = 0; i + 3 <= sql.length(); i++) {
            boolean begins = Character.isLetter(sql.charAt(i)) && (i == 0 || !continues(sql.charAt(i - 1)));
            if (begins && BEGINNINGS.contains(sql.substring(i, i + 3).toLowerCase(Locale.ROOT))) {
                matcher = matcher == null ? WORDS.matcher(sql).useTransparentBounds(true) : matcher;
                if (matcher.region(i, sql.length()).lookingAt()) {
                    found = found.and(new SessionTraces(
                            matcher.group("lasting") != null || matcher.group("stored") != null,
                            matcher.group("unlocks") != null,
                            matcher.group("routine") != null,
                            matcher.group("stored") != null));
                }
            }
        }
        return found;
    }

    /** What either leaves. */
    public SessionTraces and(SessionTraces other) {
        return new SessionTraces(
                lasting || other.lasting,
                unlocks || other.unlocks,
                definesRoutine || other.definesRoutine,
                storesSettings || other.storesSettings);
    }

    private static boolean continues(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
