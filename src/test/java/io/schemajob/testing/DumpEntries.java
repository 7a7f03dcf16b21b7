package io.schemajob.testing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The entries of a plain {@code pg_dump}, by schema: one database can hold many small schemas, and one dump shows them all. */
public final class DumpEntries {
    private static final Pattern HEAD = Pattern.compile("(?m)^-- Name: .*; Type: (.*); Schema: (.*); Owner: .*\\n--$");
    /** Stands before the entries to which it applies. */
    private static final Pattern DEFAULTS = Pattern.compile("(?m)^SET default_table(?:space|_access_method) = .*;$");
    /** The schema that the name of an object of the whole database ends in. */
    private static final Pattern WITHIN = Pattern.compile("(?<!\\d)s\\d{3}(?!\\d)");

    private static final List<String> STORED = List.of("TABLE", "INDEX", "CONSTRAINT", "MATERIALIZED VIEW");

    private DumpEntries() {}

    public static Map<String, String> bySchema(String dump) {
        Map<String, StringBuilder> texts = new TreeMap<>();
        String space = "";
        List<MatchResult> heads = HEAD.matcher(dump).results().toList();
        for (int i = 0; i < heads.size(); i++) {
            MatchResult head = heads.get(i);
            int from = i == 0 ? 0 : heads.get(i - 1).end();
            Matcher defaults = DEFAULTS.matcher(dump).region(from, head.start());
            while (defaults.find()) {
                space = defaults.group().contains("tablespace") ? defaults.group() : space;
            }
            int end = i + 1 < heads.size() ? heads.get(i + 1).start() : dump.length();
            String text = DEFAULTS.matcher(dump.substring(head.start(), end)).replaceAll("");
            String entry = text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("--") && !line.startsWith("\\"))
                    .collect(Collectors.joining("\n"));
            String schema = head.group(2);
            Matcher within = WITHIN.matcher(entry);
            if (schema.equals("-") && within.find()) {
                schema = within.group();
            }
            texts.computeIfAbsent(schema, name -> new StringBuilder())
                    .append(STORED.contains(head.group(1)) ? space : "")
                    .append(entry)
                    .append('\n');
        }
        Map<String, String> sorted = new TreeMap<>();
        texts.forEach((schema, text) -> sorted.put(schema, text.toString()));
        return sorted;
    }
}
