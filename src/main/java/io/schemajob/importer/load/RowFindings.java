package io.schemajob.importer.load;

import java.util.ArrayList;
import java.util.List;

/** What does not fit: all of it counted, the first of it kept. */
public final class RowFindings {
    private final int most;
    private final List<RowFinding> kept = new ArrayList<>();
    private long count;

    /** @param most how many are kept for showing */
    public RowFindings(int most) {
        this.most = most;
    }

    void add(RowFinding finding) {
        if (kept.size() < most) {
            kept.add(finding);
        }
        count++;
    }

    /** Counts more of them, which are not shown. */
    void addUnseen(long more) {
        count += more;
    }

    /** How many more would be kept. */
    int room() {
        return most - kept.size();
    }

    public List<RowFinding> kept() {
        return List.copyOf(kept);
    }

    public long count() {
        return count;
    }
}
