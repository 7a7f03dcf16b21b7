package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Piece.Kind;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Enforcement;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table taken apart. */
final class TablePieces {
    private final Table table;
    private final String name;
    private final Table other;
    private final Schema schema;
    private final Schema otherSchema;
    private final boolean only;
    private final OpenDefaults open;
    private Set<String> declaredChildren;
    private final boolean shared;
    private final LikeParts parts;
    private final Consumer<Piece> pieces;

    /**
     * A table to be taken apart.
     *
     * @param other the same table on the other side, or null
     * @param schema that it is part of
     * @param otherSchema the one on the other side
     * @param only whether each of its children says its own defaults
     * @param open which tables have children that say nothing
     */
    TablePieces(
            Table table,
            Table other,
            Schema schema,
            Schema otherSchema,
            boolean only,
            OpenDefaults open,
            Consumer<Piece> pieces) {
        this.schema = schema;
        this.otherSchema = otherSchema;
        this.only = only;
        this.open = open;
        this.table = table;
        this.name = table.name();
        this.other = other;
        this.shared = other != null;
        this.parts = new LikeParts(schema, table);
        this.pieces = pieces;
    }

    void take() {
        whole();
        Stream.ofNullable(table.primaryKey())
                .filter(this::isApart)
                .forEach(key -> key(key, ObjectIdentity.only("primary key", name), true));
        table.unique().stream()
                .filter(this::isApart)
                .forEach(key -> key(key, ObjectIdentity.in(name, "unique constraint", key.name()), false));
        if (shared) {
            table.columns().forEach(this::column);
            table.checks().forEach(this::check);
            table.exclusions()
                    .forEach(exclusion -> pieces.accept(constraintPiece(
                                    Kind.EXCLUSION,
                                    ObjectIdentity.in(name, "exclusion constraint", exclusion.name()),
                                    exclusion,
                                    ConstraintSql.exclusion(exclusion),
                                    exclusion.name(),
                                    Enforcement.VALID)
                            .providing(
                                    Set.of(Name.constraint(name, exclusion.name()), Name.relation(exclusion.name())))));
        }
        table.foreignKeys().forEach(this::foreignKey);
        table.indexes().forEach(this::index);
        table.triggers().forEach(trigger -> pieces.accept(Pieces.trigger(name, trigger, schema)));
        comments();
    }

    private void index(Index index) {
        Set<Name> like = parts.of(index);
        Set<Name> needs = new HashSet<>(AttachedIndexes.needed(schema, name, index.name()));
        needs.addAll(like);
        Piece piece = Pieces.index(name, index).needing(needs);
        pieces.accept(like.isEmpty() ? piece : piece.defined(List.of(index, like)));
    }

    /** None where neither side has one: most columns have none, and there may be very many. */
    private void comments() {
        if (table.comment() != null || shared && other.comment() != null) {
            pieces.accept(Pieces.comment(
                    "TABLE " + SqlText.name(name), ObjectIdentity.of("table", name), name, table.comment()));
        }
        for (Column column : table.columns()) {
            boolean commented = shared
                    && other.column(column.name())
                            .filter(same -> same.comment() != null)
                            .isPresent();
            if (column.comment() != null || commented) {
                pieces.accept(Pieces.columnComment(name, column));
            }
        }
    }

    private boolean isApart(Key key) {
        return shared || isLater(key);
    }

    private boolean isLater(Key key) {
        return AttachedIndexes.isApart(schema, name, key)
                || !KeyPart.of(schema, table, key).beside().isEmpty()
                || !parts.of(key).isEmpty();
    }

    /** Without the keys that come later. */
    private Table created() {
        Predicate<Key> apart = this::isLater;
        if (table.keys().noneMatch(apart)) {
            return table;
        }
        TableBuilder builder = TableBuilder.of(table);
        builder.primaryKey = Stream.ofNullable(table.primaryKey())
                .filter(apart.negate())
                .findFirst()
                .orElse(null);
        builder.unique.removeIf(apart);
        return builder.build();
    }

