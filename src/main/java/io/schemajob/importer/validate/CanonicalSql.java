package io.schemajob.importer.validate;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.Kind;

/** SQL for a column whose binary form, in COPY, is what a {@link CanonicalValue} holds: its number or its bytes. */
public final class CanonicalSql {
    private CanonicalSql() {}

    /** The server's own form where that is the same: to make text of times and ids would cost it more than all the rest. */
    public static String of(Kind kind, String column) {
        boolean same = kind.isNumber() || kind == Kind.UUID || kind == Kind.BYTEA;
        return same ? column : ColumnHash.textSql(kind, column);
    }
}
