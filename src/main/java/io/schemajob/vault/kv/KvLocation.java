package io.schemajob.vault.kv;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the API serves a KV secret. Users name a secret by mount and path, but version 2 puts {@code data/} between
 * the two, and where the mount ends cannot be seen from the name.
 *
 * @param version of the KV engine, 1 or 2
 * @param apiPath to be read
 */
record KvLocation(int version, String apiPath) {
    /** Engines that answer like KV version 1. */
    private static final Set<String> PLAIN_ENGINES = Set.of("generic", "cubbyhole");

    /**
     * What {@code sys/internal/ui/mounts} tells, which the CLI asks too; empty if it names no mount that holds the
     * secret.
     */
    public static Optional<KvLocation> of(String secret, JsonNode mount) {
        String prefix = mount.path("path").asText();
        if (!isKv(secret, mount) || secret.length() <= prefix.length()) {
            return Optional.empty();
        }
        boolean versioned = versioned(mount);
        String rest = secret.substring(prefix.length());
        return Optional.of(versioned ? new KvLocation(2, prefix + "data/" + rest) : new KvLocation(1, secret));
    }

    /** What to try when Vault does not tell: version 2 with ever longer mounts, then version 1. */
    static List<KvLocation> guesses(String secret) {
        List<KvLocation> guesses = new ArrayList<>();
        for (int slash = secret.indexOf('/'); slash > 0; slash = secret.indexOf('/', slash + 1)) {
            guesses.add(new KvLocation(2, secret.substring(0, slash) + "/data" + secret.substring(slash)));
        }
        guesses.add(new KvLocation(1, secret));
        return guesses;
    }

    /**
     * Where the API lists the secrets right below a folder, which may be a mount as a whole; empty if the mount holds no
     * secrets.
     */
    static Optional<String> folder(String folder, JsonNode mount) {
        String prefix = mount.path("path").asText();
        String path = folder + "/";
        if (!isKv(path, mount)) {
            return Optional.empty();
        }
        return Optional.of(versioned(mount) ? prefix + "metadata/" + path.substring(prefix.length()) : path);
    }

    /** As {@link #guesses}. */
    static List<String> folderGuesses(String folder) {
        List<String> guesses = new ArrayList<>();
        String path = folder + "/";
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            guesses.add(path.substring(0, slash) + "/metadata" + path.substring(slash));
        }
        guesses.add(path);
        return guesses;
    }

    private static boolean isKv(String path, JsonNode mount) {
        String prefix = mount.path("path").asText();
        String type = mount.path("type").asText();
        return !prefix.isEmpty() && path.startsWith(prefix) && (type.equals("kv") || PLAIN_ENGINES.contains(type));
    }

    private static boolean versioned(JsonNode mount) {
        return "2".equals(mount.path("options").path("version").asText());
    }

    /** The secret's keys and values in an answer; missing if the answer is not of this version. */
    JsonNode valuesIn(JsonNode body) {
        JsonNode data = body.path("data");
        return version == 2 ? data.path("metadata").isObject() ? data.path("data") : data.path("none") : data;
    }
}
