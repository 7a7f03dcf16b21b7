package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.UserType.Composite;
import io.schemajob.catalog.model.UserType.Domain;
import io.schemajob.catalog.model.UserType.Enumeration;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.SequenceRange;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Statements for views, sequences and types. */
final class OtherSql {
    /** Types of sequences, the smallest first. */
    private static final List<String> SIZES = List.of("smallint", "integer", "bigint");

    private OtherSql() {}

    static String create(View view) {
        return "CREATE " + kind(view) + " " + SqlText.name(view.name()) + IndexSql.options(view.options()) + " AS\n"
                + view.definition().replaceFirst("^(?:[ \\t]*\\R)++", "").stripTrailing();
    }

    /** A view of the same columns, over nothing: a function that the query calls can be made on it. */
    static String shell(View view) {
        return "CREATE VIEW " + SqlText.name(view.name()) + " AS\nSELECT "
                + view.columns().stream()
                        .map(column -> "NULL::" + column.type() + " AS " + SqlText.name(column.name()))
                        .collect(Collectors.joining(", "));
    }

    static String kind(View view) {
        return view.materialized() ? "MATERIALIZED VIEW" : "VIEW";
    }

    static String drop(View view) {
        return "DROP " + kind(view) + " " + SqlText.name(view.name());
    }

    static String drop(Sequence sequence) {
        return "DROP SEQUENCE " + SqlText.name(sequence.name());
    }

    static String create(Sequence sequence) {
        return "CREATE SEQUENCE " + SqlText.name(sequence.name()) + " AS " + sequence.type() + " " + options(sequence);
    }

    /** From one state to another; the value that is stored may be out of the new range. */
    static List<String> alter(Sequence from, Sequence to) {
        String alter = "ALTER SEQUENCE " + SqlText.name(to.name());
        String sequence = SqlText.literal(SqlText.name(to.name())) + "::regclass";
        SequenceRange old = new SequenceRange(from.minimum(), from.maximum());
        SequenceRange wanted = new SequenceRange(to.minimum(), to.maximum());
        // The bounds in between are those of the larger type.
        boolean larger = SIZES.indexOf(from.type()) < SIZES.indexOf(to.type());
        String type = "AS " + to.type() + " ";
        return old.alter(
                alter + " " + (larger ? type : ""),
                "",
                sequence,
                (larger ? "" : type) + options(to),
                wanted,
                to.start(),
                from.increment() < 0 != to.increment() < 0);
    }

    private static String options(Sequence sequence) {
        return "INCREMENT BY " + sequence.increment() + " MINVALUE " + sequence.minimum()
                + " MAXVALUE " + sequence.maximum() + " START WITH " + sequence.start() + " CACHE " + sequence.cache()
                + (sequence.cycle() ? " CYCLE" : " NO CYCLE");
    }

    /** @param tables of the schema, of which one has the column */
    static String own(Sequence sequence, Map<String, Table> tables) {
        int dot = sequence.ownerIn(tables)
                .map(owner -> owner.get(0).length())
                .orElse(sequence.ownedBy().lastIndexOf('.'));
        return "ALTER SEQUENCE " + SqlText.name(sequence.name()) + " OWNED BY "
                + SqlText.name(sequence.ownedBy().substring(0, dot)) + "."
                + SqlText.name(sequence.ownedBy().substring(dot + 1));
    }

    /** A check that is not to look at values which are there comes apart: {@code CREATE DOMAIN} has no word for it. */
    static List<String> statements(UserType type, Schema schema) {
        List<String> statements = new ArrayList<>(List.of(create(type, schema)));
        if (type instanceof Domain domain) {
            domain.checks().stream()
                    .filter(check -> !check.validated())
                    .forEach(check -> statements.add(addCheck(domain, check)));
        }
        return statements;
    }

    private static String create(UserType type, Schema schema) {
        String name = SqlText.name(type.name());
        if (type instanceof Enumeration enumeration) {
            return createEnum(name, enumeration.values());
        } else if (type instanceof Domain domain) {
            return "CREATE DOMAIN " + name + " AS " + domain.type()
                    + (domain.collation() == null ? "" : " COLLATE " + SqlText.reference(domain.collation()))
                    + (domain.defaultValue() == null ? "" : " DEFAULT " + domain.defaultValue())
                    + (domain.nullable() ? "" : " " + DomainNotNulls.words(domain.name(), schema))
                    + domain.checks().stream()
                            .filter(Check::validated)
                            .map(check -> " " + ConstraintSql.check(check))
                            .collect(Collectors.joining());
        }
        return "CREATE TYPE " + name + " AS "
                + ((Composite) type)
                        .attributes().stream().map(OtherSql::attribute).collect(Collectors.joining(", ", "(", ")"));
    }

    static String createEnum(String name, List<String> values) {
        return "CREATE TYPE " + name + " AS ENUM "
                + values.stream().map(SqlText::literal).collect(Collectors.joining(", ", "(", ")"));
    }

    static String attribute(Column attribute) {
        return SqlText.name(attribute.name()) + " " + TableSql.type(attribute);
    }

    static String drop(UserType type) {
        return (type instanceof Domain ? "DROP DOMAIN " : "DROP TYPE ") + SqlText.name(type.name());
    }

    static String addCheck(Domain domain, Check check) {
        return "ALTER DOMAIN " + SqlText.name(domain.name()) + " ADD " + ConstraintSql.check(check)
                + ConstraintSql.state(check.enforcement());
    }
}
