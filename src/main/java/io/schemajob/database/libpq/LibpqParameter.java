package io.schemajob.database.libpq;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A connection parameter of libpq 18 or one of its variables, and what the job does with it. {@link LibpqParameters}
 * has all of them; {@code docs/configuration.md} shows them, and a test compares the two.
 *
 * @param keyword as in a URL; null for what only a variable can say
 * @param variable null where there is none
 * @param treatment what the job does with it
 * @param harmless with {@link Treatment#REFUSED}: values that change nothing and are accepted
 * @param why what is honoured, why it is harmless, or what to do instead; a half sentence
 * @see <a href="https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-PARAMKEYWORDS">libpq parameters</a>
 */
public record LibpqParameter(String keyword, String variable, Treatment treatment, List<String> harmless, String why) {
    /** What becomes of a parameter that somebody sets. */
    public enum Treatment {
        HONOURED,
        HARMLESS,
        REFUSED
    }

    static LibpqParameter honoured(String keyword, String variable, String what) {
        return new LibpqParameter(keyword, variable, Treatment.HONOURED, List.of(), what);
    }

    static LibpqParameter harmless(String keyword, String variable, String why) {
        return new LibpqParameter(keyword, variable, Treatment.HARMLESS, List.of(), why);
    }

    static LibpqParameter refused(String keyword, String variable, String instead) {
        return new LibpqParameter(keyword, variable, Treatment.REFUSED, List.of(), instead);
    }

    /** Refused, but for these values, in lower case. */
    LibpqParameter except(String... values) {
        return new LibpqParameter(keyword, variable, treatment, List.of(values), why);
    }

    /** What is wrong with the value, where it is refused; the value itself may be a secret and is not repeated. */
    Optional<String> refusal(String value) {
        boolean accepted = treatment != Treatment.REFUSED
                || harmless.contains(value.strip().toLowerCase(Locale.ROOT));
        return accepted ? Optional.empty() : Optional.of(why);
    }
}
