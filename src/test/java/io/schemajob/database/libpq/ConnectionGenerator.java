package io.schemajob.database.libpq;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes up connections: URLs and strings of keywords and values beside variables, service files and password files, right
 * ones, odd ones and broken ones. Hosts are closed ports of this machine or names without an address.
 */
final class ConnectionGenerator {
    /**
     * One connection.
     *
     * @param text of the variable that holds it; null where there are only the others
     * @param environment of the process, {@code HOME} included
     * @param files to write before, below {@code HOME}
     */
    record Generated(String text, Map<String, String> environment, Map<String, String> files) {}

    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put(
                "host",
                List.of(
                        "127.0.0.1",
                        "127.0.0.1,127.0.0.2",
                        "localhost,::1,db.invalid",
                        "db.invalid",
                        "::1",
                        "",
                        "127.0.0.1,,::1",
                        "/run/pg",
                        "@pg"));
        VALUES.put("hostaddr", List.of("127.0.0.4", "127.0.0.4,127.0.0.5", "::1", ",127.0.0.4", "localhost", ""));
        VALUES.put("port", List.of("1", "2", "1,2", "1,2,3", ",2", "", "0", "65536", "x", " 3", "+4", "05"));
        VALUES.put(
                "user", List.of("app", "a b", "\u00dcn\u00ef", "u:1", "a@b/c?d", "", "it's", "b\\s", "u".repeat(64)));
        VALUES.put("dbname", List.of("shop", "", "a/b", "a#b", "my 'db'", "host=x", "postgresql://u:p@h/d", "%41"));
        VALUES.put(
                "password",
                List.of("secret", "p@ss", "p@127.0.0.2", "p:w/d", "'q'", "b\\s\\", "", "p w", "+%20", "\u6f22"));
        VALUES.put("passfile", List.of("HOME/pass", "HOME/none", ""));
        VALUES.put(
                "require_auth",
                List.of("scram-sha-256", "!none", "md5,password", "!md5,!password", "md5,!none", "x", "none,none", ""));
        VALUES.put("channel_binding", List.of("disable", "prefer", "require", "on", ""));
        VALUES.put("connect_timeout", List.of("1", "2", "30", "0", "-1", " 5 ", "x", "99999999999", ""));
        VALUES.put("client_encoding", List.of("utf8", "UTF-8", "auto", "latin1", ""));
        VALUES.put("options", List.of("-c work_mem=8MB", "-cgeqo=off", "-c lock_timeout=1", "-csearch_path=app", ""));
        VALUES.put("application_name", List.of("release", "a b", ""));
        VALUES.put("fallback_application_name", List.of("fallback", ""));
        VALUES.put("keepalives", List.of("1", "0", ""));
        VALUES.put("keepalives_idle", List.of("7", "0", "-1", "x", ""));
        VALUES.put("keepalives_interval", List.of("7", ""));
        VALUES.put("keepalives_count", List.of("7", ""));
        VALUES.put("tcp_user_timeout", List.of("0", "5", ""));
        VALUES.put("replication", List.of("false", "database", ""));
        VALUES.put("gssencmode", List.of("disable", "prefer", "require", ""));
        VALUES.put(
                "sslmode",
                List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full", "on", "Require", ""));
        VALUES.put("requiressl", List.of("1", "0", "yes", ""));
        VALUES.put("sslnegotiation", List.of("postgres", "direct", "x", ""));
        VALUES.put("sslcompression", List.of("0", "1", ""));
        VALUES.put("sslcert", List.of("HOME/cert", ""));
        VALUES.put("sslkey", List.of("HOME/key", ""));
        VALUES.put("sslpassword", List.of("key-password", ""));
        VALUES.put("sslcertmode", List.of("disable", "allow", "require", "x", ""));
        VALUES.put("sslrootcert", List.of("HOME/root", "system", ""));
        VALUES.put("sslcrl", List.of("HOME/crl", ""));
        VALUES.put("sslcrldir", List.of("HOME", ""));
        VALUES.put("sslsni", List.of("0", "1", "x", ""));
        VALUES.put("requirepeer", List.of("postgres", ""));
        VALUES.put("ssl_min_protocol_version", List.of("TLSv1", "TLSv1.2", "tlsv1.3", "SSLv3", ""));
        VALUES.put("ssl_max_protocol_version", List.of("TLSv1.1", "TLSv1.2", "TLSv1.3", "x", ""));
        VALUES.put("min_protocol_version", List.of("3.0", "3.2", "latest", ""));
        VALUES.put("max_protocol_version", List.of("3.0", "3.2", "latest", "x", ""));
        VALUES.put("krbsrvname", List.of("pg"));
        VALUES.put("gssdelegation", List.of("0", "1"));
        VALUES.put("scram_client_key", List.of("AAAA"));
        VALUES.put("service", List.of("shop", "other", "none", ""));
        VALUES.put(
                "target_session_attrs",
                List.of("any", "read-write", "read-only", "primary", "standby", "prefer-standby", "master", ""));
        VALUES.put("load_balance_hosts", List.of("disable", "random", "x", ""));
        VALUES.put("oauth_scope", List.of("x"));
        VALUES.put("schema", List.of("app", "public"));
        VALUES.put("sslmod", List.of("require"));
        VALUES.put("pgbouncer", List.of("true"));
        VALUES.put("ssl", List.of("true", "require"));
    }

