package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Piece.Kind;
import io.schemajob.catalog.kind.ForeignCollations;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Extension;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A schema taken apart, by {@link Piece#object()}. A table that only this side has is one piece with its columns and
 * constraints; where both sides have it, each column and constraint is one.
 */
final class Pieces {
    private static final Set<String> EXISTING = Set.of("public", "pg_catalog");

    private final Map<ObjectIdentity, Piece> pieces = new LinkedHashMap<>();
    private final Schema schema;
    private final CanonicalFunctions canonical;
    private final BroughtParts brought;
    private final Set<String> parents;
    private final Set<String> referenced;
    private final OpenDefaults open;
    private final CarriedKeys carried;
    private final Map<String, List<Piece>> byTable = new HashMap<>();

    /**
     * What tables of other schemas say of those of this one.
     *
     * @param parents those that have children there
     * @param referenced those to which foreign keys lead from there
     * @param carried keys there whose indexes are parts of indexes here, by these
     */
    record Elsewhere(Set<String> parents, Set<String> referenced, Map<String, List<CarriedKeys.Carried>> carried) {
        private static final Elsewhere NOTHING = new Elsewhere(Set.of(), Set.of(), Map.of());
    }

    private Pieces(Schema schema, Schema other, OpenDefaults open, Elsewhere elsewhere) {
        this.open = open;
        this.carried = CarriedKeys.of(schema, other).and(elsewhere.carried());
        this.schema = schema;
        this.canonical = new CanonicalFunctions(schema);
        this.brought = new BroughtParts(schema);
        this.parents = new HashSet<>(elsewhere.parents());
        this.referenced = new HashSet<>(elsewhere.referenced());
        schema.tables().values().forEach(table -> {
            parents.addAll(table.parents());
            table.foreignKeys().forEach(key -> referenced.add(key.table()));
        });
        parents.removeIf(open::isOpen);
    }

    static Map<ObjectIdentity, Piece> of(Schema schema, Schema other) {
        return of(schema, other, OpenDefaults.NONE, Elsewhere.NOTHING, null).pieces;
    }

    /**
     * A schema taken apart.
     *
     * @param open tables that nobody declared, which get their defaults from their parents
     * @param elsewhere what tables of other schemas say of these
     * @param opposite the other side, if it is taken apart: a table that is the same on both has the same pieces; or null
     */
    static Pieces of(Schema schema, Schema other, OpenDefaults open, Elsewhere elsewhere, Pieces opposite) {
        Pieces all = new Pieces(schema, other, open, elsewhere);
        schema.extensions().values().forEach(all::add);
        schema.types().values().forEach(all::add);
        schema.sequences().values().forEach(all::add);
        schema.routines().values().forEach(all::add);
        Pieces alike = opposite != null && dotted(schema).equals(dotted(other)) ? opposite : null;
        schema.tables().values().forEach(table -> all.add(table, other, alike));
        Map<String, Set<String>> overRows = overRows(schema);
        schema.views().values().forEach(view -> all.add(view, schema, overRows.getOrDefault(view.name(), Set.of())));
        schema.sequences().values().forEach(sequence -> all.own(sequence, schema));
        Kinds.ALL.forEach(kind -> schema.objects().of(kind.noun()).values().forEach(object -> all.add(kind, object)));
        return all;
    }

    Map<ObjectIdentity, Piece> all() {
        return pieces;
    }

    /** The names that could be taken for those of other schemas, {@link SqlText#qualified}. */
    private static Set<String> dotted(Schema schema) {
        return Stream.of(schema.tables(), schema.views(), schema.routines())
                .flatMap(all -> all.keySet().stream())
                .filter(name -> name.indexOf('.') >= 0 || name.startsWith("\""))
                .collect(Collectors.toSet());
    }

    private void add(Table table, Schema other, Pieces opposite) {
        String name = table.name();
        boolean parent = parents.contains(name);
        boolean same = opposite != null
                && parent == opposite.parents.contains(name)
                && !carried.concern(table)
                && table.equals(opposite.schema.tables().get(name));
        List<Piece> own = new ArrayList<>();
        if (same) {
            own.addAll(opposite.byTable.get(name));
        } else {
            new TablePieces(table, other.tables().get(name), schema, other, parent, open, own::add).take();
            own.replaceAll(piece -> carried.carrying(detachedFirst(piece, other)));
        }
        own.forEach(this::put);
        byTable.put(name, own);
    }

    /** A partition of a table that stays, and to which foreign keys lead: PostgreSQL does not drop it while it is one. */
    private Piece detachedFirst(Piece piece, Schema other) {
        if (piece.kind() != Kind.TABLE
                || !(piece.model() instanceof Table table)
                || table.partition() == null
                || other.tables().containsKey(table.name())) {
            return piece;
        }
        return isReferenced(table.partition().parent(), other)
                ? piece.droppedBy(TableSql.detach(table, schema), piece.drop().get(0))
                : piece;
    }

    /** Whether foreign keys lead to the table, or to one that it is a partition of; one in another schema may be such. */
    private boolean isReferenced(String name, Schema other) {
        Table table = schema.tables().get(name);
        return table == null
                || referenced.contains(name) && other.tables().containsKey(name)
                || table.partition() != null && isReferenced(table.partition().parent(), other);
    }

    private void put(Piece piece) {
        pieces.put(piece.object(), piece);
    }

    private void add(Extension extension) {
        String name = SqlText.name(extension.name());
        put(Piece.of(
                        Kind.EXTENSION,
                        ObjectIdentity.of("extension", extension.name()),
                        null,
                        extension,
                        create(extension),
                        "DROP EXTENSION " + name)
                .providing(Set.of(new Name(Name.Kind.EXTENSION, List.of(extension.name())))));
    }

    private static List<String> create(Extension extension) {
        List<String> statements = new ArrayList<>();
        if (extension.isElsewhere() && !EXISTING.contains(extension.schema())) {
            statements.add("CREATE SCHEMA IF NOT EXISTS " + SqlText.name(extension.schema()));
        }
        statements.add("CREATE EXTENSION IF NOT EXISTS " + SqlText.name(extension.name())
                + (extension.isElsewhere() ? " SCHEMA " + SqlText.name(extension.schema()) : "")
                + (extension.version() == null ? "" : " VERSION " + SqlText.literal(extension.version())));
        return statements;
    }

    private void add(UserType type) {
        ObjectIdentity object = type.identity();
        put(Piece.of(Kind.TYPE, object, null, type, OtherSql.statements(type, schema), OtherSql.drop(type))
                .providing(
                        type instanceof UserType.Composite
                                ? Set.of(Name.type(type.name()), Name.typeName(type.name()), Name.relation(type.name()))
                                : Set.of(Name.type(type.name()), Name.typeName(type.name())))
                .defined(anonymous(type)));
        String kind = type instanceof UserType.Domain ? "DOMAIN " : "TYPE ";
        put(comment(kind + SqlText.name(type.name()), object, null, type.comment()));
        if (type instanceof UserType.Composite composite) {
            composite.attributes().forEach(attribute -> put(columnComment(type.name(), attribute)));
        }
    }

    /** What of a type statements change: neither its owner nor its comment. */
    private static UserType anonymous(UserType type) {
        if (type instanceof UserType.Composite composite) {
            List<Column> attributes = composite.attributes().stream()
                    .map(attribute -> attribute.withComment(null))
                    .toList();
            return new UserType.Composite(composite.name(), attributes, null, null);
        }
        return type.with(null, null);
    }

    private void add(Sequence sequence) {
        ObjectIdentity object = sequence.identity();
        put(Piece.of(Kind.SEQUENCE, object, null, sequence, List.of(OtherSql.create(sequence)), OtherSql.drop(sequence))
                .providing(Name.relationAndType(sequence.name()))
                .defined(List.of(
                        sequence.type(),
                        sequence.start(),
                        sequence.increment(),
                        sequence.minimum(),
                        sequence.maximum(),
                        sequence.cache(),
                        sequence.cycle())));
        put(comment("SEQUENCE " + SqlText.name(sequence.name()), object, null, sequence.comment()));
    }

    private void own(Sequence sequence, Schema schema) {
        if (sequence.ownedBy() != null) {
            put(Piece.of(
                            Kind.OWNERSHIP,
                            sequence.identity().part("owned by"),
                            sequence.name(),
                            sequence,
                            List.of(OtherSql.own(sequence, schema.tables())),
                            "ALTER SEQUENCE " + SqlText.name(sequence.name()) + " OWNED BY NONE")
                    .defined(sequence.ownedBy()));
        }
    }

    private void add(Routine routine) {
        ObjectIdentity object = routine.identity();
        String create = RoutineSql.create(routine, false);
        put(canonical.withType(Piece.of(Kind.FUNCTION, object, null, routine, List.of(create), RoutineSql.drop(routine))
                .providing(Set.of(Name.function(routine.name())))
                .mentioning(
                        routine.arguments() + " " + routine.result() + (routine.sqlBody() ? "\n" + routine.body() : ""))
                .needing(languageAndTransforms(routine))
                .defined(routine.with(null, null))));
        put(comment(routine));
    }

    static Piece comment(Routine routine) {
        String target = RoutineSql.kind(routine) + " " + RoutineSql.reference(routine);
        return comment(target, routine.identity(), null, routine.comment());
    }

    private static Set<Name> languageAndTransforms(Routine routine) {
        return Stream.concat(
                        Stream.of(Name.told(ObjectIdentity.of("language", routine.language()))),
                        routine.transforms().stream()
                                .map(type ->
                                        Name.told("transform FOR %s LANGUAGE %s".formatted(type, routine.language()))))
                .collect(Collectors.toSet());
    }

    private void add(ObjectKind kind, SchemaObject object) {
        Piece piece = ObjectPieces.piece(kind, CarriedKeys.settings(schema, object));
        Set<Name> needs = new HashSet<>(brought.needed(object));
        needs.addAll(piece.needs());
        List<String> collated = ForeignCollations.create(object, schema.objects());
        put(canonical.withFunction(kind, (collated.isEmpty() ? piece : piece.createdBy(collated)).needing(needs)));
    }

    /** The functions that take or return rows of a view, by the view. */
    private static Map<String, Set<String>> overRows(Schema schema) {
        Map<String, Set<String>> functions = new HashMap<>();
        for (Routine routine : schema.routines().values()) {
            SqlNames.mentioned(routine.arguments() + " " + routine.result()).stream()
                    .filter(schema.views()::containsKey)
                    .forEach(view -> functions
                            .computeIfAbsent(view, key -> new HashSet<>())
                            .add(routine.name()));
        }
        return functions;
    }

    /** @param overRows functions that take or return its rows */
    private void add(View view, Schema schema, Set<String> overRows) {
        ObjectIdentity object = view.identity();
        String kind = OtherSql.kind(view) + " ";
        boolean loops = !view.materialized()
                && !view.columns().isEmpty()
                && !Collections.disjoint(overRows, SqlNames.called(view.definition()));
        put(Piece.of(
                        Kind.VIEW,
                        object,
                        view.name(),
                        view,
                        List.of(loops ? OtherSql.shell(view) : OtherSql.create(view)),
                        OtherSql.drop(view))
                .providing(Name.relationAndType(view.name()))
                .mentioning(loops ? OtherSql.shell(view) : view.definition())
                .defined(List.of(view.definition(), view.options())));
        if (loops) {
            query(view);
        }
        put(comment(kind + SqlText.name(view.name()), object, view.name(), view.comment()));
        for (Column column : view.columns()) {
            put(columnComment(view.name(), column));
        }
        view.indexes().forEach(index -> put(index(view.name(), index)));
        view.triggers().forEach(trigger -> put(trigger(view.name(), trigger, schema)));
    }

    /** What a view shows, once there are the functions that need the view. */
    private void query(View view) {
        put(Piece.of(
                        Kind.VIEW,
                        view.identity().part("query"),
                        view.name(),
                        view,
                        List.of(OtherSql.create(view).replaceFirst("^CREATE", "CREATE OR REPLACE")),
                        OtherSql.shell(view).replaceFirst("^CREATE", "CREATE OR REPLACE"))
                .needing(Set.of(Name.relation(view.name())))
                .mentioning(view.definition())
                .defined(List.of(view.definition(), view.options())));
    }

    static Piece index(String relation, Index index) {
        return Piece.of(
                        Kind.INDEX,
                        ObjectIdentity.in(relation, "index", index.name()),
                        relation,
                        index,
                        List.of(IndexSql.create(relation, index, false)),
                        IndexSql.drop(index, false))
                .providing(provided(relation, index));
    }

    /** Its name; and for foreign keys that a unique index without a condition is as good as a unique constraint. */
    private static Set<Name> provided(String relation, Index index) {
        List<String> columns = new ArrayList<>();
        index.keys().forEach(one -> columns.add(one.column()));
        boolean key =
                index.unique() && index.predicate() == null && columns.stream().allMatch(Objects::nonNull);
        return key
                ? Set.of(Name.relation(index.name()), Name.key(relation, columns))
                : Set.of(Name.relation(index.name()));
    }

    static Piece trigger(String relation, Trigger trigger, Schema schema) {
        List<String> create = TriggerSql.create(relation, trigger, schema);
        return Piece.of(
                        Kind.TRIGGER,
                        ObjectIdentity.in(relation, "trigger", trigger.name()),
                        relation,
                        trigger,
                        create,
                        TriggerSql.drop(relation, trigger))
                .mentioning(SqlNames.withoutLiterals(String.join("\n", create)))
                .providing(Set.of(Name.told(ObjectIdentity.in(relation, "trigger", trigger.name()))));
    }

    static Piece columnComment(String relation, Column column) {
        return comment(
                "COLUMN " + SqlText.name(relation) + "." + SqlText.name(column.name()),
                ObjectIdentity.column(relation, column.name()),
                relation,
                column.comment());
    }

    /** No comment is a comment too, so that one can be taken away. */
    static Piece comment(String target, ObjectIdentity object, String relation, String text) {
        String sql = "COMMENT ON " + target + " IS ";
        boolean none = text == null || text.isEmpty();
        return Piece.of(
                        Kind.COMMENT,
                        object.part("comment"),
                        relation,
                        none ? "" : text,
                        none ? List.of() : List.of(sql + SqlText.literal(text)),
                        none ? "" : sql + "NULL")
                .mentioning(sql);
    }
}
