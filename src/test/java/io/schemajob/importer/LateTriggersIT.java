package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Triggers that wait for the COMMIT: what they do is done before the rows are compared, in a trial too. */
class LateTriggersIT {
    private static final Postgres SERVER = Postgres.version(16);
    private static final String TABLES =
            """
            CREATE TABLE t (id int PRIMARY KEY, n int);
            CREATE TABLE log (id int);
            CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s; RETURN NULL; END $$;
            CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (1); RETURN NULL; END $$;
            CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN SET CONSTRAINTS ALL DEFERRED; INSERT INTO log VALUES (1); RETURN NULL; END $$;
            %s;
            """;
    private static final String OWN =
            """
            CREATE TABLE schemajob_import (transaction_id text PRIMARY KEY DEFAULT pg_current_xact_id()::text, source text NOT NULL,
                imported_rows bigint NOT NULL, rejected_rows bigint NOT NULL, adjusted_rows bigint NOT NULL,
                source_sums text, target_sums text, imported_at timestamptz NOT NULL DEFAULT now(), losses text);
            """;
    private static final String ON = "CREATE CONSTRAINT TRIGGER z AFTER INSERT ON %s DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE FUNCTION %s()";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE t SET n = n + 1 WHERE id = NEW.id | t:late | t.n, checksum:",
                "DELETE FROM t WHERE id = 2 | t:late | t, rows",
                "UPDATE t SET n = n + 1 | t:later log:late | t.n, checksum:",
                "UPDATE t SET n = n + 1 | schemajob_import:late | t.n, checksum:",
                "UPDATE t SET n = n + 1 | schemajob_import:again log:late | t.n, checksum:",
                "UPDATE t SET n = n + 1 | schemajob_import:again log:again | A deferred trigger would change",
                "RAISE EXCEPTION 'late %', NEW.id | t:late | The server refuses the rows: late 1",
            })
    void areFoundInTrialAndImport(String what, String triggers, String found) {
        Postgres.Database db = SERVER.createDatabase();
        String made = Stream.of(triggers.split(" "))
                .map(trigger -> ON.replace(" z ", " z_" + trigger.replace(':', '_') + " ")
                        .formatted((Object[]) trigger.split(":")))
                .reduce((a, b) -> a + ";\n" + b)
                .orElseThrow();
        String own = triggers.contains("schemajob_import") ? OWN : "";
        ScriptFolder folder = ScriptFolder.create()
                .with("001_t.up.sql", own + TABLES.formatted(what, made))
                .with("import.yaml", "tables: {t: {columns: {id: id, n: n}}}");
        SqliteFile file =
                SqliteFile.of("CREATE TABLE t (id INTEGER PRIMARY KEY, n)", "INSERT INTO t VALUES (1, 5), (2, 0)");
        for (String option : new String[] {"--dry-run", "--keep-copy"}) {
            App.Result result =
                    file.importInto(db, folder.path().toString(), option).run();
            assertThat(result.exitCode()).as(result.text()).isEqualTo(84);
            assertThat(result.text()).contains(found).doesNotContain("\\n");
        }
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT id FROM t")).isEmpty();
        }
    }
}
