package io.schemajob.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "3, CONFIG, may not use it",
        "5, TRY_AGAIN, another process is using it",
        "261, TRY_AGAIN, another process is using it",
        "8, CONFIG, read-only",
        "10, CONFIG, cannot be read or written",
        "11, IMPORT_REJECTED, contradict each other",
        "13, CONFIG, no room",
        "14, CONFIG, cannot be opened",
        "26, CONFIG, not a SQLite database",
    })
    void saysInWordsWhatANumberMeans(int code, ExitStatus status, String words) {
        Failure failure = SqliteFailures.of("It failed", new SQLException(null, null, code))
                .failure();
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.message()).startsWith("It failed: ").contains(words).doesNotContain("null");
    }
}
