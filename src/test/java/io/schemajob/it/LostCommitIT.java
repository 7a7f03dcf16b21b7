package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresProxy;
import io.schemajob.testing.PostgresProxy.Strike;
import io.schemajob.testing.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The connection breaks at COMMIT: the run asks what became of it, goes on if it was done, and says what is so. {@code FaultMatrixIT} does so
 * at other commits.
 */
class LostCommitIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create();
    private final Cli cli = Cli.of(folder, database);

    LostCommitIT() {
        for (int i = 1; i <= 3; i++) {
            folder.with("00%d_x.up.sql".formatted(i), "CREATE TABLE made_%d (id int);".formatted(i))
                    .with("00%d_x.down.sql".formatted(i), "DROP TABLE made_%d;".formatted(i));
        }
    }

    private App through(PostgresProxy proxy, String... line) {
        return cli.app(line).env("PGPORT", String.valueOf(proxy.port())).env("SCHEMAJOB_CONNECT_TIMEOUT", "5s");
    }

    private List<String> tables() {
        return cli.rows("SELECT relname FROM pg_class WHERE relname LIKE 'made%' ORDER BY 1");
    }

    @ParameterizedTest
    @ValueSource(ints = 2)
    void aCommitThatWasDoneCountsAndTheRunGoesOn(int script) {
        try (PostgresProxy proxy = PostgresProxy.atCommitAfter(database.server(), "made_" + script, Strike.CUT_AFTER)) {
            App.Result result = Cli.succeeded(through(proxy, "migrate").run());
            assertThat(proxy.struck()).as(result.text()).isTrue();
            assertThat(result.out())
                    .contains("The connection was lost at the commit; the server says that it was done")
                    .containsOnlyOnce("Migration 00%d applied successfully".formatted(script));
            assertThat(Cli.json(result.termination()).path("applied").asInt()).isEqualTo(3);
            assertThat(cli.applied()).containsExactly("001", "002", "003");
            assertThat(tables()).containsExactly("made_1", "made_2", "made_3");
        }
    }

    @ParameterizedTest
    @CsvSource("1, base")
    void aCommitThatNeverArrivedIsRolledBack(int script, String before) {
        try (PostgresProxy proxy =
                PostgresProxy.atCommitAfter(database.server(), "made_" + script, Strike.CUT_BEFORE)) {
            App.Result result =
                    Cli.failed(ExitStatus.UNAVAILABLE, through(proxy, "migrate").run());
            assertThat(result.err())
                    .contains("Migration 00%d was rolled back whole; the schema is at %s.".formatted(script, before));
            assertThat(Cli.json(result.termination()).path("applied").asInt()).isEqualTo(script - 1);
            assertThat(tables()).hasSize(script - 1);
        }
        cli.succeeds("migrate");
        assertThat(tables()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource("1, base")
    void aServerThatCannotBeAskedLeavesItOpen(int script, String before) {
        try (PostgresProxy proxy =
                PostgresProxy.atCommitAfter(database.server(), "made_" + script, Strike.CUT_AFTER_FOR_GOOD)) {
            App.Result result =
                    Cli.failed(ExitStatus.UNAVAILABLE, through(proxy, "migrate").run());
            assertThat(result.err())
                    .contains(("Whether Migration 00%d was committed is not known: the server could not be asked."
                                    + " Before it the schema was at %s.")
                            .formatted(script, before))
                    .contains("schemajob info");
        }
        try (OtherSession eye = OtherSession.of(database)) {
            eye.await("SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name LIKE 'schemajob/%'");
        }
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
        assertThat(tables()).hasSize(3);
    }

    /** The deadline strikes while the answer is awaited: what was committed is told, not "rolled back". */
    @Test
    void aDeadlineAtTheCommitTellsWhatWasCommitted() {
        try (PostgresProxy proxy = PostgresProxy.atCommitAfter(database.server(), "made_2", Strike.ANSWERS_LOST)) {
            App.Result result = Cli.failed(
                    ExitStatus.TRY_AGAIN,
                    through(proxy, "migrate", "--deadline", "6s").run());
            assertThat(proxy.struck()).as(result.text()).isTrue();
            assertThat(result.err())
                    .contains("This run completed 2 scripts, which stay, the last 002_x.up.sql; the schema is at 002.");
            JsonNode message = Cli.json(result.termination());
            assertThat(message.path("applied").asInt()).isEqualTo(2);
            assertThat(message.path("toVersion").asText()).isEqualTo("002");
            assertThat(cli.applied()).containsExactly("001", "002");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUT_BEFORE", "CUT_AFTER", "CUT_AFTER_FOR_GOOD"})
    void aRollbackIsToldAsItIsToo(Strike strike) {
        cli.succeeds("migrate");
        try (PostgresProxy proxy = PostgresProxy.atCommitAfter(database.server(), "TABLE made_2", strike)) {
            App.Result result = through(proxy, "rollback", "001", "--yes").run();
            assertThat(proxy.struck()).as(result.text()).isTrue();
            List<String> left = new ArrayList<>(List.of("made_1"));
            switch (strike) {
                case CUT_BEFORE -> {
                    left.add("made_2");
                    Cli.failed(ExitStatus.UNAVAILABLE, result);
                    assertThat(result.err()).contains("The down script was rolled back whole; the schema is at 002.");
                }
                case CUT_AFTER -> Cli.succeeded(result);
                default -> {
                    Cli.failed(ExitStatus.UNAVAILABLE, result);
                    assertThat(result.err()).contains("Whether it was committed is not known");
                }
            }
            assertThat(tables()).isEqualTo(left);
        }
        try (OtherSession eye = OtherSession.of(database)) {
            eye.await("SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name LIKE 'schemajob/%'");
        }
        cli.succeeds("rollback", "001", "--yes");
        assertThat(tables()).containsExactly("made_1");
        assertThat(cli.applied()).containsExactly("001");
    }
}
