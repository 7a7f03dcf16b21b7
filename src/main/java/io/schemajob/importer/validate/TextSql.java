package io.schemajob.importer.validate;

import io.schemajob.importer.convert.Kind;

/** SQL for the text that {@link Kind#text} makes of a value. */
public final class TextSql {
    private TextSql() {}

    public static String of(Kind kind, String column) {
        return ColumnHash.textSql(kind, column);
    }
}
