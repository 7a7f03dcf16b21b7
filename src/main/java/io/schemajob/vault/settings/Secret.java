package io.schemajob.vault.settings;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.text.Blanks;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What Vault holds at one path.
 *
 * @param path as the user wrote it, for messages
 * @param values by key; numbers and booleans as text
 */
public record Secret(String path, Map<String, String> values) {
    public Secret {
        values = Map.copyOf(values);
    }

    public Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
    }

    /**
     * A value that has to be there.
     *
     * @throws io.schemajob.report.failure.SchemajobException CONFIG naming key and path, when it is missing or blank, or, but for
     *     a password, has a character that nobody sees, such as the line break of the file that it was stored from
     */
    public String require(String key) {
        String value = find(key).orElseThrow(() -> Failure.of(
                        ExitStatus.CONFIG, "The Vault secret " + path + " has no value for '" + key + "'.")
                .hint("Add the key; the secret has: " + String.join(", ", new TreeSet<>(values.keySet())))
                .asException());
        if (!key.equals("password")) {
            Blanks.first(value).ifPresent(character -> {
                throw Failure.of(
                                ExitStatus.CONFIG,
                                "The value of '%s' in the Vault secret %s has %s in it."
                                        .formatted(key, path, character))
                        .hint("Store it again without: vault kv patch MOUNT/PATH %s=VALUE".formatted(key))
                        .asException();
            });
        }
        return value;
    }

    /** Names the keys only. */
    @Override
    public String toString() {
        return "Secret[path=" + path + ", keys=" + new TreeSet<>(values.keySet()) + "]";
    }
}
