package io.schemajob.catalog.diff;

import io.schemajob.catalog.kind.CommentKind;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.UserType.Composite;
import io.schemajob.catalog.model.View;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a declaration says by leaving comments out: nothing where it has no comment on any object of that class, and that there
 * is none where it has some.
 */
public final class Comments {
    /** Said by a declaration that leaves a comment out and means it. */
    static final String NO_COMMENT = "";

    private Comments() {}

    /** The declaration with {@link #NO_COMMENT} wherever it says that there is none. */
    public static Schema explicit(Schema declared) {
        if (declared.objects().coverage().level() < CommentKind.COMPARED_SINCE) {
            return declared;
        }
        boolean columns = declared.tables().values().stream()
                .flatMap(table -> table.columns().stream())
                .anyMatch(column -> column.comment() != null);
        boolean tables = declared.tables().values().stream().anyMatch(table -> table.comment() != null);
        boolean views = declared.views().values().stream().anyMatch(view -> view.comment() != null);
        boolean viewColumns = declared.views().values().stream()
                .flatMap(view -> view.columns().stream())
                .anyMatch(column -> column.comment() != null);
        boolean routines = declared.routines().values().stream().anyMatch(routine -> routine.comment() != null);
        boolean sequences = declared.sequences().values().stream().anyMatch(sequence -> sequence.comment() != null);
        boolean types = declared.types().values().stream().anyMatch(type -> type.comment() != null);
        boolean attributes = declared.types().values().stream()
                .anyMatch(type -> type instanceof Composite composite
                        && composite.attributes().stream().anyMatch(attribute -> attribute.comment() != null));
        return new Schema(
                tables || columns
                        ? each(declared.tables(), table -> explicit(table, tables, columns))
                        : declared.tables(),
                views || viewColumns
                        ? each(declared.views(), view -> explicit(view, views, viewColumns))
                        : declared.views(),
                routines ? each(declared.routines(), Comments::explicit) : declared.routines(),
                sequences ? each(declared.sequences(), Comments::explicit) : declared.sequences(),
                types || attributes
                        ? each(declared.types(), type -> explicit(type, types, attributes))
                        : declared.types(),
                declared.extensions(),
                declared.objects(),
                declared.further(),
                declared.beside());
    }

    private static <T> Map<String, T> each(Map<String, T> objects, UnaryOperator<T> change) {
        Map<String, T> changed = new HashMap<>();
        objects.forEach((name, object) -> changed.put(name, change.apply(object)));
        return changed;
    }

    private static String said(String comment) {
        return comment == null ? NO_COMMENT : comment;
    }

    private static Table explicit(Table table, boolean tables, boolean columns) {
        TableBuilder builder = TableBuilder.of(table);
        builder.comment = tables ? said(table.comment()) : table.comment();
        if (columns) {
            builder.columns.replaceAll(column -> column.withComment(said(column.comment())));
        }
        return builder.build();
    }

    private static View explicit(View view, boolean views, boolean columns) {
        return new View(
                view.name(),
                view.materialized(),
                view.definition(),
                columns
                        ? view.columns().stream()
                                .map(column -> column.withComment(said(column.comment())))
                                .toList()
                        : view.columns(),
                view.options(),
                view.indexes(),
                view.triggers(),
                view.owner(),
                views ? said(view.comment()) : view.comment());
    }

    private static Routine explicit(Routine routine) {
        return new Routine(
                routine.signature(),
                routine.name(),
                routine.procedure(),
                routine.arguments(),
                routine.result(),
                routine.language(),
                routine.volatility(),
                routine.strict(),
                routine.securityDefiner(),
                routine.leakproof(),
                routine.parallel(),
                routine.configuration(),
                routine.body(),
                routine.sqlBody(),
                routine.owner(),
                said(routine.comment()));
    }

    private static Sequence explicit(Sequence sequence) {
        return new Sequence(
                sequence.name(),
                sequence.type(),
                sequence.start(),
                sequence.increment(),
                sequence.minimum(),
                sequence.maximum(),
                sequence.cache(),
                sequence.cycle(),
                sequence.ownedBy(),
                sequence.owner(),
                said(sequence.comment()));
    }

    private static UserType explicit(UserType type, boolean types, boolean attributes) {
        String comment = types ? said(type.comment()) : type.comment();
        return attributes && type instanceof Composite composite
                ? new Composite(
                        type.name(),
                        composite.attributes().stream()
                                .map(attribute -> attribute.withComment(said(attribute.comment())))
                                .toList(),
                        type.owner(),
                        comment)
                : type.with(type.owner(), comment);
    }
}
