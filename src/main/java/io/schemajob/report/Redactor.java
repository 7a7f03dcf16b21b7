package io.schemajob.report;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The last gate before anything leaves the process: every known secret, plain, percent-encoded, JSON-escaped or quoted
 * for a shell, is replaced.
 *
 * <p>Secrets are kept out of messages where those are made; this catches what a library or a server echoes back.
 */
public final class Redactor {
    public static final String MASK = "***";

    /** Shorter secrets would blank out ordinary text; they cannot be told from it. */
    private static final int SHORTEST = 3;

    private final List<String> secrets = new CopyOnWriteArrayList<>();

    /** Registers a secret as soon as it is read, before it is used. Null and very short values are ignored. */
    public void protect(String secret) {
        if (secret == null || secret.length() < SHORTEST) {
            return;
        }
        for (String form : forms(secret)) {
            if (!secrets.contains(form)) {
                secrets.add(form);
            }
        }
        secrets.sort(Comparator.comparingInt(String::length).reversed());
    }

    /** The text with every registered secret masked; null stays null. */
    public String redact(String text) {
        if (text == null) {
            return null;
        }
        String result = text;
        for (String secret : secrets) {
            result = result.replace(secret, MASK);
        }
        return result;
    }

    /**
     * A copy with every text masked. JSON is masked before it is printed: a password such as {@code null} or {@code 143}
     * may be part of its grammar.
     */
    public ObjectNode redact(ObjectNode node) {
        return (ObjectNode) redact((JsonNode) node);
    }

    private JsonNode redact(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(redact(node.textValue()));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.fields().forEachRemaining(field -> copy.set(field.getKey(), redact(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> copy.add(redact(item)));
            return copy;
        }
        return node;
    }

    private static List<String> forms(String secret) {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String json = new String(JsonStringEncoder.getInstance().quoteAsString(secret));
        return List.of(
                secret, form, form.replace("+", "%20"), json, secret.replace("'", "''"), secret.replace("'", "'\\''"));
    }
}
