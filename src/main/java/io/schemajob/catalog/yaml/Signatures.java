package io.schemajob.catalog.yaml;

import io.schemajob.catalog.sql.TypeNames;
import java.util.ArrayList;
import java.util.List;

/** Takes {@code name(type, type)} apart; a type may itself have brackets and commas. */
final class Signatures {
    private Signatures() {}

    static String name(String signature) {
        return signature.substring(0, signature.indexOf('('));
    }

    static String argumentTypes(String signature) {
        return signature.substring(signature.indexOf('(') + 1, signature.length() - 1);
    }

    static boolean isSignature(String text) {
        return text.indexOf('(') > 0 && text.endsWith(")");
    }

    /** The signature with every type under the name that the catalog prints. */
    static String canonical(String signature) {
        List<String> types = new ArrayList<>();
        for (String type : split(argumentTypes(signature))) {
            types.add(TypeNames.base(type));
        }
        return name(signature).strip() + "(" + String.join(", ", types) + ")";
    }

    private static List<String> split(String types) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < types.length(); i++) {
            char c = types.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(types.substring(from, i));
                from = i + 1;
            }
        }
        if (!types.isBlank()) {
            parts.add(types.substring(from));
        }
        return parts;
    }
}
