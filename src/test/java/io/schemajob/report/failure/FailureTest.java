package io.schemajob.report.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {
    private static final Failure DRIFT = Failure.of(ExitStatus.VERIFICATION_FAILED, "It differs.");

    @Test
    void exceptionOfOursMeansWhatItSays() {
        assertThat(Failure.from(DRIFT.asException())).isEqualTo(DRIFT);
    }

    @Test
    void anythingElseIsADefect() {
        for (Throwable thrown : new Throwable[] {new IllegalStateException("x"), new NoClassDefFoundError("x")}) {
            Failure failure = Failure.from(thrown);
            assertThat(failure.status()).isEqualTo(ExitStatus.INTERNAL);
            assertThat(failure.message()).startsWith("A defect of Schemajob: ").contains("x");
        }
    }

    /** The driver believes the lengths that it is told. */
    @Test
    void whatTheDriverDoesNotUnderstandIsNoDefectOfOurs() {
        RuntimeException thrown = new StringIndexOutOfBoundsException("offset 1276, count -5, length 8192");
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.lang.String", "checkBoundsOffCount", "String.java", 4591),
            new StackTraceElement("org.postgresql.core.PGStream", "receiveString", "PGStream.java", 516),
            new StackTraceElement("io.schemajob.database.query.SimpleQuery", "run", "SimpleQuery.java", 57)
        });
        Failure failure = Failure.from(thrown);
        assertThat(failure.status()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(failure.message())
                .startsWith("What PostgreSQL sent could not be understood: ")
                .contains("count -5");
    }

    /** The part that met it may have wrapped it in what it knows, such as a connection that was lost. */
    @Test
    void memoryThatIsNotEnoughIsNamedHoweverDeepItIs() {
        Failure lost =
                Failure.of(ExitStatus.UNAVAILABLE, "The connection was lost.").databaseState("Nothing.");
        Failure failure = Failure.from(lost.asException(new IllegalStateException(new OutOfMemoryError())));
        assertThat(failure.status()).isEqualTo(ExitStatus.INTERNAL);
        assertThat(failure.message()).contains("memory of this process").contains("The connection was lost.");
        assertThat(failure.databaseState()).isEqualTo("Nothing.");
    }
}