    private void whole() {
        Set<Name> names = new HashSet<>(Name.relationAndType(name));
        Table created = created();
        if (!shared) {
            table.columns().forEach(column -> names.addAll(provided(column)));
            if (created.primaryKey() != null) {
                names.add(Name.key(name, created.primaryKey().columns()));
                names.add(Name.relation(created.primaryKey().name()));
            }
            created.unique().forEach(key -> names.add(Name.key(name, key.columns())));
            created.unique().forEach(key -> names.add(Name.relation(key.name())));
            table.exclusions().forEach(exclusion -> names.add(Name.relation(exclusion.name())));
        }
        pieces.accept(Piece.of(
                        Kind.TABLE,
                        ObjectIdentity.of("table", name),
                        name,
                        table,
                        TableSql.create(created, schema, otherSchema),
                        "DROP TABLE " + SqlText.name(name))
                .providing(shared ? Set.of() : names)
                .mentioning(ingredients())
                .needing(inherited())
                .defined(table.unlogged()));
        protection();
    }

    /** The column, and the name that the sequence of an identity column takes. */
    private Set<Name> provided(Column column) {
        Name itself = Name.column(name, column.name());
        return column.identity() == null
                ? Set.of(itself)
                : Set.of(itself, Name.relation(name + "_" + column.name() + "_seq"));
    }

    /** The columns of its parents that it has too. */
    private Set<Name> inherited() {
        Set<Name> names = table.parents().stream()
                .flatMap(parent -> table.columns().stream().map(column -> Name.column(parent, column.name())))
                .collect(Collectors.toCollection(HashSet::new));
        if (!shared && !table.inherits().isEmpty()) {
            names.addAll(ObjectPieces.beforeChildren(schema, Set.copyOf(table.inherits())));
        }
        return names;
    }

    /** What the table is made of; the names of its own columns say nothing of other tables. */
    private String ingredients() {
        StringBuilder text = new StringBuilder();
        table.columns().forEach(column -> text.append(ingredients(column)).append(' '));
        table.checks().forEach(check -> text.append(check.expression()).append(' '));
        table.exclusions()
                .forEach(exclusion -> text.append(exclusion.definition()).append(' '));
        table.inherits().forEach(parent -> text.append(SqlText.qualified(parent, schema::holds))
                .append(' '));
        if (table.partitionBy() != null) {
            text.append(table.partitionBy()).append(' ');
        }
        return table.partition() == null
                ? text.toString()
                : text + SqlText.qualified(table.partition().parent(), schema::holds);
    }

    private static String ingredients(Column column) {
        return column.type()
                + (column.collation() == null ? "" : " " + SqlText.reference(column.collation()))
                + (column.defaultValue() == null ? "" : " " + column.defaultValue())
                + (column.generated() == null ? "" : " " + column.generated().expression());
    }

    private void protection() {
        String alter = SqlText.alter(name);
        List<String> create = new ArrayList<>();
        List<String> drop = new ArrayList<>();
        if (table.rowSecurity()) {
            create.add(alter + "ENABLE ROW LEVEL SECURITY");
            drop.add(alter + "DISABLE ROW LEVEL SECURITY");
        }
        if (table.forceRowSecurity()) {
            create.add(alter + "FORCE ROW LEVEL SECURITY");
            drop.add(0, alter + "NO FORCE ROW LEVEL SECURITY");
        }
        if (shared || !create.isEmpty()) {
            ObjectIdentity object = ObjectIdentity.of("table", name).part("row security");
            pieces.accept(new Piece(
                    Kind.PROTECTION,
                    object,
                    name,
                    create,
                    create,
                    drop,
                    Set.of(),
                    SqlText.name(name),
                    Set.of(),
                    table));
        }
    }

