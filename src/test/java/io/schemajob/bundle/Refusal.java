package io.schemajob.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;

/** Runs something that has to be refused as a configuration error, and hands out the reasons. */
public final class Refusal {
    private Refusal() {}

    public static Failure of(Runnable code) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, code::run);
        assertThat(e).as("a refusal").isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).matches(".*[.?]");
        return e.failure();
    }
}
