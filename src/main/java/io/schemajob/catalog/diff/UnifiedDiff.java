package io.schemajob.catalog.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Two texts line by line, in the format of {@code diff -u}: each hunk with its place, {@code -} before lines of the first and
 * {@code +} before those of the second.
 */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;

    /** Lines of one side times those of the other, up to which the shortest way is looked for: that takes a second. */
    private static final long SEARCHED = 25_000_000;

    private static final int HEADER = 2;

    private UnifiedDiff() {}

    /**
     * The hunks; none for texts that are equal.
     *
     * @param equal when two lines are no difference
     */
    public static List<String> hunks(List<String> before, List<String> after, BiPredicate<String, String> equal) {
        Patch<String> patch = patch(before, after, equal);
        if (patch.getDeltas().isEmpty()) {
            return List.of();
        }
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff("before", "after", before, patch, CONTEXT);
        return inPairs(lines.subList(HEADER, lines.size()));
    }

    /** Where lines go and come at the same place, those that go are first. */
    private static List<String> inPairs(List<String> lines) {
        List<String> sorted = new ArrayList<>();
        List<String> added = new ArrayList<>();
        for (String line : lines) {
            if (line.charAt(0) == '+') {
                added.add(line);
                continue;
            }
            if (line.charAt(0) != '-') {
                sorted.addAll(added);
                added.clear();
            }
            sorted.add(line);
        }
        sorted.addAll(added);
        return List.copyOf(sorted);
    }

    /** Between what both begin and end with; where that is too much to search, it is one change. */
    private static Patch<String> patch(List<String> before, List<String> after, BiPredicate<String, String> equal) {
        int shorter = Math.min(before.size(), after.size());
        int start = 0;
        while (start < shorter && equal.test(before.get(start), after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && equal.test(before.get(before.size() - 1 - end), after.get(after.size() - 1 - end))) {
            end++;
        }
        List<String> left = before.subList(start, before.size() - end);
        List<String> right = after.subList(start, after.size() - end);
        if ((long) left.size() * right.size() <= SEARCHED) {
            MyersDiffWithLinearSpace<String> myers = new MyersDiffWithLinearSpace<>(equal);
            return DiffUtils.diff(before, after, myers, null);
        }
        Patch<String> patch = new Patch<>();
        patch.addDelta(new ChangeDelta<>(new Chunk<>(start, left), new Chunk<>(start, right)));
        return patch;
    }
}
