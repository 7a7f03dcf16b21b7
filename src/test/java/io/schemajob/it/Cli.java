package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import io.schemajob.testing.ScriptFolder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Runs commands on one bundle and one database, and checks what every run has in common. */
record Cli(String bundle, Postgres.Database database) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HISTORY =
            "SELECT version, script, type, checksum, success FROM flyway_schema_history ORDER BY installed_rank";

    static Cli of(ScriptFolder folder, Postgres.Database database) {
        return new Cli(folder.path().toString(), database);
    }

    /** The command line, to be given more before it runs. */
    App app(String... line) {
        List<String> arguments = new ArrayList<>(List.of(line));
        arguments.addAll(List.of("--bundle", bundle));
        return App.command(arguments.toArray(String[]::new)).database(database);
    }

    /** Runs a command that has to succeed. */
    App.Result succeeds(String... line) {
        return succeeded(app(line).run());
    }

    /** Runs a command that has to succeed and whose result, not its log, stands on standard output. */
    String prints(String... line) {
        App.Result result = app(line).run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        return result.out();
    }

    /** Runs a command that has to end with this status. */
    App.Result fails(ExitStatus status, String... line) {
        return failed(status, app(line).run());
    }

    static App.Result succeeded(App.Result result) {
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.err()).doesNotContain("ERROR", "WARNING", "\tat ");
        JsonNode message = json(result.termination());
        assertThat(message.path("exitName").asText()).isEqualTo("OK");
        assertThat(message.path("error").isNull()).isTrue();
        return result;
    }

    /** What every failure prints: the status, one sentence, the next command; and no trace unless it was asked for. */
    static App.Result failed(ExitStatus status, App.Result result) {
        assertThat(result.err()).doesNotContain("\tat ", "Exception:");
        return failedWithTrace(status, result);
    }

    static App.Result failedWithTrace(ExitStatus status, App.Result result) {
        assertThat(result.exitCode()).as(result.text()).isEqualTo(status.code());
        assertThat(result.err())
                .containsPattern("(?m)^ERROR %d %s: ".formatted(status.code(), status))
                .contains("\n  next:     ");
        JsonNode message = json(result.termination());
        assertThat(message.path("exitCode").asInt()).isEqualTo(status.code());
        assertThat(message.path("exitName").asText()).isEqualTo(status.name());
        assertThat(message.path("status").asText()).isEqualTo("failure");
        assertThat(result.err())
                .contains(message.path("error").asText().lines().findFirst().orElseThrow());
        return result;
    }

    /** The history in words: {@code 001 001_first.up.sql SQL 123 t}. */
    List<String> history() {
        return rows(HISTORY);
    }

    /** Versions with a row of success. */
    List<String> applied() {
        return rows("SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank");
    }

    /** A query's rows, columns joined by blanks. */
    List<String> rows(String sql) {
        try {
            return Rows.of(database, sql).stream()
                    .map(row -> row.stream().collect(Collectors.joining(" ")))
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
