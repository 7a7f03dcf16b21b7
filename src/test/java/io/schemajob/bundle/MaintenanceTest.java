package io.schemajob.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.Maintenance.Setting;
import io.schemajob.bundle.Maintenance.Task;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {
    private static final String HEAD =
            """
            -- Explains the form:
            --   -- setting: NAME = NUMBER
            --   -- batch

            -- setting: days = 90  kept this long
            -- setting: batch = 100
            """;

    private static Maintenance read(String text) {
        return Maintenance.of(new TextFile("maintenance.sql", text));
    }

    @Test
    void readsSettingsAndTasks() {
        Maintenance maintenance = read(
                HEAD
                        + """

                -- A word on it.
                -- task: delete-old  Delete old rows
                -- batch
                DELETE FROM t -- task: none
                 WHERE ctid = ANY (ARRAY(SELECT ctid FROM t WHERE age > :days LIMIT :batch));
                -- task: rebuild
                REINDEX TABLE CONCURRENTLY t;
                """);
        assertThat(maintenance.settings())
                .containsExactly(new Setting("days", 90, "kept this long"), new Setting("batch", 100, ""));
        assertThat(maintenance.tasks()).extracting(Task::name).containsExactly("delete-old", "rebuild");
        assertThat(maintenance.tasks()).extracting(Task::title).containsExactly("Delete old rows", "rebuild");
        assertThat(maintenance.tasks()).extracting(Task::batched).containsExactly(true, false);
        assertThat(maintenance.tasks())
                .extracting(task -> task.statement().kind())
                .containsExactly(Statement.Kind.PLAIN, Statement.Kind.NON_TRANSACTIONAL);
        assertThat(maintenance.tasks())
                .extracting(task -> task.statement().line())
                .containsExactly(11, 14);
    }

    @Test
    void replacesNamesButNotWhatLooksLikeThem() {
        Maintenance maintenance = read(
                HEAD
                        + """
                        -- task: t
                        SELECT :days, ':days', ":days", $$:days$$, n::days, n::batch :: days, a[:batch] -- :days
                          FROM x WHERE a = :days::int /* :batch */ LIMIT :batch;
                        """);
        assertThat(maintenance.sql(maintenance.tasks().get(0), maintenance.values(Map.of("days", 7L))))
                .isEqualTo(
                        """
                        SELECT 7, ':days', ":days", $$:days$$, n::days, n::batch :: days, a[100] -- :days
                          FROM x WHERE a = 7::int /* :batch */ LIMIT 100""");
    }

    @Test
    void choosesValues() {
        Maintenance maintenance = read(HEAD);
        assertThat(maintenance.values(Map.of())).isEqualTo(Map.of("days", 90L, "batch", 100L));
        assertThat(maintenance.values(Map.of("days", 0L, "batch", 1L))).isEqualTo(Map.of("days", 0L, "batch", 1L));
        assertThat(Refusal.of(() -> maintenance.values(Map.of("dayz", 1L))).hint())
                .isEqualTo("Did you mean days? Settings of this bundle: days, batch.");
        assertThat(Refusal.of(() -> maintenance.values(Map.of("batch", 0L))).message())
                .contains("batch must be at least 1, not 0");
        assertThat(Refusal.of(() -> maintenance.values(Map.of("days", -1L))).message())
                .contains("days must be at least 0, not -1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SELECT 1\\;                                                      | 7: a statement without a task
                    -- task: t                                                      | 7: the task t has no statement
                    -- task: t;-- task: u;SELECT 1\\;                               | 7: the task t has no statement
                    -- task: t;SELECT 1\\;;SELECT 2\\;                              | 9: a statement without a task
                    -- task: t;SELECT 1\\;;-- task: t;SELECT 2\\;                   | 9: the task t is there twice
                    -- task: Two Words;SELECT 1\\;                                  | 7: a task is written
                    -- setting: days = 1                                            | 7: the setting days is there twice
                    -- setting: weeks = 1.5                                         | 7: a setting is written
                    -- setting: weeks = -1                                          | 7: a setting is written
                    -- batch                                                        | 7: batch belongs between
                    -- task: t;-- batch;DELETE FROM t\\;                            | 9: a batched statement without :batch
                    -- task: t;-- batch;VACUUM :batch\\;                            | 9: a statement outside transactions
                    -- task: t;SELECT :dais\\;                                      | 8: the task t uses :dais, which
                    """)
    void refusesWithTheLine(String text, String message) {
        String lines = text.replace("\\;", "\0").replace(";", "\n").replace("\0", ";");
        assertThat(Refusal.of(() -> read(HEAD + lines)).message()).startsWith("maintenance.sql:" + message);
    }
}
