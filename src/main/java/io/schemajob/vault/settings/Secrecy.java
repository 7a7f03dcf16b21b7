package io.schemajob.vault.settings;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which values of a KV secret are masked from then on. A password always; of what we do not know, only what is long
 * enough to be one, because masking {@code true} or {@code 5432} would blank out half of the report.
 */
public final class Secrecy {
    private static final Set<String> PUBLIC_KEYS = Set.of(
            "host", "hostname", "port", "database", "dbname", "username", "user", "sslmode", "sslrootcert", "schema");
    private static final Pattern PASSWORD_LIKE = Pattern.compile("pass|pwd|secret|token|credential|private");
    private static final int LONG_ENOUGH = 8;

    private Secrecy() {}

    public static boolean of(String key, String value) {
        String name = key.toLowerCase(Locale.ROOT);
        if (PUBLIC_KEYS.contains(name)) {
            return false;
        }
        return PASSWORD_LIKE.matcher(name).find() || value.length() >= LONG_ENOUGH;
    }
}
