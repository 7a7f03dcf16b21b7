package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds, in the order in which they are compared, written and created. */
public final class Kinds {
    /**
     * What {@code covers} says in a file that {@code snapshot} writes now. A kind that is added later gets the next
     * level, so that files written before say nothing of it.
     */
    public static final int LEVEL = 5;

    public static final List<ObjectKind> ALL = List.of(
            new CollationKind(),
            new AccessMethodKind(),
            new ForeignWrapperKind(),
            new ServerKind(),
            new UserMappingKind(),
            new RangeTypeKind(),
            new LanguageKind(),
            new OperatorKind(),
            new OperatorFamilyKind(),
            new OperatorClassKind(),
            new CastKind(),
            new TransformKind(),
            new AggregateKind(),
            new ConversionKind(),
            TextSearchKind.parser(),
            TextSearchKind.template(),
            TextSearchKind.dictionary(),
            new TextSearchConfigurationKind(),
            new ForeignTableKind(),
            new ForeignColumnKind(),
            new ForeignTriggerKind(),
            new TableSettingsKind(),
            new InheritanceKind(),
            new ColumnSettingsKind(),
            new IdentitySequenceKind(),
            new SequenceSettingsKind(),
            new NotNullKind(),
            new DomainNotNullKind(),
            new PopulationKind(),
            new KeyIndexKind(),
            new AttachedForeignKeyKind(),
            new AttachedIndexKind(),
            new PartitionIndexKind(),
            new IndexSettingsKind(),
            new FunctionSettingsKind(),
            new TriggerStateKind(),
            new StatisticsKind(),
            new RuleKind(),
            new PolicyKind(),
            new EventTriggerKind(),
            new PublicationKind(),
            new ExtensionDependencyKind(),
            new CommentKind(),
            new OwnerKind(),
            GrantKind.own(),
            GrantKind.delegated(),
            new DefaultPrivilegeKind());

    private static final Map<String, ObjectKind> BY_NOUN =
            ALL.stream().collect(Collectors.toMap(ObjectKind::noun, Function.identity()));

    private Kinds() {}

    public static ObjectKind of(String noun) {
        return BY_NOUN.get(noun);
    }

    /** Whether an object, or what an owner or privilege is about, is in no schema. */
    public static boolean isDatabaseWide(SchemaObject object) {
        ObjectKind kind = of(object.kind());
        return kind.databaseWide(object)
                || kind.target(object).map(AccessTarget::isDatabaseWide).orElse(false);
    }

    /**
     * The keys that a mapping of {@code schema.yaml} may have: those of its own reader, and those that kinds have there. A
     * large schema has tens of thousands of such mappings, so readers keep them.
     *
     * @param path {@code tables/*}; empty for the root
     */
    public static Set<String> keys(String path, String... known) {
        return keys(ALL, path, known);
    }

    /** The same at the root of a further schema, where nothing of the whole database stands. */
    public static Set<String> sectionKeys(String... known) {
        return keys(ALL.stream().filter(kind -> !kind.databaseWide()).toList(), "", known);
    }

    private static Set<String> keys(List<ObjectKind> kinds, String path, String... known) {
        Set<String> keys = new LinkedHashSet<>(List.of(known));
        List<String> at = path.isEmpty() ? List.of() : List.of(path.split("/"));
        for (ObjectKind kind : kinds) {
            for (Place place : kind.places()) {
                if (place.elements().equals(at)) {
                    kind.aspects().forEach(aspect -> keys.add(aspect.key()));
                } else if (place.elements().size() > at.size()
                        && place.elements().subList(0, at.size()).equals(at)) {
                    keys.add(place.elements().get(at.size()));
                }
            }
        }
        return Collections.unmodifiableSet(keys);
    }
}
