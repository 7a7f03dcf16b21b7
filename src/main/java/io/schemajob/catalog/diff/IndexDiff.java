package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.sql.SqlTokens;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares the indexes of one table or materialized view. Names matter here: {@code CREATE INDEX IF NOT EXISTS} of the
 * application or the next migration goes by the name alone.
 */
final class IndexDiff {
    /** From this level on a declaration says by leaving storage parameters out that there are none. */
    private static final int OPTIONS_SINCE = 5;

    private final String table;
    private final boolean comesAndGoes;
    private final Findings findings;

    IndexDiff(String table, Findings findings) {
        this(table, false, findings);
    }

    /** @param comesAndGoes whether the table's partitions do: then an index may become complete with those that lack it */
    IndexDiff(String table, boolean comesAndGoes, Findings findings) {
        this.table = table;
        this.comesAndGoes = comesAndGoes;
        this.findings = findings;
    }

    /** @param missing columns that were reported already: an index on one of them went with it */
    void compare(List<Index> declared, List<Index> live, Set<String> missing) {
        Map<String, Index> present = new TreeMap<>();
        live.forEach(index -> present.put(index.name(), index));
        for (Index index : declared) {
            Index partner = present.remove(index.name());
            if (partner != null) {
                compare(index, partner);
            } else {
                (mentions(index, missing) ? findings.silent() : findings)
                        .missing(object(index), Describe.index(index), twin(index, live));
            }
        }
        present.values().forEach(this::extra);
    }

    private void compare(Index expected, Index found) {
        if (expected.valid() != found.valid() && !(found.valid() && comesAndGoes)) {
            findings.drift(object(expected), "state", state(expected), state(found));
        }
        findings.same(object(expected), "definition", expected, found, Index::definition, Describe::index);
        if (expected.options().isEmpty() && !found.options().isEmpty()) {
            // An exact file says that there are none; another says nothing, and a plan leaves them.
            if (findings.knows(OPTIONS_SINCE) && !findings.isOpen()) {
                findings.drift(object(expected), "options", expected.options(), found.options());
                return;
            }
            findings.warn(object(expected), "options", findings.exact() ? expected.options() : null, found.options());
        } else {
            findings.same(object(expected), "options", expected.options(), found.options());
        }
    }

    /** A unique index refuses rows, and an invalid one costs every write and helps no query. */
    private void extra(Index index) {
        String found = Describe.index(index) + (index.valid() ? "" : ", invalid");
        if (index.unique() || !index.valid()) {
            findings.intruder(object(index), found);
        } else {
            findings.extra(object(index), found);
        }
    }

    private static String state(Index index) {
        return index.valid() ? "valid" : "invalid";
    }

    private static boolean mentions(Index index, Set<String> columns) {
        return !Collections.disjoint(index.include(), columns)
                || SqlTokens.mentions(index.predicate(), columns)
                || index.keys().stream()
                        .anyMatch(key -> key.column() != null && columns.contains(key.column())
                                || SqlTokens.mentions(key.expression(), columns));
    }

    private static String twin(Index index, List<Index> live) {
        return live.stream()
                .filter(other -> other.definition().equals(index.definition()))
                .findFirst()
                .map(other -> other.name() + " has this definition")
                .orElse(null);
    }

    private ObjectIdentity object(Index index) {
        return ObjectIdentity.in(table, "index", index.name());
    }
}
