package io.schemajob.catalog.diff;

import io.schemajob.catalog.kind.CommentKind;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.UserType.Composite;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Classes of objects with a key of their own for a comment. */
enum Comments {
    TABLE,
    COLUMN,
    VIEW,
    VIEW_COLUMN,
    ROUTINE,
    SEQUENCE,
    TYPE,
    ATTRIBUTE;

    /**
     * The classes of which a declaration says by leaving a comment out that there is none: all, or in files of an older level
     * those of which it has some. Of the others it says nothing.
     */
    static Set<Comments> said(Schema declared) {
        Set<Comments> said = EnumSet.noneOf(Comments.class);
        if (declared.objects().coverage().level() >= CommentKind.COMPARED_SINCE) {
            said.addAll(EnumSet.allOf(Comments.class));
            if (!CommentKind.complete(declared.objects().coverage())) {
                said.removeIf(one -> one.of(declared).allMatch(comment -> comment == null));
            }
        }
        return said;
    }

    private Stream<String> of(Schema declared) {
        return switch (this) {
            case TABLE -> all(declared.tables().values(), table -> table.comment());
            case COLUMN -> columns(declared.tables().values(), table -> table.columns());
            case VIEW -> all(declared.views().values(), view -> view.comment());
            case VIEW_COLUMN -> columns(declared.views().values(), view -> view.columns());
            case ROUTINE -> all(declared.routines().values(), routine -> routine.comment());
            case SEQUENCE -> all(declared.sequences().values(), sequence -> sequence.comment());
            case TYPE -> all(declared.types().values(), type -> type.comment());
            case ATTRIBUTE ->
                columns(
                        declared.types().values(),
                        type -> type instanceof Composite composite ? composite.attributes() : Set.of());
        };
    }

    private static <T> Stream<String> all(Collection<T> objects, Function<T, String> comment) {
        return objects.stream().map(comment);
    }

    private static <T> Stream<String> columns(Collection<T> objects, Function<T, Collection<Column>> columns) {
        return objects.stream()
                .flatMap(object -> columns.apply(object).stream())
                .map(Column::comment);
    }
}
