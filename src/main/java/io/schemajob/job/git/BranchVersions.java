package io.schemajob.job.git;

import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.Layout;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions a branch has, by the names of its up scripts, whatever style they are in. */
public final class BranchVersions {
    private static final Pattern FLYWAY = Pattern.compile("V([0-9]+(?:[._][0-9]+)*)__.+\\.sql");

    private static final Pattern NUMBERED = Pattern.compile("([0-9]+).*(?<!\\.down)\\.sql");

    private BranchVersions() {}

    /**
     * @param files relative to the bundle
     * @return paths by version
     */
    public static NavigableMap<Version, String> of(Collection<String> files) {
        boolean hasFolder = files.stream().anyMatch(file -> file.startsWith(Layout.MIGRATIONS));
        String folder = hasFolder ? Layout.MIGRATIONS : "";
        NavigableMap<Version, String> versions = new TreeMap<>();
        for (String file : files) {
            if (file.startsWith(folder)) {
                String name = file.substring(folder.length());
                for (Pattern pattern : List.of(FLYWAY, NUMBERED)) {
                    Matcher matcher = pattern.matcher(name);
                    if (matcher.matches() && !name.contains("/")) {
                        versions.put(Version.of(matcher.group(1)), file);
                    }
                }
            }
        }
        return versions;
    }
}
