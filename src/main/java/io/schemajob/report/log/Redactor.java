package io.schemajob.report.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.schemajob.report.text.Untrusted;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last gate before anything leaves the process: every known secret is replaced, in every form that
 * {@link SecretForms} knows.
 *
 * <p>Secrets are kept out of messages where those are made; this catches what a library or a server echoes back. A
 * secret that may as well be a word of ours ({@code app}, {@code success}, {@code 1}) is masked as a whole word in
 * {@link Untrusted} text, and left alone in our own sentences.
 */
public final class Redactor {
    public static final String MASK = "***";

    private static final String CUT = "…";

    /** A mistyped command line or setting may hold the URL of a database that nobody has registered. */
    private static final Pattern URL_PASSWORD = Pattern.compile("(://[^/\\s:@'\"]*+:)[^/\\s@'\"]++@");

    /** Fewer characters in front of a cut tell nothing. */
    private static final int SHORTEST_PART = 4;

    private final List<String> secrets = new CopyOnWriteArrayList<>();
    private final List<Pattern> words = new CopyOnWriteArrayList<>();

    /** Registers a secret as soon as it is read, before it is used. Null and nothing are ignored. */
    public void protect(String secret) {
        if (secret == null || secret.isBlank()) {
            return;
        }
        add(secret);
        add(secret.strip());
    }

    private synchronized void add(String secret) {
        boolean isWord = SecretForms.isWord(secret);
        for (String form : SecretForms.of(secret)) {
            if (!isWord) {
                if (!secrets.contains(form)) {
                    secrets.add(form);
                }
            } else if (form.codePoints().anyMatch(Character::isLetterOrDigit)) {
                Pattern word = wholeWord(form);
                if (words.stream().noneMatch(known -> known.pattern().equals(word.pattern()))) {
                    words.add(word);
                }
            }
        }
        secrets.sort(Comparator.comparingInt(String::length).reversed());
        words.sort(Comparator.<Pattern>comparingInt(word -> word.pattern().length())
                .reversed());
    }

    private static Pattern wholeWord(String form) {
        String before = Character.isLetterOrDigit(form.codePointAt(0)) ? "(?<![\\p{L}\\p{N}_])" : "";
        String after = Character.isLetterOrDigit(form.codePointBefore(form.length())) ? "(?![\\p{L}\\p{N}_])" : "";
        return Pattern.compile(before + Pattern.quote(form) + after);
    }

    /** The text with every registered secret masked, and without the marks of {@link Untrusted}; null stays null. */
    public String redact(String text) {
        if (text == null) {
            return null;
        }
        String result = maskCut(maskSecrets(text));
        return result.indexOf(Untrusted.BEGIN) < 0 ? Untrusted.plain(result) : maskWords(result);
    }

    /** A text that is somebody else's from end to end. */
    public String redactUntrusted(String text) {
        return text == null ? null : redact(Untrusted.text(text));
    }

    private String maskSecrets(String text) {
        String result = text;
        for (String secret : secrets) {
            result = result.replace(secret, MASK);
        }
        return result.contains("://")
                ? URL_PASSWORD.matcher(result).replaceAll("$1" + Matcher.quoteReplacement(MASK) + "@")
                : result;
    }

    /** What was shortened may end with a part of a secret. */
    private String maskCut(String text) {
        String result = text;
        for (int cut = result.indexOf(CUT); cut >= 0; cut = result.indexOf(CUT, cut + 1)) {
            for (String secret : secrets) {
                int part = Math.min(secret.length() - 1, cut);
                while (part >= SHORTEST_PART && !result.startsWith(secret.substring(0, part), cut - part)) {
                    part--;
                }
                if (part >= SHORTEST_PART) {
                    result = result.substring(0, cut - part) + MASK + result.substring(cut);
                    cut += MASK.length() - part;
                    break;
                }
            }
        }
        return result;
    }

    /** Between the marks only. */
    private String maskWords(String text) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int begin = text.indexOf(Untrusted.BEGIN, at);
            int ours = begin < 0 ? text.length() : begin;
            result.append(Untrusted.plain(text.substring(at, ours)));
            int end = text.indexOf(Untrusted.END, ours);
            at = end < 0 ? text.length() : end;
            String theirs = Untrusted.plain(text.substring(ours, at));
            for (Pattern word : words) {
                theirs = word.matcher(theirs).replaceAll(MASK);
            }
            result.append(theirs);
        }
        return result.toString();
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
}
