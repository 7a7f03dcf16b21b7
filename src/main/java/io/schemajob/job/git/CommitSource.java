package io.schemajob.job.git;

import io.schemajob.bundle.source.BundleSource;
import io.schemajob.bundle.source.Layout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bundle's folder as a commit has it. Links are left out, as they may lead to what the commit does not have. */
final class CommitSource implements BundleSource {
    private static final Pattern ENTRY = Pattern.compile("(?s)100\\d{3} blob ([0-9a-f]+)\\t(.+)");

    private final Git git;
    private final String name;
    private final String origin;
    private final Map<String, String> blobs = new LinkedHashMap<>();

    /** @param origin the commit, for people */
    CommitSource(Git git, String commit, String name, String origin) {
        this.git = git;
        this.name = name;
        this.origin = origin;
        for (String line : git.run("ls-tree", "-r", "-z", commit, "--", ".").split("\0")) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches() && isLookedAt(entry.group(2))) {
                blobs.put(entry.group(2), entry.group(1));
            }
        }
    }

    /** The bundle may be the repository itself, with much beside it. */
    private static boolean isLookedAt(String path) {
        int slash = path.indexOf('/');
        return !path.substring(path.lastIndexOf('/') + 1).startsWith(".")
                && (slash < 0 || Layout.FOLDERS.contains(path.substring(0, slash + 1)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public Collection<String> paths() {
        return blobs.keySet();
    }

    /** All in one process: each answer is a line that ends with the size, the bytes, and a line feed. */
    @Override
    public void read(Set<String> paths, Receiver receiver) {
        List<String> wanted = paths.stream().filter(blobs::containsKey).toList();
        byte[] output = git.run(wanted.stream().map(blobs::get).toList(), "cat-file", "--batch");
        int at = 0;
        for (String path : wanted) {
            int end = at;
            while (output[end] != '\n') {
                end++;
            }
            String head = new String(output, at, end - at, StandardCharsets.US_ASCII);
            int size = Integer.parseInt(head.substring(head.lastIndexOf(' ') + 1));
            receiver.accept(path, Arrays.copyOfRange(output, end + 1, end + 1 + size));
            at = end + 1 + size + 1;
        }
    }
}
