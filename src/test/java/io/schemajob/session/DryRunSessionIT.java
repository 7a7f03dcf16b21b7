package io.schemajob.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.JobRun;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A dry run does not call a script wrong that a real run would apply, and does call it so where a real run would. */
class DryRunSessionIT {
    private static final String NOT_SHOWN = "nothing is verified";

    private final Postgres.Database db = Postgres.version(16).createDatabase();
    private final ScriptFolder scripts = ScriptFolder.create();

    private void split(String text) {
        int number = 0;
        for (String script : text.split("=>")) {
            scripts.with("%03d_s.up.sql".formatted(++number), script);
        }
    }

    /** Scripts that a real run applies and one transaction can show. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET search_path = pg_catalog => CREATE TABLE a (n int)",
                "CREATE TABLE a (n int PRIMARY KEY); CREATE TABLE b (n int REFERENCES a DEFERRABLE INITIALLY DEFERRED)"
                        + " => INSERT INTO b VALUES (1); INSERT INTO a VALUES (1) => ALTER TABLE b ADD COLUMN m int"
                        + " => INSERT INTO b VALUES (2, 2); INSERT INTO a VALUES (2)"
                        + " => CREATE TABLE c (n int REFERENCES a DEFERRABLE INITIALLY DEFERRED)"
                        + " => INSERT INTO c VALUES (3); INSERT INTO a VALUES (3)",
                "CREATE TEMP TABLE t (n int) => CREATE TEMP TABLE t (n int)",
                "PREPARE t AS SELECT 1 => PREPARE t AS SELECT 1",
                "SET datestyle = 'ISO, DMY' => DO $$ BEGIN ASSERT '1/2/2020'::date = '2020-01-02'; END $$",
            })
    void showsWhatItCan(String text) {
        split(text);
        JobRun dry = JobRun.dryRun(db, scripts);
        assertThat(dry.exitCode()).as(dry.text()).isZero();
        assertThat(dry.text()).doesNotContain(NOT_SHOWN);
        assertThat(JobRun.migrate(db, scripts).exitCode()).isZero();
    }

    /** Scripts that a real run applies and one transaction cannot show. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TYPE e AS ENUM ('x') => ALTER TYPE e ADD VALUE 'y' => CREATE TABLE a (e e DEFAULT 'y');"
                        + " INSERT INTO a DEFAULT VALUES => CREATE TABLE z (n int)",
                "SELECT 1 => SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 1 => CREATE TABLE z (n int)",
                "SET app.x = '1' => DO $$ BEGIN ASSERT current_setting('app.x', true) IS NULL; END $$"
                        + " => CREATE TABLE z (n int)",
                "CREATE TABLE a (n int) => CREATE UNIQUE INDEX CONCURRENTLY i ON a (n)"
                        + " => INSERT INTO a VALUES (1) ON CONFLICT (n) DO NOTHING => CREATE TABLE z (n int)",
            })
    void saysWhatItCannotShow(String text) {
        split(text);
        JobRun dry = JobRun.dryRun(db, scripts);
        assertThat(dry.exitCode()).as(dry.text()).isZero();
        assertThat(dry.text()).contains(NOT_SHOWN, "CREATE TABLE z (n int);").contains("not executed");
        JobRun run = JobRun.migrate(db, scripts);
        assertThat(run.exitCode()).as(run.text()).isZero();
    }

    /** Scripts that a real run refuses too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE a (n int PRIMARY KEY); CREATE TABLE b (n int REFERENCES a DEFERRABLE INITIALLY DEFERRED)"
                        + " => INSERT INTO b VALUES (1) => CREATE TABLE c (n int) | Migration 002",
                "CREATE TABLE a (n int) => CREATE INDEX CONCURRENTLY i ON a (n) => CREAT TABLE c (n int) | Migration 003",
                "CREATE TYPE e AS ENUM ('x') => ALTER TYPE e ADD VALUE 'y'; SELECT 'y'::e | Migration 002",
            })
    void callsWrongWhatIsWrong(String text, String named) {
        split(text);
        JobRun run = JobRun.migrate(Postgres.version(16).createDatabase(), scripts);
        assertThat(run.exitCode()).as(run.text()).isEqualTo(80);
        JobRun dry = JobRun.dryRun(db, scripts);
        assertThat(dry.exitCode()).as(dry.text()).isEqualTo(80);
        assertThat(dry.failure().message()).contains(named);
    }
}
