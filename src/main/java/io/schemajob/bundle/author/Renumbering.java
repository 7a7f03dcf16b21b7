package io.schemajob.bundle.author;

import io.schemajob.bundle.script.Version;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Later versions for the scripts of a branch that collide with those of another one, or would come before its newest. Reads
 * names alone: after a rebase both scripts of a version are in the folder, which is no bundle then.
 */
public final class Renumbering {
    /** A script of any style: what precedes its version, the version, and the rest of its name. */
    private static final Pattern SCRIPT =
            Pattern.compile("((?:[^/]*/)?)(?:([VU])([0-9]+(?:[._][0-9]+)*)(__.+\\.sql)|([0-9]+)(.*\\.sql))");

    private record Name(String folder, String prefix, String version, String rest) {
        boolean isDown() {
            return prefix.equals("U") || rest.endsWith(".down.sql");
        }

        String with(String other) {
            return folder + prefix + other + rest;
        }
    }

    /**
     * A version that is to be another one.
     *
     * @param from as it is written
     * @param to as it is to be written
     * @param files new paths by old ones
     */
    public record Step(String from, String to, Map<String, String> files) {}

    private Renumbering() {}

    /**
     * What has to be renamed, the oldest version first. Scripts that come after all others keep their versions.
     *
     * @param own paths of the scripts that the other branch does not have
     * @param newest version of the other branch
     * @param now in UTC, for versions that are dates
     */
    public static List<Step> plan(Collection<String> own, Version newest, LocalDateTime now) {
        NavigableMap<Version, Map<String, Name>> versions = new TreeMap<>();
        for (String path : own) {
            Matcher script = SCRIPT.matcher(path);
            if (script.matches()) {
                Name name = script.group(2) == null
                        ? new Name(script.group(1), "", script.group(5), script.group(6))
                        : new Name(script.group(1), script.group(2), script.group(3), script.group(4));
                versions.computeIfAbsent(Version.of(name.version), version -> new TreeMap<>())
                        .put(path, name);
            }
        }
        // A down script alone is one that the other branch lacks for an up script of its own.
        versions.values().removeIf(names -> names.values().stream().allMatch(Name::isDown));
        List<Step> steps = new ArrayList<>();
        Version last = newest;
        for (Map.Entry<Version, Map<String, Name>> entry : versions.entrySet()) {
            Version version = entry.getKey();
            if (version.compareTo(last) <= 0) {
                String next = NextVersion.after(last.toString(), now);
                Map<String, String> files = new LinkedHashMap<>();
                entry.getValue().forEach((path, name) -> files.put(path, name.with(next)));
                steps.add(new Step(entry.getKey().toString(), next, files));
                version = Version.of(next);
            }
            last = version;
        }
        return steps;
    }
}
