package io.schemajob.report.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.schemajob.report.text.Untrusted;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Letters of a secret that are looked for first. */
    private static final int BEGINNING = 4;

    /** Fewer characters in front of a cut tell nothing. */
    private static final int SHORTEST_PART = BEGINNING;

    /**
     * By their first letters; what is shorter is under itself. A fleet from Vault has thousands of secrets, and lines for each
     * target: to look for each secret in each line would take minutes.
     */
    private final Map<String, List<String>> secrets = new ConcurrentHashMap<>();

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
                List<String> alike = secrets.computeIfAbsent(beginning(form, 0), first -> new CopyOnWriteArrayList<>());
                if (!alike.contains(form)) {
                    alike.add(form);
                }
            } else if (form.codePoints().anyMatch(Character::isLetterOrDigit)) {
                Pattern word = wholeWord(form);
                if (words.stream().noneMatch(known -> known.pattern().equals(word.pattern()))) {
                    words.add(word);
                }
            }
        }
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
        for (String secret : occurring(text)) {
            result = result.replace(secret, MASK);
        }
        return result.contains("://")
                ? URL_PASSWORD.matcher(result).replaceAll("$1" + Matcher.quoteReplacement(MASK) + "@")
                : result;
    }

    /** The secrets in a text, the longest first, as a shorter one may be a part of it. */
    private List<String> occurring(String text) {
        Set<String> found = new HashSet<>();
        for (int at = 0; at < text.length(); at++) {
            for (int length = 1; length <= BEGINNING && at + length <= text.length(); length++) {
                for (String secret : secrets.getOrDefault(text.substring(at, at + length), List.of())) {
                    if (text.startsWith(secret, at)) {
                        found.add(secret);
                    }
                }
            }
        }
        return found.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Whether a secret begins with this part of a text, and goes on. */
    private boolean beginsSecret(String text, int from, int to) {
        return secrets.getOrDefault(beginning(text, from), List.of()).stream()
                .anyMatch(
                        secret -> secret.length() > to - from && text.startsWith(secret.substring(0, to - from), from));
    }

    private static String beginning(String text, int at) {
        return text.substring(at, Math.min(text.length(), at + BEGINNING));
    }

    /** What was shortened may end with a part of a secret. */
    private String maskCut(String text) {
        String result = text;
        for (int cut = result.indexOf(CUT); cut >= 0; cut = result.indexOf(CUT, cut + 1)) {
            int from = 0;
            while (from <= cut - SHORTEST_PART && !beginsSecret(result, from, cut)) {
                from++;
            }
            if (from <= cut - SHORTEST_PART) {
                result = result.substring(0, from) + MASK + result.substring(cut);
                cut = from + MASK.length();
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
