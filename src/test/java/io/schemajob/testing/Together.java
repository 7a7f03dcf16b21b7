package io.schemajob.testing;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/**
 * Tries many cases some at a time, as what each of them costs is mostly the same work: reading a catalog. Where something is
 * wrong with some together, the two halves of them are tried, down to each alone; so a case fails here exactly if it fails
 * alone, unless others make up for it. Each is tried alone from the beginning with {@code -Pfull}.
 */
public final class Together {
    private static final int SOME = Matrix.tries(8, 1);

    private Together() {}

    /** Does something with cases that must leave no trace of them, and asserts what must be true of all. */
    @FunctionalInterface
    public interface Trial<T> {
        void of(List<T> cases, SoftAssertions softly) throws Exception;
    }

    /** Those that stand side by side are often about one object, so that those are taken together that stand far from each other. */
    public static <T> void each(List<T> cases, SoftAssertions softly, Trial<T> trial) {
        int groups = (cases.size() + SOME - 1) / SOME;
        for (int first = 0; first < groups; first++) {
            List<T> some = new ArrayList<>();
            for (int at = first; at < cases.size(); at += groups) {
                some.add(cases.get(at));
            }
            halves(some, softly, trial);
        }
    }

    private static <T> void halves(List<T> cases, SoftAssertions softly, Trial<T> trial) {
        SoftAssertions found = new SoftAssertions();
        try {
            trial.of(cases, found);
        } catch (Exception | AssertionError e) {
            found.fail(cases + ": " + e.getMessage(), e);
        }
        if (!found.wasSuccess() && cases.size() > 1) {
            int half = cases.size() / 2;
            halves(cases.subList(0, half), softly, trial);
            halves(cases.subList(half, cases.size()), softly, trial);
        } else {
            found.assertionErrorsCollected().forEach(softly::collectAssertionError);
        }
    }
}
