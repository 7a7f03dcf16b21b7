package io.schemajob.bundle.script;

import java.util.List;

/**
 * How another tool runs the part of a file that holds one direction.
 *
 * @param tool whose format it is
 * @param transactional whether the tool puts it into a transaction
 * @param ends where in the text the tool ends what it sends to the server at once, in order; statements between two of
 *     them are one transaction where {@code transactional} is false; without any, all statements are sent at once
 * @param refusals what the tool would do and a run of ours does not; they concern only a script that is to run
 */
public record Section(String tool, boolean transactional, List<Integer> ends, List<Refusal> refusals) {
    /**
     * Something that is not carried over.
     *
     * @param line from 1
     * @param message a clause without a full stop
     * @param hint a sentence, or null
     */
    public record Refusal(int line, String message, String hint) {}

    /** Counts the ends before a place: statements with the same number are sent together. */
    int batch(int start) {
        int low = 0;
        int high = ends.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends.get(middle) <= start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
