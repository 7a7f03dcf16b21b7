package io.schemajob.importer.mapping;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.importer.convert.Epoch;
import io.schemajob.importer.convert.FieldRules;
import io.schemajob.importer.convert.Fraction;
import io.schemajob.importer.convert.TimeFormats;
import io.schemajob.importer.convert.Trim;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what a mapping says of one column; each key that is wrong is a mistake of its own. */
final class ColumnMappingReader {
    private static final List<String> KEYS = List.of(
            "from",
            "constant",
            "as",
            "ids",
            "zone",
            "epoch",
            "format",
            "years_from",
            "fraction",
            "duplicates",
            "values",
            "lookup",
            "true_values",
            "false_values",
            "trim",
            "empty",
            "default",
            "required");
    private static final Map<String, Epoch> EPOCHS = Map.of(
            "seconds", Epoch.SECONDS,
            "milliseconds", Epoch.MILLISECONDS,
            "microseconds", Epoch.MICROSECONDS,
            "julian days", Epoch.JULIAN_DAYS);

    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9900;

    private final ZoneId zone;
    private final Mistakes mistakes;

    ColumnMappingReader(ZoneId zone, Mistakes mistakes) {
        this.zone = zone;
        this.mistakes = mistakes;
    }

    ColumnMapping read(String target, YamlNode node) {
        MappingReader.requireName(target, node);
        if (!node.isMapping()) {
            String source = node.isEmpty() ? target : node.text();
            return new ColumnMapping(target, source, null, null, null, null, FieldRules.PLAIN.withZone(zone), node);
        }
        mistakes.addAll(node.unknownKeys(KEYS));
        String constant = value(node, "constant", YamlNode::text, null);
        if (constant != null && node.entries().size() > 1) {
            throw node.error(node.path() + ": a constant has no other keys");
        }
        mistakes.check(() -> requireOneMeaning(node));
        return new ColumnMapping(
                target,
                constant != null ? null : value(node, "from", YamlNode::text, target),
                constant,
                value(node, "as", YamlNode::text, null),
                value(node, "ids", YamlNode::text, null),
                value(node, "lookup", ColumnMappingReader::lookup, null),
                rules(node),
                node);
    }

    private <T> T value(YamlNode node, String key, Function<YamlNode, T> reader, T otherwise) {
        return mistakes.in(() -> node.find(key).map(reader).orElse(null)).orElse(otherwise);
    }

    private static void requireOneMeaning(YamlNode node) {
        Optional<YamlNode> wrong = node.find("false_values");
        List<String> right =
                node.find("true_values").map(ColumnMappingReader::texts).orElse(List.of());
        wrong.stream()
                .flatMap(words -> texts(words).stream())
                .filter(right::contains)
                .findFirst()
                .ifPresent(word -> {
                    throw wrong.get()
                            .error("%s: %s is among true_values too"
                                    .formatted(wrong.get().path(), word));
                });
    }

    private FieldRules rules(YamlNode node) {
        ZoneId assumed = value(node, "zone", MappingReader::zone, zone);
        return new FieldRules(
                value(node, "as", YamlNode::text, "").equals("text"),
                assumed,
                value(node, "epoch", ColumnMappingReader::epoch, Epoch.NONE),
                value(node, "duplicates", ColumnMappingReader::refuse, false),
                value(node, "values", ColumnMappingReader::values, Map.of()),
                mistakes.in(() -> empty(node)).orElse(FieldRules.Empty.KEEP),
                value(node, "default", YamlNode::text, null),
                value(node, "required", YamlNode::bool, false),
                mistakes.in(() -> formats(node, assumed)).orElse(new TimeFormats()),
                value(node, "fraction", ColumnMappingReader::fraction, Fraction.REJECT),
                value(node, "true_values", ColumnMappingReader::texts, List.of()),
                value(node, "false_values", ColumnMappingReader::texts, List.of()),
                value(node, "trim", ColumnMappingReader::trim, Trim.NONE),
                null);
    }

    private static Map<String, String> values(YamlNode node) {
        Map<String, String> values = new LinkedHashMap<>();
        node.entries().forEach((before, after) -> values.put(before, after.text()));
        return values;
    }

    /** One, or a list of them. */
    private static List<String> texts(YamlNode node) {
        return node.isList() ? node.texts() : List.of(node.text());
    }

    private static TimeFormats formats(YamlNode node, ZoneId zone) {
        Optional<YamlNode> from = node.find("years_from");
        Integer year = from.map(YamlNode::integer).orElse(null);
        if (year != null && (year < FIRST_YEAR || year > LAST_YEAR)) {
            throw from.get()
                    .error("%s is a year, such as 1970, not %d"
                            .formatted(from.get().path(), year));
        }
        Optional<YamlNode> format = node.find("format");
        TimeFormats formats =
                format.map(written -> formats(written, zone, year)).orElse(new TimeFormats());
        if (year != null && !formats.hasYearOfTwoDigits()) {
            throw from.get()
                    .error("%s is for a format with years of two digits (yy)"
                            .formatted(from.get().path()));
        }
        return formats;
    }

    private static TimeFormats formats(YamlNode node, ZoneId zone, Integer yearsFrom) {
        try {
            return new TimeFormats(texts(node), zone, yearsFrom);
        } catch (IllegalArgumentException e) {
            throw node.error("%s %s".formatted(node.path(), e.getMessage()));
        }
    }

    private static Lookup lookup(YamlNode node) {
        node.onlyKeys("from", "key", "value");
        return new Lookup(
                node.required("from").text(),
                node.required("key").text(),
                node.required("value").text());
    }

    private static Fraction fraction(YamlNode node) {
        return switch (node.text()) {
            case "reject" -> Fraction.REJECT;
            case "cut" -> Fraction.CUT;
            case "round" -> Fraction.ROUND;
            default -> throw node.error(node.path() + " is reject, cut or round, not " + node.text());
        };
    }

    private static Trim trim(YamlNode node) {
        for (Trim trim : Trim.values()) {
            if (trim.toString().equals(node.text())) {
                return trim;
            }
        }
        throw node.error(node.path() + " is none, left, right or both, not " + node.text());
    }

    /** {@code empty: null} is YAML's null, not the word; both mean the same here. */
    private static FieldRules.Empty empty(YamlNode node) {
        YamlNode value = node.entries().get("empty");
        if (value == null) {
            return FieldRules.Empty.KEEP;
        }
        if (value.isEmpty() || value.text().equals("null")) {
            return FieldRules.Empty.NULL;
        }
        if (value.text().equals("keep")) {
            return FieldRules.Empty.KEEP;
        }
        throw value.error(value.path() + " is keep or null, not " + value.text());
    }

    private static boolean refuse(YamlNode node) {
        return switch (node.text()) {
            case "last" -> false;
            case "reject" -> true;
            default -> throw node.error(node.path() + " is last or reject, not " + node.text());
        };
    }

    private static Epoch epoch(YamlNode node) {
        Epoch epoch = EPOCHS.get(node.text());
        if (epoch == null) {
            throw node.error(
                    node.path() + " is seconds, milliseconds, microseconds or julian days, not " + node.text());
        }
        return epoch;
    }
}
