package io.schemajob.job.adopt;

import io.schemajob.bundle.script.Version;
import io.schemajob.catalog.VerificationReport;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.job.RunSession;
import io.schemajob.job.verify.Verification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which version a schema without any history is at: the newest whose declared schema it equals. Objects of the
 * user's own do not matter; objects that only a later version declares do, for then the schema is on its way there.
 */
final class VersionDetection {
    /**
     * How near a schema is to a version.
     *
     * @param drift differences that fail a verification
     * @param extras objects that the version does not declare
     * @param later those of them that a later version declares
     */
    record Candidate(Version version, int drift, int extras, int later) {
        boolean equal() {
            return distance() == 0;
        }

        int distance() {
            return drift + later;
        }
    }

    private final RunSession session;
    private final Verification verification;

    VersionDetection(RunSession session, Verification verification) {
        this.session = session;
        this.verification = verification;
    }

    /** The version, or the one that it differs least from; empty where the bundle declares nothing. */
    Optional<Version> find() {
        List<Candidate> candidates = new ArrayList<>();
        for (Version version : verification.declaredVersions()) {
            candidates.add(candidate(version));
        }
        return choose(candidates);
    }

    private Candidate candidate(Version version) {
        VerificationReport report = verification.compare(session, version);
        Set<ObjectIdentity> extras = undeclared(report.differences());
        Set<ObjectIdentity> later = new HashSet<>(extras);
        later.retainAll(undeclared(verification.differencesToLater(version)));
        return new Candidate(
                version, report.drift().size() + report.violations().size(), extras.size(), later.size());
    }

    private static Set<ObjectIdentity> undeclared(List<Difference> differences) {
        Set<ObjectIdentity> objects = new HashSet<>();
        for (Difference difference : differences) {
            if (difference.change() == Difference.Change.EXTRA) {
                objects.add(difference.object());
            }
        }
        return objects;
    }

    /**
     * Among equal ones the one that leaves least unexplained: a table that a later version drops is declared by the
     * earlier one only. Where none is equal, the nearest, for a person to look at.
     *
     * @param candidates newest first
     */
    static Optional<Version> choose(List<Candidate> candidates) {
        Optional<Candidate> equal =
                candidates.stream().filter(Candidate::equal).min(Comparator.comparingInt(Candidate::extras));
        return equal.or(() -> candidates.stream()
                        .filter(candidate -> candidate.drift() > 0)
                        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::version)))
                .map(Candidate::version);
    }
}
