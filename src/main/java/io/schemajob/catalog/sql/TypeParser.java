package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.SqlToken.Kind;
import io.schemajob.catalog.sql.TokenStream.Unknown;

/** Reads a type's name where it stands inside an expression: after {@code ::} or in {@code CAST}. */
final class TypeParser {
    private TypeParser() {}

    static String parse(TokenStream in) throws Unknown {
        StringBuilder type = new StringBuilder(in.name());
        while (in.take(".")) {
            type.append('.').append(in.name());
        }
        switch (type.toString()) {
            case "character", "bit", "char" -> words(in, type, "varying");
            case "double" -> words(in, type, "precision");
            default -> {}
        }
        modifier(in, type);
        if (type.toString().startsWith("time")) {
            words(in, type, "with", "time", "zone");
            words(in, type, "without", "time", "zone");
        }
        if (in.takeWords("array")) {
            type.append("[]");
        }
        while (in.peek().is("[") && (in.peek(1).is("]") || in.peek(1).kind() == Kind.NUMBER)) {
            in.next();
            if (!in.take("]")) {
                in.next();
                in.expect("]");
            }
            type.append("[]");
        }
        return TypeNames.canonical(type.toString());
    }

    private static void words(TokenStream in, StringBuilder type, String... words) {
        if (in.takeWords(words)) {
            type.append(' ').append(String.join(" ", words));
        }
    }

    private static void modifier(TokenStream in, StringBuilder type) throws Unknown {
        if (in.peek().is("(") && in.peek(1).kind() == Kind.NUMBER) {
            in.next();
            type.append('(').append(in.rawUntilClose().replace(" ", "")).append(')');
            in.expect(")");
        }
    }
}
