package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.ChosenName;
import io.schemajob.catalog.kind.NotNullKind;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A new partition whose columns are in another order than its parent's, or with a key whose index is a part of one that the
 * parent has: {@code PARTITION OF} would make columns in that order, and another part beside the key, so it is made as a table
 * of its own and attached.
 */
final class AttachedTable {
    private final Table table;
    private final Table parent;
    private final Schema schema;

    private AttachedTable(Table table, Table parent, Schema schema) {
        this.table = table;
        this.parent = parent;
        this.schema = schema;
    }

    /**
     * Empty where the table is no partition, or {@code PARTITION OF} makes it.
     *
     * @param other the schema on the other side
     */
    static Optional<AttachedTable> of(Table table, Schema schema, Schema other) {
        Table parent = table.partition() == null
                ? null
                : schema.table(table.partition().parent());
        if (parent == null) {
            return Optional.empty();
        }
        List<String> own = names(table);
        List<String> others = names(parent);
        boolean apart = !own.equals(others) || other.table(parent.name()) != null && hasPart(table, schema);
        return apart && Set.copyOf(own).equals(Set.copyOf(others))
                ? Optional.of(new AttachedTable(table, parent, schema))
                : Optional.empty();
    }

    private static boolean hasPart(Table table, Schema schema) {
        return table.keys().anyMatch(key -> KeyPart.of(schema, table, key).of() != null);
    }

    private static List<String> names(Table table) {
        return table.columns().stream().map(Column::name).toList();
    }

    /** Its columns, which become identity columns when it is attached, and the checks that its parents have and it must have too. */
    List<String> parts() {
        List<String> parts = new ArrayList<>();
        table.columns().forEach(column -> parts.add(TableSql.column(column.withoutIdentity(), required(column))));
        checks().stream().filter(Check::validated).forEach(check -> parts.add(ConstraintSql.check(check)));
        return parts;
    }

    List<String> alterations() {
        List<String> statements = new ArrayList<>();
        checks().stream()
                .filter(check -> !check.validated())
                .forEach(check -> statements.add(SqlText.alter(table.name()) + "ADD " + ConstraintSql.check(check)
                        + ConstraintSql.state(check.enforcement())));
        statements.add("ALTER TABLE ONLY " + SqlText.qualified(parent.name(), schema::holds) + " ATTACH PARTITION "
                + SqlText.name(table.name()) + " " + table.partition().bound());
        return statements;
    }

    private List<Check> checks() {
        Set<String> known = new HashSet<>();
        table.checks().forEach(check -> known.add(check.name()));
        return schema.ancestors(table).stream()
                .flatMap(above -> above.checks().stream())
                .filter(check -> !check.noInherit() && known.add(check.name()))
                .toList();
    }

    /** {@code PARTITION OF} takes the name of the parent's over, where none is declared. */
    private String required(Column column) {
        String name = column.nullable() ? null : NotNullKind.nameOf(table.name(), column.name(), schema);
        return column.nullable() || name != null ? name : inherited(parent, column.name());
    }

    private String inherited(Table from, String column) {
        if (from.column(column).filter(found -> !found.nullable()).isEmpty()) {
            return null;
        }
        String name = NotNullKind.nameOf(from.name(), column, schema);
        Table above =
                from.partition() == null ? null : schema.table(from.partition().parent());
        String over = name != null || above == null ? name : inherited(above, column);
        return over != null ? over : ChosenName.of(from.name(), column, "not_null");
    }
}
