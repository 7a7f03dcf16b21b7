package io.schemajob.catalog;

import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.ModelKind;
import io.schemajob.catalog.kind.Aspect;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.UserType.Domain;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which aspects of which kinds no damage of an object of the schema touches, and none can. */
final class DamagedAspects {
    /** Pairs without a damage, and why. */
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            Map.entry("extension: version", "a snapshot leaves it out"),
            Map.entry("row: existence", "a required row is no part of the catalog; see VerifierIT"),
            Map.entry("user mapping: user", "it is its name"),
            Map.entry("operator: leftarg", "it is part of its name"),
            Map.entry("operator: rightarg", "it is part of its name"),
            Map.entry("range type: canonical", "the function needs the type, of which no plan makes a shell"),
            Map.entry("procedure: result", "it has none"),
            Map.entry("procedure: volatility", "it has none"),
            Map.entry("procedure: strictness", "it has none"),
            Map.entry("procedure: leakproof", "it has none"),
            Map.entry("procedure: parallel", "it has none"));

    private DamagedAspects() {}

    /** {@code kind: aspect} of each. */
    static List<String> missing(Schema schema, List<Damage> damages) {
        Set<String> named = damages.stream()
                .flatMap(damage -> damage.named().stream())
                .map(name -> name.replace(" (warning)", ""))
                .collect(Collectors.toSet());
        Stream<String> described =
                Kinds.ALL.stream().flatMap(kind -> untouched(kind.noun(), aspects(kind), objects(kind, schema), named));
        Map<String, Set<String>> model = identities(schema)
                .collect(Collectors.groupingBy(
                        ObjectIdentity::kind,
                        Collectors.flatMapping(
                                object -> Stream.of(quoted(object), quoted(object.owned())), Collectors.toSet())));
        Stream<String> modelled = Stream.of(ModelKind.values())
                .flatMap(kind -> untouched(
                        kind.kind(),
                        Stream.concat(Stream.of(Difference.EXISTENCE), kind.aspects().stream()),
                        model.getOrDefault(kind.kind(), Set.of()),
                        named));
        return Stream.concat(described, modelled)
                .filter(pair -> !EXCEPTIONS.containsKey(pair))
                .toList();
    }

    private static Stream<String> aspects(ObjectKind kind) {
        Stream<String> own = kind.aspects().stream().map(Aspect::label);
        return kind.part() == null ? Stream.concat(Stream.of(Difference.EXISTENCE), own) : own;
    }

    /**
     * Patterns of the objects. Settings are not in the schema where they are PostgreSQL's, so all of that wording are meant; but
     * a column of a foreign table has the wording of other columns.
     */
    private static Set<String> objects(ObjectKind kind, Schema schema) {
        boolean foreign = kind.places().get(0).elements().get(0).equals("foreign_tables");
        return schema.objects().of(kind.noun()).values().stream()
                .map(kind::object)
                .map(object ->
                        kind.settings() && !foreign ? object.wording().replaceAll("%(\\d\\$)?s", ".+") : quoted(object))
                .collect(Collectors.toSet());
    }

    private static String quoted(ObjectIdentity object) {
        return Pattern.quote(object.toString());
    }

    private static Stream<String> untouched(
            String kind, Stream<String> aspects, Set<String> objects, Set<String> named) {
        return aspects.filter(aspect -> objects.stream()
                        .map(object -> Pattern.compile(object + ": " + aspect))
                        .noneMatch(pattern -> named.stream()
                                .anyMatch(name -> pattern.matcher(name).matches())))
                .map(aspect -> kind + ": " + aspect);
    }

    private static Stream<ObjectIdentity> identities(Schema schema) {
        Set<ObjectIdentity> all = new HashSet<>();
        schema.extensions().keySet().forEach(name -> all.add(ObjectIdentity.of("extension", name)));
        schema.types().values().forEach(type -> {
            all.add(type.identity());
            if (type instanceof Domain domain) {
                domain.checks().forEach(check -> all.add(ObjectIdentity.domainCheck(type.name(), check.name())));
            }
        });
        schema.sequences().values().forEach(sequence -> all.add(sequence.identity()));
        schema.tables().values().forEach(table -> addAll(table, all));
        schema.views().values().forEach(view -> {
            all.add(view.identity());
            view.indexes().forEach(index -> all.add(ObjectIdentity.in(view.name(), "index", index.name())));
            view.triggers().forEach(trigger -> all.add(ObjectIdentity.in(view.name(), "trigger", trigger.name())));
        });
        schema.routines().values().forEach(routine -> all.add(routine.identity()));
        return all.stream();
    }

    private static void addAll(Table table, Set<ObjectIdentity> all) {
        String name = table.name();
        all.add(table.identity());
        table.columns().forEach(column -> all.add(ObjectIdentity.column(name, column.name())));
        all.add(ObjectIdentity.only("primary key", name));
        table.unique().forEach(key -> all.add(ObjectIdentity.in(name, "unique constraint", key.name())));
        table.foreignKeys().forEach(key -> all.add(ObjectIdentity.in(name, "foreign key", key.name())));
        table.checks().forEach(check -> all.add(ObjectIdentity.in(name, "check", check.name())));
        table.exclusions().forEach(one -> all.add(ObjectIdentity.in(name, "exclusion constraint", one.name())));
        table.indexes().forEach(index -> all.add(ObjectIdentity.in(name, "index", index.name())));
        table.triggers().forEach(trigger -> all.add(ObjectIdentity.in(name, "trigger", trigger.name())));
    }
}