    private static final List<String> KEYWORDS = List.copyOf(VALUES.keySet());
    private static final List<String> USUAL = List.of("host", "port", "user", "dbname", "password", "sslmode");
    private static final String STRUCTURE = "@:/?#%&=,;[]' \\+\t";

    private final Random random;
    private final Path home;

    ConnectionGenerator(Random random, Path home) {
        this.random = random;
        this.home = home;
    }

    Generated generate() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", home.toString());
        Map<String, String> said = parameters(4);
        // Most are to be complete, or nothing but their absence is told.
        said.putIfAbsent("host", chance(4) ? pick("host") : "127.0.0.1");
        said.putIfAbsent("user", "app");
        parameters(3).forEach((keyword, value) -> {
            LibpqParameter parameter = LibpqParameters.BY_KEYWORD.get(keyword);
            if (parameter != null && parameter.variable() != null) {
                environment.put(parameter.variable(), value);
            }
        });
        if (chance(10)) {
            environment.put(one(List.of("PGTZ", "PGDATESTYLE", "PGGEQO")), one(List.of("UTC", "ISO", "German", "off")));
        }
        Map<String, String> files = files(environment);
        return new Generated(text(said, environment), environment, files);
    }

    private String text(Map<String, String> said, Map<String, String> environment) {
        String text =
                switch (random.nextInt(5)) {
                    case 0 -> {
                        said.keySet().removeIf(keyword -> LibpqParameters.BY_KEYWORD.get(keyword) == null);
                        said.forEach((keyword, value) -> {
                            if (LibpqParameters.variable(keyword) != null) {
                                environment.put(LibpqParameters.variable(keyword), value);
                            }
                        });
                        yield null;
                    }
                    case 1 -> keywords(said);
                    default -> url(said);
                };
        return text != null && chance(6) ? broken(text) : text;
    }

    private Map<String, String> files(Map<String, String> environment) {
        Map<String, String> files = new LinkedHashMap<>();
        if (chance(3)) {
            files.put(one(List.of(".pg_service.conf", "services")), service("shop") + service("other"));
        }
        if (chance(3)) {
            environment.put("PGSERVICEFILE", home.resolve("services").toString());
        }
        if (chance(2)) {
            files.put(chance(2) ? "pass" : ".pgpass", passwords());
        }
        if (chance(5)) {
            files.put(".postgresql/root.crt", "");
        }
        return files;
    }

    private String service(String name) {
        StringBuilder section = new StringBuilder("[" + name + "]\n");
        parameters(3).forEach((keyword, value) -> {
            if (!keyword.equals("service") || chance(5)) {
                section.append(chance(4) ? "  " : "")
                        .append(keyword)
                        .append('=')
                        .append(value);
                section.append(chance(4) ? " \n" : "\n").append(chance(6) ? "# remark\n\n" : "");
            }
        });
        return section.toString();
    }

    private String passwords() {
        StringBuilder lines = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            List<String> fields = new ArrayList<>();
            fields.add(one(List.of("*", "127.0.0.1", "127.0.0.2", "127.0.0.4", "db.invalid", "\\:\\:1", "localhost")));
            fields.add(one(List.of("*", "*", "1", "2", "5432")));
            fields.add(one(List.of("*", "*", "shop", "a/b", "app")));
            fields.add(one(List.of("*", "*", "app", "u\\:1", "other")));
            fields.add(one(List.of("one", "two", "a:b", "a\\:b\\\\", "", " ", "ends\\", "\u00e4")));
            lines.append(chance(8) ? "#" : "").append(String.join(":", fields)).append(chance(8) ? "\r\n" : "\n");
        }
        return lines.toString();
    }

    private Map<String, String> parameters(int most) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            String keyword = one(chance(2) ? USUAL : KEYWORDS);
            parameters.put(keyword, pick(keyword));
        }
        return parameters;
    }

    private String pick(String keyword) {
        List<String> values = VALUES.get(keyword);
        // The first ones are the ordinary ones.
        return values.get(chance(2) ? random.nextInt(Math.min(2, values.size())) : random.nextInt(values.size()))
                .replace("HOME", home.toString());
    }

    private String keywords(Map<String, String> said) {
        StringBuilder text = new StringBuilder();
        said.forEach((keyword, value) -> {
            if (chance(8)) {
                text.append(keyword).append("=").append(quoted(pick(keyword))).append(' ');
            }
            text.append(keyword).append(one(List.of("=", "=", " = "))).append(quoted(value));
            text.append(one(List.of(" ", "  ", "\t")));
        });
        return text.toString();
    }

    private String quoted(String value) {
        String escaped = value.replace("\\", "\\\\").replace("'", "\\'");
        boolean plain = !value.isEmpty() && value.indexOf(' ') < 0;
        return plain && chance(2) ? escaped : "'" + escaped + "'";
    }

    private String url(Map<String, String> said) {
        Map<String, String> rest = new LinkedHashMap<>(said);
        StringBuilder url = new StringBuilder(chance(3) ? "postgres://" : "postgresql://");
        if (!chance(6)) {
            url.append(encoded(rest.remove("user")));
            String password = rest.remove("password");
            url.append(password == null ? "" : ":" + encoded(password)).append('@');
        }
        if (!chance(6)) {
            url.append(authority(rest.remove("host"), rest.containsKey("port") ? rest.remove("port") : ""));
        }
        String database = rest.remove("dbname");
        url.append(database == null ? "" : "/" + encoded(database));
        List<String> pairs = new ArrayList<>();
        rest.forEach((keyword, value) -> pairs.add((chance(9) ? encoded(keyword) : keyword) + "=" + encoded(value)));
        if (!pairs.isEmpty() && chance(6)) {
            String again = one(List.copyOf(rest.keySet()));
            pairs.add(again + "=" + encoded(pick(again)));
        }
        return url.append(pairs.isEmpty() ? "" : "?" + String.join("&", pairs)).toString();
    }

    private String authority(String hosts, String ports) {
        String[] names = hosts.split(",", -1);
        String[] numbers = ports.split(",", -1);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            String name = names[i].contains(":") ? "[" + names[i] + "]" : encoded(names[i]);
            String number = i < numbers.length ? numbers[i] : "";
            parts.add(name + (number.isEmpty() ? "" : ":" + encoded(number)));
        }
        return String.join(",", parts);
    }

    /** As little as is needed, mostly. */
    private String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '.' || b == '-';
            boolean odd = b > 0 && chance(12);
            encoded.append(plain != odd ? String.valueOf((char) b) : "%%%02x".formatted(b));
        }
        return encoded.toString();
    }

    private String broken(String text) {
        int at = random.nextInt(text.length());
        String mark = String.valueOf(STRUCTURE.charAt(random.nextInt(STRUCTURE.length())));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + mark + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            default -> text.substring(0, at) + mark + text.substring(at + 1);
        };
    }

    private boolean chance(int one) {
        return random.nextInt(one) == 0;
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
