package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.sql.SqlText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Owners in a declaration: the usual one is named once, and then only what somebody else owns. */
public final class Owners {
    private Owners() {}

    /** The same objects with their most frequent owner as the usual one. */
    public static SchemaObjects usual(SchemaObjects live) {
        Map<String, Integer> counts = new TreeMap<>();
        for (SchemaObject owner : live.of(OwnerKind.NOUN).values()) {
            counts.merge(owner.text("owner"), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(usual -> without(live, usual.getKey()))
                .orElse(live);
    }

    private static SchemaObjects without(SchemaObjects live, String usual) {
        return live.filtered(object -> !object.kind().equals(OwnerKind.NOUN) || !usual.equals(object.text("owner")))
                .covering(live.coverage().ownedBy(usual));
    }

    /** The owners of what is declared and not there yet, where the role that will make it is not the usual one. */
    public static List<SchemaObject> ofNew(Schema declared, Schema live) {
        String usual = declared.objects().coverage().owner();
        if (usual == null || usual.equals(live.objects().server().role())) {
            return List.of();
        }
        List<String> others = declared.objects().of(OwnerKind.NOUN).keySet().stream()
                .map(path -> path.get(1))
                .toList();
        return names(declared)
                .filter(name -> !others.contains(name)
                        && !AccessTarget.of(name).orElseThrow().in(live))
                .map(name -> new SchemaObject(OwnerKind.NOUN, List.of("owners", name), Map.of("owner", usual)))
                .toList();
    }

    /** What there is to know of a schema that is not there yet: whoever makes it will own it. */
    public static SchemaObjects ofMissing(SchemaObjects main) {
        String role = main.server().role();
        List<SchemaObject> owner = role == null
                ? List.of()
                : List.of(new SchemaObject(OwnerKind.NOUN, List.of("owners", "schema"), Map.of("owner", role)));
        return SchemaObjects.of(main.coverage(), owner, Map.of(), main.server());
    }

    /** All that has an owner of its own: {@code table orders}. */
    public static Set<String> named(Schema schema) {
        return names(schema).collect(Collectors.toSet());
    }

    private static Stream<String> names(Schema schema) {
        Stream<String> model = Stream.of(
                        schema.tables().keySet().stream().map(name -> "table " + SqlText.name(name)),
                        schema.views().values().stream()
                                .map(view -> (view.materialized() ? "materialized view " : "view ")
                                        + SqlText.name(view.name())),
                        schema.sequences().values().stream()
                                .filter(sequence -> sequence.ownedBy() == null)
                                .map(sequence -> "sequence " + SqlText.name(sequence.name())),
                        schema.routines().values().stream()
                                .map(routine -> (routine.procedure() ? "procedure " : "function ")
                                        + SqlText.name(routine.name())
                                        + routine.signature()
                                                .substring(routine.name().length())),
                        schema.types().keySet().stream().map(name -> "type " + SqlText.name(name)))
                .flatMap(names -> names);
        Stream<String> objects = Kinds.ALL.stream()
                .flatMap(kind -> schema.objects().of(kind.noun()).values().stream())
                .map(Owners::name)
                .flatMap(Optional::stream);
        return Stream.concat(model, objects);
    }

    private static Optional<String> name(SchemaObject object) {
        String name = object.name(0);
        return switch (object.kind()) {
            case "operator", "operator class", "operator family" -> Optional.of(object.kind() + " " + name);
            case "aggregate" -> {
                int bracket = name.lastIndexOf('(');
                yield Optional.of("aggregate " + SqlText.name(name.substring(0, bracket))
                        + name.substring(bracket).replace("(*)", "()"));
            }
            case "range type" -> Optional.of("type " + SqlText.name(name));
            default ->
                AccessTarget.of(object.kind() + " " + SqlText.name(name))
                        .filter(target -> object.path().size() == 2)
                        .map(target -> target.word() + " " + target.identity());
        };
    }

    /** The declaration where all objects are to have this owner, whoever it says; null changes nothing. */
    public static SchemaObjects all(SchemaObjects declared, String role) {
        Coverage coverage = declared.coverage();
        return role == null || !coverage.privileges()
                ? declared
                : declared.filtered(object -> !object.kind().equals(OwnerKind.NOUN))
                        .covering(coverage.ownedBy(role));
    }
}
