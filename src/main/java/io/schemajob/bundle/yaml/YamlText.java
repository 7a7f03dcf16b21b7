package io.schemajob.bundle.yaml;

import io.schemajob.report.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Prints nested maps and lists as YAML: block style outside, one line for what is marked {@link Flow}.
 *
 * <p>SnakeYAML's own emitter folds long lines and quotes by type; this one keeps a column on one line and quotes only
 * where YAML needs it.
 */
public final class YamlText {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_.()-]*( [A-Za-z0-9_.()-]+)*+|[0-9]{1,18}");
    private static final Set<String> RESERVED = Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");
    private static final String INDENT = "  ";

    private final StringBuilder out;

    private YamlText(StringBuilder out) {
        this.out = out;
    }

    /** A map or list to be printed on one line. */
    public record Flow(Object content) {}

    /** Appends a tree. The text of a large schema is long, so it is held once. */
    public static void append(StringBuilder text, Map<String, ?> tree) {
        new YamlText(text).block(tree, "");
    }

    private void block(Map<String, ?> map, String indent) {
        map.forEach((key, value) -> {
            out.append(indent).append(scalar(key)).append(':');
            value(value, indent + INDENT);
        });
    }

    private void value(Object value, String indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            block(asTexts(map), indent);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('\n');
            for (Object item : list) {
                out.append(indent).append("- ");
                flow(item);
                out.append('\n');
            }
        } else if (value instanceof String text && fitsLiteralBlock(text)) {
            literalBlock(text, indent);
        } else {
            out.append(' ');
            flow(value);
            out.append('\n');
        }
    }

    private void flow(Object value) {
        if (value instanceof Flow flow) {
            flow(flow.content());
        } else if (value instanceof Map<?, ?> map) {
            out.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(scalar((String) entry.getKey())).append(": ");
                flow(entry.getValue());
                separator = ", ";
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            String separator = "";
            for (Object item : list) {
                out.append(separator);
                flow(item);
                separator = ", ";
            }
            out.append(']');
        } else {
            out.append(value instanceof String text ? scalar(text) : String.valueOf(value));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asTexts(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    private static boolean fitsLiteralBlock(String text) {
        return text.contains("\n")
                && !text.isBlank()
                && !text.endsWith("\n\n")
                && text.codePoints().allMatch(c -> c == '\n' || isPrintable(c));
    }

    private void literalBlock(String text, String indent) {
        boolean indicator = text.startsWith(" ") || text.startsWith("\n");
        out.append(" |").append(indicator ? String.valueOf(INDENT.length()) : "");
        out.append(text.endsWith("\n") ? "" : "-").append('\n');
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            out.append(line.isEmpty() ? "" : indent + line).append('\n');
        }
    }

    /** A name or value in its shortest form. */
    public static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(java.util.Locale.ROOT))) {
            return text;
        }
        boolean printable = text.codePoints().allMatch(YamlText::isPrintable);
        if (printable && text.indexOf('"') < 0 && text.indexOf('\\') < 0) {
            return '"' + text + '"';
        }
        return printable ? "'" + text.replace("'", "''") + "'" : escaped(text);
    }

    /** What every YAML reader takes as it is and every reader sees; all else is left to escapes. */
    private static boolean isPrintable(int c) {
        return !Printable.isHidden(c) && (c < 0xfeff || c >= 0x10000);
    }

    private static String escaped(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (c == '\t') {
                quoted.append("\\t");
            } else if (isPrintable(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append((c > 0xffff ? "\\U%08x" : "\\u%04x").formatted(c));
            }
        });
        return quoted.append('"').toString();
    }
}
