package io.schemajob.bundle.yaml;

import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Similar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value in one of a bundle's YAML files that knows where it stands, so that every complaint about it names file, line
 * and column.
 *
 * <p>Reading values by hand instead of binding them to beans also keeps reflection out of the native executable. Every
 * reading method throws a {@link SchemajobException} ({@link ExitStatus#CONFIG}) when the value is of another type.
 */
public final class YamlNode {
    private static final int LONGEST_MESSAGE = 1_000;
    private static final int LONGEST_NUMBER = 1_000;

    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");

    /** What a value is, in the words of an error message. */
    enum Type {
        NOTHING("empty"),
        TEXT("text"),
        INTEGER("a whole number"),
        DECIMAL("a decimal number"),
        BOOLEAN("true or false"),
        LIST("a list"),
        MAPPING("a mapping");

        private final String words;

        Type(String words) {
            this.words = words;
        }
    }

    /** @param line from 1 @param column from 1 */
    record Position(String file, int line, int column) {
        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    private final YamlPath path;
    private final int line;
    private final int column;
    private final Type type;
    private final String scalar;
    private final List<YamlNode> items;
    private final Map<String, YamlNode> members;

    private YamlNode(
            YamlPath path,
            Position position,
            Type type,
            String scalar,
            List<YamlNode> items,
            Map<String, YamlNode> members) {
        this.path = path;
        this.line = position.line();
        this.column = position.column();
        this.type = type;
        this.scalar = scalar;
        this.items = items;
        this.members = members;
    }

    static YamlNode scalar(YamlPath path, Position position, Type type, String text) {
        return new YamlNode(path, position, type, text, List.of(), Map.of());
    }

    static YamlNode list(YamlPath path, Position position, List<YamlNode> items) {
        return new YamlNode(path, position, Type.LIST, null, Collections.unmodifiableList(items), Map.of());
    }

    static YamlNode mapping(YamlPath path, Position position, Map<String, YamlNode> members) {
        return new YamlNode(path, position, Type.MAPPING, null, List.of(), Collections.unmodifiableMap(members));
    }

    /**
     * Reads one YAML document; a file without any content is an empty mapping.
     *
     * <p>Refused: broken YAML, duplicate keys, several documents, anchors and aliases (a few hundred bytes of them can
     * stand for gigabytes), and tags of one's own.
     */
    public static YamlNode parse(TextFile file) {
        return PlainYaml.read(file).orElseGet(() -> new YamlReader(file).read());
    }

    /** The value of a key that must be there and must not be empty. */
    public YamlNode required(String key) {
        YamlNode value = entries().get(key);
        if (value == null) {
            throw error(path.isDocument() ? "the key " + key + " is missing" : path + " lacks the key " + key);
        }
        if (value.isEmpty()) {
            throw value.error(value.path + " is empty");
        }
        return value;
    }

    /** The value of a key, or empty when the key is absent or has no value. */
    public Optional<YamlNode> find(String key) {
        return Optional.ofNullable(entries().get(key)).filter(value -> !value.isEmpty());
    }

    /** Refuses every key but these; returns this node. */
    public YamlNode onlyKeys(String... known) {
        return onlyKeys(Arrays.asList(known));
    }

    /** The same; a set where there are many keys or many such mappings. */
    public YamlNode onlyKeys(Collection<String> known) {
        unknownKeys(known).stream().findFirst().ifPresent(unknown -> {
            throw unknown;
        });
        return this;
    }

    /** A failure for every key but these. */
    public List<SchemajobException> unknownKeys(Collection<String> known) {
        List<SchemajobException> unknown = new ArrayList<>();
        entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                String advice = Similar.nearest(key, known)
                        .map(near -> " (did you mean " + near + "?)")
                        .orElse(" (known keys: " + String.join(", ", known) + ")");
                unknown.add(failure("unknown key " + value.path + advice, value.path.keyPosition()));
            }
        });
        return unknown;
    }

    /** The members of a mapping in the order of the file. */
    public Map<String, YamlNode> entries() {
        return expect(Type.MAPPING).members;
    }

    /** The items of a list. */
    public List<YamlNode> list() {
        return expect(Type.LIST).items;
    }

    /** The items of a list of texts. */
    public List<String> texts() {
        return list().stream().map(YamlNode::text).toList();
    }

    /** A scalar as its author wrote it: {@code 001} stays {@code 001}, {@code on} stays {@code on}. */
    public String text() {
        return switch (type) {
            case NOTHING, LIST, MAPPING -> throw wrongType(Type.TEXT);
            default -> scalar;
        };
    }

    /** A decimal whole number; quoted digits are text. */
    public int integer() {
        return (int) integerWithin(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** A decimal whole number of 64 bits; quoted digits are text. */
    public long longInteger() {
        return integerWithin(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** An unquoted {@code true} or {@code false}, or {@code yes}, {@code no}, {@code on}, {@code off}. */
    public boolean bool() {
        return switch (expect(Type.BOOLEAN).scalar.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            default -> false;
        };
    }

    /** Whether nothing, {@code ~} or {@code null} stands here. */
    public boolean isEmpty() {
        return type == Type.NOTHING;
    }

    public boolean isText() {
        return type == Type.TEXT;
    }

    public boolean isList() {
        return type == Type.LIST;
    }

    public boolean isMapping() {
        return type == Type.MAPPING;
    }

    /** The value as Java has it: Map, List, String, Long, BigDecimal, Boolean or null. */
    public Object value() {
        return switch (type) {
            case NOTHING -> null;
            case TEXT -> scalar;
            case INTEGER -> longInteger();
            case DECIMAL -> decimal();
            case BOOLEAN -> bool();
            case LIST -> new ArrayList<>(items.stream().map(YamlNode::value).toList());
            case MAPPING -> {
                Map<String, Object> values = new LinkedHashMap<>();
                members.forEach((key, value) -> values.put(key, value.value()));
                yield values;
            }
        };
    }

    /** The way from the document's root to this value: {@code adopt[0].version}; empty for the root. */
    public String path() {
        return path.toString();
    }

    /** {@code file:line:column}. */
    public String where() {
        return position().toString();
    }

    /** The line of the key that has this value, from 1; the value itself may begin below. */
    public int keyLine() {
        return path.keyPosition().line();
    }

    /** A failure about this value; the message is a clause without a full stop. */
    public SchemajobException error(String message) {
        return failure(message, position());
    }

    static SchemajobException failure(String message, Position position) {
        // A key or tag of any length is part of it.
        String told = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
        return Failure.of(ExitStatus.CONFIG, position + ": " + told + ".")
                .where(position.toString())
                .databaseState(Problem.UNTOUCHED)
                .hint(Problem.CORRECT)
                .asException();
    }

    private long integerWithin(long smallest, long largest) {
        String digits = expect(Type.INTEGER).scalar.replace("_", "");
        try {
            long number = Long.parseLong(digits);
            if (INTEGER.matcher(digits).matches() && number >= smallest && number <= largest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // not decimal, or beyond 64 bits: told below
        }
        throw error(name() + " must be a decimal number from " + smallest + " to " + largest + ", not " + scalar);
    }

    /** Reading a number costs the square of its length. */
    private BigDecimal decimal() {
        if (scalar.length() > LONGEST_NUMBER) {
            throw error(name() + " is a number of " + scalar.length() + " characters, the limit is " + LONGEST_NUMBER);
        }
        return new BigDecimal(scalar);
    }

    private YamlNode expect(Type wanted) {
        if (type != wanted) {
            throw wrongType(wanted);
        }
        return this;
    }

    private SchemajobException wrongType(Type wanted) {
        return error(name() + " must be " + wanted.words + ", not " + type.words);
    }

    private String name() {
        return path.isDocument() ? "the document" : path.toString();
    }

    private Position position() {
        return path.position(line, column);
    }
}
