package io.schemajob.database.libpq;

import io.schemajob.report.failure.SchemajobException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads libpq connection URLs as they stand in {@code DATABASE_URL}, SQLAlchemy's driver suffixes included.
 *
 * <p>{@code java.net.URI} cannot: it knows neither several hosts nor unescaped characters in passwords.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">libpq URIs</a>
 */
final class LibpqUrl {
    private static final Pattern URL =
            Pattern.compile("(?<scheme>postgres(?:ql)?(?:\\+\\w+)?)://(?<rest>.*)", Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.:-]*:");
    private static final Pattern HOST = Pattern.compile("(\\[[^]]+]|[^:\\[@][^:@]*|)(?::(\\d*))?");

    /** At both ends. A run of blanks is looked at from its beginning alone, or many of them cost the square. */
    static final String BLANKS = "^ ++|(?<! ) ++$";

    private LibpqUrl() {}

    /** Whether it is meant as a URL, of whatever kind. */
    static boolean looksLikeOne(String text) {
        return SCHEME.matcher(text.strip()).lookingAt();
    }

    /**
     * The parameters that a URL names, unchecked.
     *
     * @param source the variable it came from, for messages; the URL itself is never shown
     * @param warnings takes sentences for the log
     */
    static Map<String, String> read(String source, String url, Consumer<String> warnings) {
        Matcher matcher = URL.matcher(url.strip());
        if (!matcher.matches()) {
            throw malformed(
                    source,
                    url.strip().startsWith("jdbc:")
                            ? "it is a JDBC URL; leave out jdbc: and pgjdbc's own parameters"
                            : "it does not begin with postgresql://");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        String rest = matcher.group("rest");
        int at = endOfUserInfo(rest);
        if (at >= 0) {
            if (rest.indexOf('@') < at) {
                warnings.accept(
                        ("An @ in user or password of %s is not written as %%40: libpq would take what follows it"
                                        + " for the host.")
                                .formatted(source));
            }
            readUserInfo(source, rest.substring(0, at), parameters);
            rest = rest.substring(at + 1);
        }
        int query = rest.indexOf('?');
        String path = query >= 0 ? rest.substring(0, query) : rest;
        int slash = path.indexOf('/');
        readHosts(source, slash >= 0 ? path.substring(0, slash) : path, parameters);
        if (slash >= 0) {
            put(parameters, "dbname", database(source, path.substring(slash + 1)));
        }
        if (query >= 0) {
            // Last, because what stands here overrides the rest, as with libpq.
            readQuery(source, rest.substring(query + 1), parameters);
        }
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.put(name, value);
        }
    }

    /** The last {@code @} before the database: people forget to escape one in a password. */
    private static int endOfUserInfo(String rest) {
        int slash = rest.indexOf('/');
        return slash < 0 ? rest.indexOf('@') : rest.lastIndexOf('@', slash);
    }

    private static void readUserInfo(String source, String text, Map<String, String> parameters) {
        int colon = text.indexOf(':');
        put(parameters, "user", decode(source, colon < 0 ? text : text.substring(0, colon)));
        if (colon >= 0) {
            put(parameters, "password", decode(source, text.substring(colon + 1)));
        }
    }

    /** An {@code @} here means that a password with a slash in it was cut; part of it would be shown as a name. */
    private static String database(String source, String text) {
        if (text.indexOf('@') >= 0) {
            throw malformed(source, "there is an @ behind the first / (in user and password write / as %2F, @ as %40)");
        }
        return decode(source, text);
    }

    private static void readHosts(String source, String text, Map<String, String> parameters) {
        if (text.isEmpty()) {
            return;
        }
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = HOST.matcher(part);
            if (!matcher.matches()) {
                throw malformed(source, "a host or port in it cannot be read");
            }
            hosts.add(decode(source, unbracketed(matcher.group(1))));
            ports.add(matcher.group(2) == null ? "" : matcher.group(2));
        }
        // With several hosts libpq takes the commas for ports: PGPORT is for none of them then.
        put(parameters, "host", String.join(",", hosts));
        put(parameters, "port", String.join(",", ports));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static void readQuery(String source, String text, Map<String, String> parameters) {
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 0 && !text.isEmpty()) {
                throw malformed(source, "a parameter behind the ? has no = and no value");
            }
            if (equals >= 0) {
                String name = decode(source, pair.substring(0, equals));
                String value = decode(source, pair.substring(equals + 1));
                if (name.equals("ssl")) {
                    // libpq knows ssl=true only; asyncpg and SQLAlchemy call sslmode so.
                    parameters.put("sslmode", value.equals("true") ? "require" : value);
                } else {
                    KeywordValues.put(parameters, name, value);
                }
            }
        }
    }

    /** Percent-decoding only: unlike in web forms, {@code +} means plus. Blanks around it are not part of it. */
    private static String decode(String source, String raw) {
        String text = raw.replaceAll(BLANKS, "");
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw malformed(source, "a % in it is not followed by two hexadecimal digits (write % as %25)");
            }
            if (high + low == 0) {
                throw malformed(source, "there is a %00 in it");
            }
            out.put((byte) (high * 16 + low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw malformed(source, "its percent-encoded bytes are not UTF-8");
        }
    }

    private static SchemajobException malformed(String source, String why) {
        return ConfigFailure.of(
                "The URL in %s cannot be used: %s.".formatted(source, why),
                "Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE?sslmode=require, with special"
                        + " characters of the password percent-encoded.");
    }
}
