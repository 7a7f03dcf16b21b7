package io.schemajob.report.text;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names in a sentence, which has to stay readable however many there are. */
public final class Named {
    private Named() {}

    /** Such as {@code a, b and 5 more}. */
    public static String first(Collection<String> names, int most) {
        String first = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() > most ? first + " and %d more".formatted(names.size() - most) : first;
    }
}
