package io.schemajob.database.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The second look at a database finds whatever came after the first one, and the first one finds what is there. */
class RoutineTracesIT {
    private static final String FUNCTION = "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE %s AS $$ %s $$";
    private static final String TABLE = "CREATE TABLE t (id int)";

    /** What is made before the first look, what after it, and what that can leave: l(asting), u(nlocks), s(tores settings). */
    private record Case(String before, String after, String leaves) {}

    private static final List<Case> CASES = List.of(
            new Case(TABLE, FUNCTION.formatted("sql", "SELECT 1"), ""),
            new Case(TABLE, FUNCTION.formatted("sql", "SELECT set_config('my.own', '1', false)::int"), "l"),
            new Case(
                    FUNCTION.formatted("sql", "SELECT 1"),
                    FUNCTION.formatted("plpgsql", "BEGIN PERFORM pg_advisory_unlock(1); RETURN 1; END"),
                    "u"),
            new Case(
                    FUNCTION.formatted("plpgsql", "BEGIN RETURN 1; END"),
                    FUNCTION.formatted("plpgsql", "BEGIN ALTER ROLE x SET y = 1; RETURN 1; END"),
                    "ls"),
            new Case(FUNCTION.formatted("sql", "SELECT 1"), "ALTER FUNCTION f() SET my.own = 'x'", "ls"),
            new Case(TABLE, "ALTER TABLE t ADD s text DEFAULT set_config('my.own', 'x', false)", "l"),
            new Case(TABLE, "ALTER TABLE t ADD CHECK (pg_advisory_unlock(id))", "u"),
            new Case(TABLE, "CREATE VIEW v AS SELECT pg_advisory_unlock(1)", "u"),
            new Case(TABLE, "CREATE POLICY p ON t USING (pg_advisory_unlock(id))", "u"),
            new Case(
                    TABLE,
                    "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (pg_advisory_unlock(NEW.id))"
                            + " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                    "u"));

    @ParameterizedTest
    @FieldSource("CASES")
    void aLaterChangeIsNoticed(Case tried) throws SQLException {
        Postgres.Database database = Postgres.version(Postgres.NEWEST).createDatabase();
        try (Connection changing = database.superuser();
                Connection looking = database.superuser();
                Statement statement = changing.createStatement()) {
            statement.execute(tried.before());
            RoutineTraces traces = new RoutineTraces();
            assertThat(letters(traces.read(looking))).isEmpty();
            changing.setAutoCommit(false);
            statement.execute(tried.after());
            // Looks while the change is not to be seen yet, although its transaction has its number already.
            assertThat(letters(traces.read(looking))).isEmpty();
            changing.commit();
            assertThat(letters(traces.read(looking))).isEqualTo(tried.leaves());
            assertThat(letters(traces.read(looking))).as("once more").isEqualTo(tried.leaves());
            assertThat(letters(new RoutineTraces().read(looking)))
                    .as("at first sight")
                    .isEqualTo(tried.leaves());
        }
    }

    private static String letters(SessionTraces traces) {
        return (traces.lasting() ? "l" : "") + (traces.unlocks() ? "u" : "") + (traces.storesSettings() ? "s" : "");
    }
}
