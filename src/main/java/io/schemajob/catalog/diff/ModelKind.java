package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.ObjectIdentity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The classes of objects that have a type of their own in the model, with what is compared of them: the docs are made of it,
 * and {@link Findings} holds the comparisons to it. The others are {@link io.schemajob.catalog.kind.ObjectKind}s.
 */
public enum ModelKind {
    EXTENSION("extensions", "not told", "version, schema"),
    ENUM("types/*/enum", ModelKind.OTHERS, "kind, values, owner, comment"),
    COMPOSITE_TYPE("types/*/composite", ModelKind.OTHERS, "kind, attributes, owner, comment"),
    DOMAIN("types/*/domain", ModelKind.OTHERS, "kind, type, nullability, default, collation, owner, comment"),
    DOMAIN_CHECK("types/*/checks/*", ModelKind.DRIFT, ModelKind.CONSTRAINT),
    SEQUENCE(
            "sequences/*",
            ModelKind.OTHERS,
            "type, start, increment, minimum, maximum, cache, cycle, owned by, owner, comment"),
    TABLE("tables/*", ModelKind.OTHERS, "partitioning, partition, parents, persistence, row security, owner, comment"),
    COLUMN(
            "tables/*/columns/*",
            ModelKind.OTHERS + "; drift if an INSERT must supply it",
            "type, nullability, default, identity, generation, collation, comment",
            "`virtual` 18"),
    PRIMARY_KEY("tables/*/primary_key", ModelKind.DRIFT, ModelKind.CONSTRAINT, "WITHOUT OVERLAPS 18"),
    UNIQUE_CONSTRAINT(
            "tables/*/unique/*", ModelKind.DRIFT, ModelKind.CONSTRAINT, "`nulls_not_distinct` 15, WITHOUT OVERLAPS 18"),
    FOREIGN_KEY("tables/*/foreign_keys/*", ModelKind.DRIFT, ModelKind.CONSTRAINT, "`on_delete_columns` 15, PERIOD 18"),
    CHECK("tables/*/checks/*", ModelKind.DRIFT, ModelKind.CONSTRAINT),
    EXCLUSION_CONSTRAINT("tables/*/exclusions/*", ModelKind.DRIFT, ModelKind.CONSTRAINT),
    INDEX(
            "tables/*/indexes/*, views/*/indexes/*",
            ModelKind.OTHERS + "; drift if unique or invalid",
            "definition, state, options",
            "`nulls_not_distinct` 15"),
    TRIGGER("tables/*/triggers/*, views/*/triggers/*", ModelKind.DRIFT, "definition"),
    VIEW("views/*", ModelKind.OTHERS, ModelKind.QUERY, "`security_invoker` 15"),
    MATERIALIZED_VIEW("views/*", ModelKind.OTHERS, ModelKind.QUERY),
    FUNCTION("functions/*", ModelKind.OTHERS, ModelKind.ROUTINE),
    PROCEDURE("functions/*", ModelKind.OTHERS, ModelKind.ROUTINE),
    ROW("tables/*/rows", "not told", "");

    private static final String OTHERS = "warning, strict: drift";
    private static final String DRIFT = "drift";
    private static final String CONSTRAINT = "definition, name";
    private static final String QUERY = "kind, definition, columns, options, owner, comment";
    private static final String ROUTINE =
            "kind, arguments, result, language, volatility, strictness, security, leakproof, parallel, settings, body, library, transforms, owner, comment";

    private final String places;
    private final String undeclared;
    private final List<String> aspects;
    private final String newer;

    ModelKind(String places, String undeclared, String aspects) {
        this(places, undeclared, aspects, "");
    }

    ModelKind(String places, String undeclared, String aspects, String newer) {
        this.places = places;
        this.undeclared = undeclared;
        this.aspects = Stream.of(aspects.split(", "))
                .filter(aspect -> !aspect.isEmpty())
                .toList();
        this.newer = newer;
    }

    /** As {@link ObjectIdentity#kind()} has it. */
    public String kind() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Where it stands in {@code schema.yaml}. */
    public List<String> places() {
        return List.of(places.split(", "));
    }

    /** What it means that there is one which nobody declared. */
    public String undeclared() {
        return undeclared;
    }

    /** What is compared besides the existence. */
    public List<String> aspects() {
        return aspects;
    }

    /** What of it came after PostgreSQL 14, with the version; empty if nothing. */
    public String newer() {
        return newer;
    }

    /** Whether this aspect of such an object is in the docs. */
    static boolean knows(ObjectIdentity object, String aspect) {
        return Stream.of(values())
                .filter(kind -> kind.kind().equals(object.kind()))
                .allMatch(kind -> aspect.equals(Difference.EXISTENCE) || kind.aspects.contains(aspect));
    }
}
