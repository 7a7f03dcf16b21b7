package io.schemajob.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.SchemajobException;

/** Runs something that has to be refused as a configuration error, and hands out the reasons. */
final class Refusal {
    private Refusal() {}

    static Failure of(Runnable code) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, code::run);
        assertThat(e).as("a refusal").isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).matches(".*[.?]");
        return e.failure();
    }
}
