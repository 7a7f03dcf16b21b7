package io.schemajob.database.connect;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a server may ask who we are.
 *
 * @param required libpq's {@code require_auth}; null for whatever the server asks for
 * @param channelBinding {@code disable}, {@code prefer} or {@code require}
 */
public record LoginMethods(String required, String channelBinding) {
    public static final String NONE = "none";
    public static final String PASSWORD = "password";
    public static final String MD5 = "md5";
    public static final String SCRAM = "scram-sha-256";
    public static final String GSS = "gss";

    private static final Set<String> KNOWN = Set.of(NONE, PASSWORD, MD5, SCRAM, GSS, "sspi", "oauth");

    /** What is wrong with a value of {@code require_auth}; empty if nothing is. */
    public static Optional<String> problem(String required) {
        List<String> methods = methods(required);
        long negated = methods.stream().filter(LoginMethods::isNegated).count();
        if (negated != 0 && negated != methods.size()) {
            return Optional.of("mixes methods that are allowed and, with !, methods that are not");
        }
        if (Set.copyOf(methods).size() != methods.size()) {
            return Optional.of("names a method twice");
        }
        return methods.stream()
                .map(LoginMethods::plain)
                .filter(method -> !KNOWN.contains(method))
                .findFirst()
                .map(method -> "names \"%s\", which is no way to log in".formatted(method));
    }

    /** Whether a server may ask for this. */
    boolean allows(String method) {
        if (required == null) {
            return true;
        }
        boolean listed = methods(required).stream().map(LoginMethods::plain).anyMatch(method::equals);
        return listed != isNegated(methods(required).get(0));
    }

    private static List<String> methods(String required) {
        return Arrays.stream(required.split(",", -1)).map(String::strip).toList();
    }

    private static boolean isNegated(String method) {
        return method.startsWith("!");
    }

    private static String plain(String method) {
        return isNegated(method) ? method.substring(1) : method;
    }
}
