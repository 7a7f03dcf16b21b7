package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Piece.Kind;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes an enum anew with other values: what stands on columns of it goes, the columns change over by their text, and
 * what went comes back. There is no statement that takes a value away.
 */
final class EnumRemake {
    private static final String OLD = "__old";

    private EnumRemake() {}

    /**
     * The statements, for a schema that holds the enum with any values.
     *
     * @param whole all that changes
     * @param schema as it is at that moment
     * @return null where functions, foreign tables, other types or keys of partitioned tables use the enum, which would have to
     *     change with it
     */
    static List<String> statements(Scene whole, Schema schema, String type, List<String> values) {
        Map<ObjectIdentity, Piece> pieces = Pieces.of(schema, schema);
        Universe universe = new Universe(pieces, pieces);
        List<Piece> columns = pieces.values().stream()
                .filter(piece -> piece.kind() == Kind.COLUMN && uses((Column) piece.model(), type))
                .toList();
        Set<Name> names = new HashSet<>();
        columns.forEach(column -> names.addAll(column.provides()));
        Set<ObjectIdentity> around = Disturbance.around(pieces, Name.type(type), names, universe);
        RowTypes rows = new RowTypes(schema);
        boolean entangled = around.stream().anyMatch(object -> isLeft(pieces.get(object)))
                || pieces.values().stream().anyMatch(piece -> holds(piece, type))
                || columns.stream()
                        .anyMatch(column -> rows.whyTypeStays(column.relation(), ((Column) column.model()).name())
                                        != null
                                || PartitionKeys.isKey(
                                        schema.tables().get(column.relation()), ((Column) column.model()).name())
                                || isComputedOtherwise(schema, column));
        if (entangled) {
            return null;
        }
        Scene scene = new Scene(
                new Goal(schema, schema, List.of(), List.of(), OpenDefaults.NONE, Set.of(), Set.of(), Set.of(), schema),
                pieces,
                pieces,
                around,
                universe,
                new Facts(Map.of(), List.of()),
                whole.access(),
                Map.of(),
                Map.of());
        List<Operation> operations = new ArrayList<>();
        around.forEach(object -> operations.add(scene.drop(pieces.get(object))));
        List<String> statements = new ArrayList<>();
        ups(operations, statements);
        String name = SqlText.name(type);
        statements.add("ALTER TYPE " + name + " RENAME TO " + SqlText.name(type + OLD));
        statements.add(OtherSql.createEnum(name, values));
        columns.stream()
                .filter(column -> !isInherited(schema, column) && !around.contains(column.object()))
                .forEach(column -> statements.add(retype(column, name)));
        statements.add("DROP TYPE " + SqlText.name(type + OLD));
        operations.clear();
        around.forEach(object -> operations.add(scene.create(pieces.get(object))));
        ups(operations, statements);
        columns.stream()
                .filter(column -> ((Column) column.model()).generated() != null && isInherited(schema, column))
                .filter(column -> ((Column) column.model()).comment() != null)
                .forEach(column -> statements.addAll(Pieces.columnComment(column.relation(), (Column) column.model())
                        .create()));
        around.forEach(object -> statements.addAll(scene.access(pieces.get(object))));
        UserType itself = schema.types().get(type);
        if (itself != null && itself.comment() != null) {
            statements.add("COMMENT ON TYPE " + name + " IS " + SqlText.literal(itself.comment()));
        }
        statements.addAll(whole.accessOn(schema).of(ObjectIdentity.of("type", type)));
        return statements;
    }

    /** A comment goes with its object. */
    private static void ups(List<Operation> operations, List<String> statements) {
        for (Operation operation : Order.sort(operations)) {
            if (operation.rank() != Rank.DROP_COMMENT) {
                statements.addAll(operation.up());
            }
        }
    }

    /** Added again with that of its parent, it would be computed as that is. */
    private static boolean isComputedOtherwise(Schema schema, Piece piece) {
        Column column = (Column) piece.model();
        return column.generated() != null
                && schema.table(piece.relation()).parents().stream()
                        .map(schema::table)
                        .filter(Objects::nonNull)
                        .flatMap(parent -> parent.column(column.name()).stream())
                        .anyMatch(other -> !column.generated().equals(other.generated()));
    }

    /** It changes with that of the parent, and only so. */
    private static boolean isInherited(Schema schema, Piece piece) {
        String column = ((Column) piece.model()).name();
        return schema.table(piece.relation()).parents().stream()
                .map(schema::table)
                .anyMatch(parent -> parent != null && parent.column(column).isPresent());
    }

    private static String retype(Piece piece, String type) {
        Column column = (Column) piece.model();
        String array = column.type().endsWith("[]") ? "[]" : "";
        return SqlText.alter(piece.relation(), column.name()) + "TYPE " + type + array + " USING "
                + SqlText.name(column.name()) + "::text" + array + "::" + type + array;
    }

    private static boolean uses(Column column, String type) {
        return SqlNames.mentioned(column.type()).contains(type);
    }

    /** What is not dropped and made again: others call it, or what it loses nobody knows. */
    private static boolean isLeft(Piece piece) {
        return piece.kind() == Kind.FUNCTION
                || piece.kind() == Kind.FOUNDATION
                || piece.object().kind().equals("foreign table");
    }

    private static boolean holds(Piece piece, String type) {
        boolean other = piece.kind() == Kind.TYPE && !piece.provides().contains(Name.type(type));
        return (other || piece.kind() == Kind.FUNCTION)
                && SqlNames.mentioned(piece.create().get(0)).contains(type);
    }
}
