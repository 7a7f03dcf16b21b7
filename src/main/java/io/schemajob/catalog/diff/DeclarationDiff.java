package io.schemajob.catalog.diff;

import io.schemajob.catalog.diff.Difference.Change;
import io.schemajob.catalog.diff.Difference.Severity;
import io.schemajob.catalog.equivalence.Equivalence;
import io.schemajob.catalog.equivalence.LiveWording;
import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Row;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares two declarations without a server. It looks in both directions, as a declaration that says nothing of a class of
 * objects differs from one that does; rows and what the files say of themselves are compared too.
 */
public final class DeclarationDiff {
    private static final DiffOptions STRICT = new DiffOptions(true, null);
    private static final ObjectIdentity FILE = ObjectIdentity.worded("declaration", "declaration");
    private static final String NAME = "name";

    private DeclarationDiff() {}

    /** What a person changed who made the second out of the first; whatever it is, it counts as a difference. */
    public static List<Difference> compare(Schema written, Schema to) {
        Schema from = inWordsOf(to, written);
        List<Difference> all = new ArrayList<>(SchemaDiff.compare(from, to, STRICT));
        Set<List<Object>> known = new HashSet<>();
        all.forEach(difference -> known.add(key(difference)));
        SchemaDiff.compare(to, from, STRICT).stream()
                .map(DeclarationDiff::mirrored)
                .filter(difference -> !isRename(difference) && known.add(key(difference)))
                .forEach(all::add);
        all.addAll(further(from, to));
        from.further().forEach((name, schema) -> {
            if (to.further().containsKey(name)) {
                further(schema, to.further().get(name)).forEach(difference -> all.add(difference.in(name)));
            }
        });
        return all.stream()
                .distinct()
                .map(one -> new Difference(
                        one.change(),
                        one.object(),
                        one.aspect(),
                        one.declared(),
                        one.live(),
                        one.remark(),
                        Severity.DRIFT))
                .toList();
    }

    private static Schema inWordsOf(Schema to, Schema from) {
        Map<String, Schema> further = new TreeMap<>(from.further());
        further.replaceAll((name, schema) ->
                LiveWording.of(schema, to.further().getOrDefault(name, Schema.EMPTY), Equivalence.TOKENS));
        return LiveWording.of(from, to, Equivalence.TOKENS).withFurther(further);
    }

    /** What no comparison with a server looks at. */
    private static List<Difference> further(Schema from, Schema to) {
        List<Difference> all = new ArrayList<>();
        coverage(from.objects().coverage(), to.objects().coverage(), all);
        for (Table table : from.tables().values()) {
            Table other = to.tables().get(table.name());
            if (other != null) {
                table(table, other, all);
            }
        }
        return all;
    }

    /** Of a view that becomes a materialized one both directions tell, each in its own words. */
    private static List<Object> key(Difference difference) {
        boolean whole = difference.aspect().equals(Difference.EXISTENCE);
        return List.of(
                difference.object().names(),
                String.valueOf(difference.object().schema()),
                difference.aspect(),
                whole ? difference.object().kind() : "");
    }

    /** A constraint under another name is told in the first direction. */
    private static boolean isRename(Difference difference) {
        return difference.aspect().equals(NAME) && difference.object().names().size() > 1;
    }

    private static Difference mirrored(Difference difference) {
        Change change =
                switch (difference.change()) {
                    case MISSING -> Change.EXTRA;
                    case EXTRA -> Change.MISSING;
                    case CHANGED -> Change.CHANGED;
                };
        return new Difference(
                change,
                difference.object(),
                difference.aspect(),
                difference.live(),
                difference.declared(),
                null,
                difference.severity());
    }

    private static void coverage(Coverage from, Coverage to, List<Difference> all) {
        same(FILE, "covers", from.level(), to.level(), all);
        same(FILE, "postgres", from.server(), to.server(), all);
        same(FILE, "settings", open(from), open(to), all);
        same(FILE, "privileges", from.privileges(), to.privileges(), all);
        same(FILE, "owner", from.owner(), to.owner(), all);
    }

    private static String open(Coverage coverage) {
        return coverage.openSettings() ? "open" : null;
    }

    private static void table(Table from, Table to, List<Difference> all) {
        ObjectIdentity object = from.identity();
        same(object, "partitions", words(from), words(to), all);
        ObjectIdentity row = ObjectIdentity.only("row", from.name());
        for (Row one : from.rows()) {
            if (!to.rows().contains(one)) {
                all.add(Difference.missing(row, one.values(), null, Severity.DRIFT));
            }
        }
        for (Row one : to.rows()) {
            if (!from.rows().contains(one)) {
                all.add(Difference.extra(row, one.values(), Severity.DRIFT));
            }
        }
    }

    private static String words(Table table) {
        return table.partitions() == null ? null : Describe.words(table.partitions());
    }

    private static void same(ObjectIdentity object, String aspect, Object from, Object to, List<Difference> all) {
        if (from == null ? to != null : !from.equals(to)) {
            all.add(Difference.changed(object, aspect, from, to, Severity.DRIFT));
        }
    }
}
