package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.ObjectIdentity;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Compares constraints of one sort on one table. What a constraint does matters; its name alone does not: an equal one
 * under another name is a warning unless the bundle is strict, because only error messages and later ALTER statements tell the
 * difference.
 *
 * @param identity of a constraint of this name
 * @param name of a constraint
 * @param canonical equal for constraints that do the same
 * @param describe for people
 * @param excused whether it is missing only because something is that was told already
 */
record ConstraintDiff<T>(
        Function<String, ObjectIdentity> identity,
        Function<T, String> name,
        Function<T, Object> canonical,
        Function<T, String> describe,
        Predicate<T> excused) {

    void compare(List<T> declared, List<T> live, Findings findings) {
        if (declared.equals(live)) {
            return;
        }
        List<T> wanted = new ArrayList<>(declared);
        List<T> present = new ArrayList<>(live);
        pair(wanted, present, (a, b) -> same(a, b) && sameName(a, b), (a, b) -> {});
        pair(wanted, present, this::same, (a, b) -> findings.renamed(object(a), name.apply(a), name.apply(b)));
        pair(
                wanted,
                present,
                this::sameName,
                (a, b) -> findings.drift(object(a), "definition", describe.apply(a), describe.apply(b)));
        for (T constraint : wanted) {
            (excused.test(constraint) ? findings.silent() : findings)
                    .missing(object(constraint), describe.apply(constraint));
        }
        for (T constraint : present) {
            findings.intruder(object(constraint), describe.apply(constraint));
        }
    }

    private interface Pairing<T> {
        boolean matches(T declared, T live);
    }

    private interface Report<T> {
        void matched(T declared, T live);
    }

    /** Takes every pair that matches out of both lists and reports it. */
    private void pair(List<T> wanted, List<T> present, Pairing<T> pairing, Report<T> report) {
        for (Iterator<T> each = wanted.iterator(); each.hasNext(); ) {
            T constraint = each.next();
            T partner = present.stream()
                    .filter(other -> pairing.matches(constraint, other))
                    .findFirst()
                    .orElse(null);
            if (partner != null) {
                report.matched(constraint, partner);
                each.remove();
                present.remove(partner);
            }
        }
    }

    private boolean same(T a, T b) {
        return a.equals(b) || canonical.apply(a).equals(canonical.apply(b));
    }

    private boolean sameName(T a, T b) {
        return name.apply(a).equals(name.apply(b));
    }

    private ObjectIdentity object(T constraint) {
        return identity.apply(name.apply(constraint));
    }
}
