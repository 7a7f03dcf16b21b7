package io.schemajob.testing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real libpq 18, from psycopg's binary package, asked how it reads connections; it contacts nobody but closed ports. */
public final class Libpq {
    private static final String READ =
            """
            import json, os, re, sys
            from psycopg import pq
            ELSEWHERE = re.compile(b"connection to server|could not translate host name|could not connect|is not supported")

            def clean(environment):
                for name in list(os.environ):
                    if name.startswith("PG") or name == "HOME":
                        del os.environ[name]
                os.environ.update(environment)

            def options(connection):
                return {o.keyword.decode(): o.val.decode("utf-8", "surrogateescape")
                        for o in connection.info if o.val is not None}

            def part(values, i):
                parts = (values or "").split(",")
                return parts[0] if len(parts) == 1 else parts[i] if i < len(parts) else ""

            def quoted(text):
                return "'" + text.replace("\\\\", "\\\\\\\\").replace("'", "\\\\'") + "'"

            def passwords(o):
                if o.get("password"):
                    return None
                clean({})
                n = len((o.get("host") or o.get("hostaddr") or "").split(","))
                found = []
                for i in range(n):
                    one = {k: o.get(k, "") for k in ("dbname", "user", "passfile")}
                    one.update({k: part(o.get(k), i) if k == "port" or o.get(k) and n > 1 else o.get(k, "")
                                for k in ("host", "hostaddr", "port")})
                    text = " ".join(k + "=" + quoted(v) for k, v in one.items() if v)
                    connection = pq.PGconn.connect_start(text.encode("utf-8", "surrogateescape"))
                    found.append(connection.password.decode("utf-8", "surrogateescape"))
                    connection.finish()
                return found

            def read(case):
                clean(case["environment"])
                connection = pq.PGconn.connect_start(case["text"].encode())
                message = connection.error_message
                o = options(connection)
                connection.finish()
                if message and not ELSEWHERE.search(message):
                    return {"error": message.decode("utf-8", "replace").strip(), "options": {}, "passwords": None}
                return {"error": None, "options": o, "passwords": passwords(o)}

            assert pq.version() // 10000 == 18, pq.version()
            with open(sys.argv[1]) as cases, open(sys.argv[2], "w") as answers:
                json.dump([read(case) for case in json.load(cases)], answers)
            """;

    private static final String DEFAULTS =
            """
            import json, os
            from psycopg import pq
            for name in list(os.environ):
                if name.startswith("PG"):
                    del os.environ[name]
            print(json.dumps([[o.keyword.decode(), o.envvar and o.envvar.decode()] for o in pq.Conninfo.get_defaults()]))
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a program says to libpq.
     *
     * @param text as for {@code PQconnectdb}
     * @param environment all that is to count of it
     */
    public record Question(String text, Map<String, String> environment) {}

    /**
     * How libpq reads it.
     *
     * @param error why it refuses; null if it does not
     * @param options all of its parameters that have a value, its own included
     * @param passwords of each host, from the password file; null where one was given
     */
    public record Reading(String error, Map<String, String> options, List<String> passwords) {}

    private Libpq() {}

    private static Path packages() {
        return PythonPackages.install("psycopg-3.3.9", "psycopg[binary]==3.3.9");
    }

    /** The answers, in the order of the questions. */
    public static List<Reading> read(List<Question> questions) {
        try {
            Path asked = Files.createTempFile("libpq", ".json");
            Path answered = Files.createTempFile("libpq", ".json");
            JSON.writeValue(asked.toFile(), questions);
            PythonPackages.script(packages(), READ, asked.toString(), answered.toString());
            List<Reading> readings = JSON.readValue(answered.toFile(), new TypeReference<>() {});
            Files.delete(asked);
            Files.delete(answered);
            return readings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each of its parameters, with its variable or null. */
    public static List<List<String>> parameters() {
        try {
            return JSON.readValue(PythonPackages.script(packages(), DEFAULTS), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
