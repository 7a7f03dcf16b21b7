package io.schemajob.job.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Redactor;
import io.schemajob.report.result.RunReport;
import io.schemajob.testing.RecordingLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What ends one target says the same as if it had ended a run of its own. */
class FleetJobTest {
    private final CancellationToken cancellation = new CancellationToken();
    private final RunContext run = new RunContext(
            new Settings(Map.of(Setting.BUNDLE, "minion"), Map.of(), name -> null),
            new RecordingLog(),
            new Redactor(),
            cancellation,
            new RunReport());

    @Test
    void memoryThatIsNotEnoughIsNoDefect() {
        Failure failure = only((target, own) -> {
            throw new IllegalStateException(new OutOfMemoryError());
        });
        assertThat(failure.status()).isEqualTo(ExitStatus.INTERNAL);
        assertThat(failure.hint()).startsWith("Give the container more memory");
    }

    @Test
    void errorOfOneTargetIsItsResult() {
        Failure failure = only((target, own) -> {
            throw new NoClassDefFoundError("x");
        });
        assertThat(failure.message()).startsWith("A defect of Schemajob: ");
        assertThat(failure.databaseState()).isEqualTo("Not touched: no session was opened.");
    }

    @Test
    void stopIsTheCauseOfWhatARetryCures() {
        Failure stop = Failure.of(ExitStatus.TRY_AGAIN, "The deadline was reached.");
        Failure failure = only((target, own) -> {
            cancellation.stop(stop);
            throw Failure.of(ExitStatus.UNAVAILABLE, "The connection was lost.").asException();
        });
        assertThat(failure.message()).isEqualTo(stop.message());
    }

    private Failure only(FleetJob.Work work) {
        List<FleetTarget> targets = List.of(new FleetTarget("a", null, null, null));
        FleetJob job = new FleetJob(run, targets, new FleetJob.Options(1, 0, 0), work);
        return job.execute().get(0).outcome().failure();
    }
}
