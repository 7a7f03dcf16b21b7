package io.schemajob.faults;

import io.schemajob.testing.WireProxy.Sent;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A message of a run at which a fault strikes: the n-th that reads so. Which of them a command sends, a run without faults tells. */
enum FaultStage {
    CONNECT('0', "", 1),
    PASSWORD('p', "", 2),
    FACTS('Q', "pg_is_in_recovery\\(\\)", 1),
    SESSION('Q', "^RESET ALL;\\s+SELECT", 1),
    LOCK('Q', "^SELECT pg_try_advisory_lock\\(\\$1\\)", 1),
    HISTORY('Q', "^SELECT installed_rank, version", 1),
    HISTORY_TABLE('Q', "CREATE TABLE .*flyway_schema_history", 1),
    SECOND_SESSION('0', "", 2),
    SECOND_CLEAN('Q', "^RESET ALL;\\s+SELECT", 2),
    FIRST_SCRIPT('Q', "^CREATE TABLE made_1|^DROP TABLE made_4|^DELETE FROM made_1|^REINDEX|^COPY", 1),
    SCRIPT('Q', "^(CREATE|DROP) TABLE made_2|^COPY", 2),
    ROWS('d', "", 1),
    ROWS_END('c', "", 1),
    FIRST_ROW('Q', "^(INSERT INTO|DELETE FROM|UPDATE) \"\\w+\"\\.\"flyway_schema_history\"", 1),
    SECOND_ROW('Q', "^(INSERT INTO|DELETE FROM|UPDATE) \"\\w+\"\\.\"flyway_schema_history\"", 2),
    FIRST_COMMIT('Q', "(^|;\\s*)COMMIT;?\\s*$", 1),
    SECOND_COMMIT('Q', "(^|;\\s*)COMMIT;?\\s*$", 2),
    LAST_COMMIT('Q', "(^|;\\s*)COMMIT;?\\s*$", -1),
    PROGRESS_NOTE('Q', "^INSERT INTO .*schemajob_progress", 1),
    INDEX('Q', "INDEX CONCURRENTLY", 1),
    INDEX_NOTE('Q', "^INSERT INTO .*schemajob_progress", 2),
    NOTE_DROPPED('Q', "^DROP TABLE .*schemajob_progress", 1),
    VERIFY('Q', "^SELECT c\\.oid, c\\.relname, c\\.relkind", 1),
    CHECK('Q', "said_in_check", 1),
    UNLOCK('Q', "^SELECT pg_advisory_unlock\\(", -1),
    GOODBYE('X', "", -1);

    private final char kind;
    private final Pattern text;
    private final int nth;

    FaultStage(char kind, String text, int nth) {
        this.kind = kind;
        this.text = Pattern.compile(text, Pattern.DOTALL);
        this.nth = nth;
    }

    Predicate<Sent> message() {
        return sent -> sent.kind() == kind && text.matcher(sent.text()).find();
    }

    /** Which of the messages that read so, from 1; -1 for the last. */
    int number() {
        return nth;
    }

    /** Which of the messages of a run it is, from 1; 0 where the run sends none such. */
    int nth(List<Sent> run) {
        int count = (int) run.stream().filter(message()).count();
        return nth < 0 ? count : nth <= count ? nth : 0;
    }
}
