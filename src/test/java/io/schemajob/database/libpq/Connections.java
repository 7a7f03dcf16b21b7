package io.schemajob.database.libpq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Reads connections with the variables of a test, and without a home folder unless it is among them. */
final class Connections {
    static final RunSchema PUBLIC = new RunSchema("public", false);

    final List<String> warnings = new ArrayList<>();
    final ConnectionReader reader;

    Connections(RunSchema schema, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.putIfAbsent("HOME", "/no/home");
        reader = new ConnectionReader(environment, schema, null, warnings::add);
    }

    /** The connection of a URL, beside variables given as names and values. */
    static ConnectionSettings url(String url, String... variables) {
        return new Connections(PUBLIC, map(variables)).reader.fromText("DATABASE_URL", url);
    }

    static ConnectionSettings variables(Map<String, String> variables) {
        return new Connections(PUBLIC, variables).reader.fromVariables();
    }

    /** The refusal, which must be of settings and before anything is contacted. */
    static Failure refused(ThrowingCallable work) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, work);
        assertThat(e).isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().databaseState()).isEqualTo("Not contacted.");
        assertThat(e.failure().hint()).isNotBlank();
        return e.failure();
    }

    static Map<String, String> map(String... namesAndValues) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
