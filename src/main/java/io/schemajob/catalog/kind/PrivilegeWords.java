package io.schemajob.catalog.kind;

import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Lists of privileges as a declaration writes them: {@code select, update}, {@code all}, {@code none}. */
final class PrivilegeWords {
    static final String ALL = "all";
    static final String NONE = "none";

    /** The first server that has it. */
    private static final int MAINTAIN_SINCE = 17;

    private static final String MAINTAIN = "maintain";

    private PrivilegeWords() {}

    /** What there is to grant on such an object, in order; without {@code maintain} before PostgreSQL 17. */
    private static List<String> known(AccessTarget target, int major) {
        return switch (target.word()) {
            case "column" -> List.of("insert", "references", "select", "update");
            case "sequence" -> List.of("select", "update", "usage");
            case "schema" -> List.of("create", "usage");
            case "function", "procedure", "aggregate" -> List.of("execute");
            case "table", "view", "materialized view", "foreign table" -> {
                List<String> all = new ArrayList<>(
                        List.of("delete", "insert", "references", "select", "trigger", "truncate", "update"));
                if (major == 0 || major >= MAINTAIN_SINCE) {
                    all.add(1 + all.indexOf("insert"), MAINTAIN);
                }
                yield all;
            }
            default -> List.of("usage");
        };
    }

    static List<String> list(String words) {
        return Arrays.stream(words.split(","))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The first word that is no privilege on such an object, or null. */
    static String unknown(AccessTarget target, String words) {
        return list(words).stream()
                .filter(word -> !word.equals(ALL)
                        && !word.equals(NONE)
                        && !known(target, 0).contains(word))
                .findFirst()
                .orElse(null);
    }

    /** The one way to write these on a server of this version; empty if it has none of them. */
    static String on(AccessTarget target, String words, int major) {
        List<String> known = known(target, major);
        List<String> list = list(words);
        TreeSet<String> had = new TreeSet<>(list.contains(ALL) ? known : list);
        boolean none = had.remove(NONE) && had.isEmpty();
        had.retainAll(known);
        return none ? NONE : known.size() > 1 && had.size() == known.size() ? ALL : String.join(", ", had);
    }

    /** In the words of GRANT: {@code SELECT, UPDATE}, {@code SELECT (total)}. */
    static String sql(AccessTarget target, Iterable<String> words) {
        List<String> parts = new ArrayList<>();
        words.forEach(word -> parts.add(
                word.toUpperCase(Locale.ROOT) + (target.isColumn() ? " (" + SqlText.name(target.column()) + ")" : "")));
        return parts.stream().collect(Collectors.joining(", "));
    }
}