    private void column(Column column) {
        boolean computed = column.generated() != null;
        boolean altered = computed && ExpressionOperations.isAltered(name, column.name(), schema, otherSchema);
        pieces.accept(Piece.of(
                        Kind.COLUMN,
                        ObjectIdentity.column(name, column.name()),
                        name,
                        column,
                        List.of(SqlText.alter(name) + "ADD COLUMN " + TableSql.column(column)),
                        SqlText.alter(name) + "DROP COLUMN " + SqlText.name(column.name()))
                .providing(provided(column))
                .mentioning(SqlText.name(name) + " " + ingredients(column))
                .defined(new Column(
                        column.name(),
                        column.type(),
                        column.nullable(),
                        null,
                        column.identity(),
                        altered ? ExpressionOperations.without(column.generated()) : column.generated(),
                        column.collation(),
                        null)));
        boolean stays = other.column(column.name()).isPresent();
        if (column.defaultValue() != null && !computed && stays) {
            String action = "ALTER COLUMN " + SqlText.name(column.name()) + " ";
            String set = "SET DEFAULT " + TableSql.expression(column.defaultValue());
            pieces.accept(Piece.of(
                            Kind.DEFAULT,
                            ObjectIdentity.column(name, column.name()).part("default"),
                            name,
                            column,
                            List.of(defaulted(column, action + set)),
                            defaulted(column, action + "DROP DEFAULT"))
                    .mentioning(SqlText.alter(name) + action + set + " " + column.type())
                    .defined(column.defaultValue()));
        }
    }

    private String defaulted(Column column, String action) {
        if (!open.isOpen(name)) {
            return "ALTER TABLE " + (only ? "ONLY " : "") + SqlText.name(name) + " " + action;
        }
        if (declaredChildren == null) {
            declaredChildren = open.declaredBelow(name, schema, otherSchema);
        }
        return OpenDefaults.statement(name, column.name(), action, declaredChildren);
    }

    private void key(Key key, ObjectIdentity object, boolean primary) {
        KeyPart part = KeyPart.of(schema, table, key);
        Set<Name> needs = new HashSet<>(AttachedIndexes.needed(schema, name, key.name()));
        needs.addAll(part.needed());
        Set<Name> like = primary ? Set.of() : parts.of(key);
        needs.addAll(like);
        if (primary) {
            key.columns().forEach(column -> needs.add(Name.notNull(name, column)));
        }
        String definition = ConstraintSql.key(key, primary);
        pieces.accept(Piece.of(
                        Kind.KEY,
                        object,
                        name,
                        key,
                        List.of("ALTER TABLE " + (key.valid() ? "" : "ONLY ") + SqlText.name(name) + " ADD "
                                + definition),
                        SqlText.alter(name) + "DROP CONSTRAINT " + SqlText.name(key.name()))
                .providing(CarriedKeys.names(name, key))
                .needing(needs)
                .defined(part.isNone() && like.isEmpty() ? key : List.of(key, part, like)));
    }

    private void check(Check check) {
        constraint(
                Kind.CHECK,
                ObjectIdentity.in(name, "check", check.name()),
                check,
                ConstraintSql.check(check),
                check.name(),
                check.enforcement());
    }

    private void foreignKey(ForeignKey key) {
        Set<Name> like = parts.of(key);
        Set<Name> needs = new HashSet<>(like);
        needs.add(Name.key(key.table(), key.references()));
        Piece piece = constraintPiece(
                        Kind.FOREIGN_KEY,
                        ObjectIdentity.in(name, "foreign key", key.name()),
                        key,
                        ConstraintSql.foreignKey(key, schema::holds),
                        key.name(),
                        key.enforcement())
                .needing(needs);
        pieces.accept(like.isEmpty() ? piece : piece.defined(List.of(key, like)));
    }

    private void constraint(
            Kind kind,
            ObjectIdentity object,
            Object model,
            String definition,
            String constraint,
            Enforcement enforcement) {
        pieces.accept(constraintPiece(kind, object, model, definition, constraint, enforcement));
    }

    private Piece constraintPiece(
            Kind kind,
            ObjectIdentity object,
            Object model,
            String definition,
            String constraint,
            Enforcement enforcement) {
        return Piece.of(
                        kind,
                        object,
                        name,
                        model,
                        List.of(SqlText.alter(name) + "ADD " + definition + ConstraintSql.state(enforcement)),
                        SqlText.alter(name) + "DROP CONSTRAINT " + SqlText.name(constraint))
                .providing(Set.of(Name.constraint(name, constraint)));
    }
}
