package io.schemajob.database.libpq;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of {@code options}: command-line switches for the server's session. What the job sets itself afterwards would
 * be lost in silence, so it is refused by name.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-OPTIONS">libpq: options</a>
 */
final class StartupOptions {
    /** Blanks separate, a backslash escapes (the server's {@code pg_split_opts}). */
    private static final Pattern WORD = Pattern.compile("\\G\\s*((?:[^\\s\\\\]++|\\\\.?)++)", Pattern.DOTALL);

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.?)", Pattern.DOTALL);

    private static final String UTC = "(etc/)?(utc|uct|gmt)|z|zulu";
    private static final String ITSELF = "the job sets it itself";

    /** @param harmless values that mean what the job does; null for none @param instead half a sentence */
    private record Own(String harmless, String instead) {}

    private static final Map<String, Own> OWN = Map.ofEntries(
            Map.entry("role", new Own(null, "set SCHEMAJOB_OWNER_ROLE")),
            Map.entry("session_authorization", new Own(null, "set SCHEMAJOB_OWNER_ROLE")),
            Map.entry("lock_timeout", new Own(null, "set SCHEMAJOB_LOCK_TIMEOUT")),
            Map.entry("statement_timeout", new Own(null, "set SCHEMAJOB_STATEMENT_TIMEOUT")),
            Map.entry("transaction_timeout", new Own("0", "set SCHEMAJOB_STATEMENT_TIMEOUT or SCHEMAJOB_DEADLINE")),
            Map.entry("idle_in_transaction_session_timeout", new Own("0", ITSELF)),
            Map.entry("idle_session_timeout", new Own("0", ITSELF)),
            Map.entry("tcp_keepalives_idle", new Own(null, ITSELF)),
            Map.entry("tcp_keepalives_interval", new Own(null, ITSELF)),
            Map.entry("tcp_keepalives_count", new Own(null, ITSELF)),
            Map.entry("client_connection_check_interval", new Own(null, ITSELF)),
            Map.entry("timezone", new Own(UTC, "scripts run in UTC; write SET timezone into the script")),
            Map.entry(
                    "datestyle", new Own("iso", "scripts run with DateStyle ISO; write SET datestyle into the script")),
            Map.entry("client_encoding", new Own("'?(utf-?8|unicode)'?", "the job speaks UTF-8")),
            Map.entry(
                    "standard_conforming_strings", new Own("on|true|yes|1", "write SET into the script that needs it")),
            Map.entry("row_security", new Own("on|true|yes|1", ITSELF)));

    private final Map<String, String> settings;

    private StartupOptions(Map<String, String> settings) {
        this.settings = settings;
    }

    /** The settings that the text names by {@code -c} and {@code --}, by their names in lower case; the last one counts. */
    static StartupOptions of(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(ESCAPE.matcher(word.group(1)).replaceAll("$1"));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String name = words.get(i);
            if (name.equals("-c") && i + 1 < words.size()) {
                put(settings, words.get(++i));
            } else if (name.startsWith("-c") || name.startsWith("--")) {
                put(settings, name.substring(2));
            }
        }
        return new StartupOptions(settings);
    }

    private static void put(Map<String, String> settings, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals > 0) {
            String name = assignment.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT);
            settings.put(name, assignment.substring(equals + 1));
        }
    }

    /** Refuses what the job would override. */
    void requireNoneOfOurs(String origin) {
        settings.forEach((name, value) -> {
            Own own = OWN.get(name);
            boolean same = own != null
                    && own.harmless() != null
                    && value.strip().toLowerCase(Locale.ROOT).matches(own.harmless());
            if (own != null && !same) {
                throw ConfigFailure.of("The setting %s in the options of %s cannot be honoured: %s."
                        .formatted(name, origin, own.instead()));
            }
        });
    }

    /** The search path that it sets, or null. */
    String searchPath() {
        return settings.get("search_path");
    }
}
