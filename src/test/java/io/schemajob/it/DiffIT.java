package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code diff} as a person and a script see it, and the typed changes of whatever verifies. */
class DiffIT {
    private static final String SCHEMA =
            """
            CREATE TYPE mood AS ENUM ('sad', 'happy');
            CREATE DOMAIN email AS text CONSTRAINT email_form CHECK (VALUE LIKE '%@%');
            CREATE SEQUENCE numbers INCREMENT 5;
            CREATE TABLE levels (code text PRIMARY KEY);
            INSERT INTO levels VALUES ('low');
            CREATE TABLE tickets (
                id bigint PRIMARY KEY,
                title text NOT NULL DEFAULT 'none',
                note varchar(200),
                state mood,
                level text CONSTRAINT tickets_level_fkey REFERENCES levels,
                code text CONSTRAINT tickets_code_key UNIQUE,
                CONSTRAINT tickets_title_check CHECK (title <> 'a word' AND length(title) > 3 AND title <> 'another word' AND id > 0));
            CREATE INDEX tickets_state_idx ON tickets (state);
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
            \tNEW.title := 'x';
            \tRETURN NEW;
            END
            $$;
            CREATE TRIGGER touched BEFORE UPDATE ON tickets FOR EACH ROW EXECUTE FUNCTION touch();
            CREATE VIEW open_tickets AS SELECT id, title FROM tickets WHERE state = 'sad';
            CREATE POLICY mine ON tickets USING (title = current_user AND code = current_setting('app.code', true) AND id > 10);
            COMMENT ON TABLE tickets IS 'What customers ask for';
            """;

    private static final String DAMAGES =
            """
            ALTER TYPE mood ADD VALUE 'calm, or not';
            ALTER DOMAIN email DROP CONSTRAINT email_form;
            ALTER SEQUENCE numbers INCREMENT 7;
            ALTER TABLE tickets ALTER note TYPE text, ALTER title DROP NOT NULL, ALTER title SET DEFAULT 'some',
                DROP CONSTRAINT tickets_level_fkey, DROP CONSTRAINT tickets_code_key, DROP CONSTRAINT tickets_title_check,
                ADD CONSTRAINT tickets_title_check CHECK (title <> 'a word' AND length(title) > 4 AND title <> 'another word' AND id > 0),
                ADD more int;
            DELETE FROM levels;
            DROP INDEX tickets_state_idx;
            CREATE INDEX tickets_state_idx ON tickets (id);
            DROP TRIGGER touched ON tickets;
            CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
            \tNEW.title := E'\u001b[31m';
            \tRETURN NEW;
            END
            $$;
            CREATE OR REPLACE VIEW open_tickets AS SELECT id, title FROM tickets WHERE state = 'happy';
            ALTER POLICY mine ON tickets USING (title = current_user AND code = current_setting('app.code', true) AND id > 11);
            COMMENT ON TABLE tickets IS 'none';
            CREATE TABLE stray (a int);
            """;

    private static final String TEXT =
            """
            --- shop at 001, as declared
            +++ schema public, as it is
            check email_form on domain email is missing
                VALUE ~~ '%@%'::text
            enum mood: values
                sad, happy → sad, happy, 'calm, or not'
            sequence numbers: increment
                5 → 7
            table stray is extra [warning]
                1 columns
            table tickets: comment
                What customers ask for → 'none'
            column tickets.title: nullability
                not null → null
            column tickets.title: default
                'none' → 'some'::text
            column tickets.note: type
                varchar(200) → text
            column tickets.more is extra [warning]
                integer
            unique constraint tickets_code_key on tickets is missing
                (code)
            foreign key tickets_level_fkey on tickets is missing
                (level) references levels (code)
            check tickets_title_check on tickets: definition
                @@ -1,4 +1,4 @@
                 title <> 'a word'::text
                -AND length(title) > 3
                +AND length(title) > 4
                 AND title <> 'another word'::text
                 AND id > 0
            index tickets_state_idx on tickets: definition
                btree (state) → btree (id)
            trigger touched on tickets is missing
                before update for each row execute touch()
            view open_tickets: definition
                @@ -1,4 +1,4 @@
                 SELECT id,
                     title
                    FROM tickets
                -  WHERE state = 'sad'::mood
                +  WHERE state = 'happy'::mood
            function touch(): body
                @@ -1,6 +1,6 @@
                \s
                 BEGIN
                -    NEW.title := 'x';
                +    NEW.title := E'\\u001b[31m';
                     RETURN NEW;
                 END
                \s
            policy mine on tickets: using
                @@ -1,3 +1,3 @@
                 title = CURRENT_USER
                 AND code = current_setting('app.code'::text, true)
                -AND id > 10
                +AND id > 11
            row of levels is missing
                code=low
            """;

    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder =
            ScriptFolder.create().with("bundle.yaml", "name: shop\n").with("migrations/001_shop.up.sql", SCHEMA);
    private final Cli cli = Cli.of(folder, database);

    @Test
    void everySortOfChangeIsShownAndTyped() throws Exception {
        cli.succeeds("migrate", "--no-verify");
        Path declared = folder.path().resolve("schema.yaml");
        cli.prints("snapshot", "--rows", "levels", "--file", declared.toString());
        assertThat(cli.succeeds("diff").out())
                .isEqualTo("No difference between shop at 001, as declared and schema public, as it is.\n");
        database.execute(DAMAGES);
        String text = cli.fails(ExitStatus.VERIFICATION_FAILED, "diff").out();
        assertThat(text).isEqualTo(TEXT);

        JsonNode diff = Cli.json(cli.fails(ExitStatus.VERIFICATION_FAILED, "diff", "--output", "json")
                .out());
        assertThat(diff.path("changes"))
                .isEqualTo(Cli.json(Files.readString(Path.of("src/test/resources/diff/changes.json"))));
        App.Result verified = cli.fails(ExitStatus.VERIFICATION_FAILED, "verify", "--output", "json");
        JsonNode verify = Cli.json(verified.out());
        assertThat(verify.path("changes")).isEqualTo(diff.path("changes"));
        assertThat(verify.path("findings")).isEqualTo(diff.path("findings"));
        assertThat(verify.path("drift").asInt())
                .isEqualTo(diff.path("drift").asInt())
                .isEqualTo(16);
        assertThat(verify.path("compared").toString())
                .isEqualTo(
                        "{\"table\":2,\"column\":7,\"index\":1,\"view\":1,\"function\":1,\"trigger\":1,\"primary key\":2,"
                                + "\"unique constraint\":1,\"foreign key\":1,\"check constraint\":1,\"sequence\":1,\"domain\":1,"
                                + "\"domain check\":1,\"enum\":1,\"policy\":1,\"row\":1}");
        assertThat(diff.path("compared")).isEqualTo(verify.path("compared"));
        assertThat(verified.err())
                .contains("\n  next:     schemajob diff --bundle " + folder.path() + " shows each difference");
        JsonNode migrate = Cli.json(cli.fails(ExitStatus.VERIFICATION_FAILED, "migrate", "--output", "json")
                .out());
        assertThat(migrate.path("changes")).isEqualTo(diff.path("changes"));

        App.Result quiet = cli.app("diff", "--no-exit-code").run();
        assertThat(quiet.exitCode()).as(quiet.text()).isZero();
        assertThat(quiet.out()).isEqualTo(text);
    }

    /** Nothing is contacted: there is no connection to any server in this environment. */
    @Test
    void twoDeclarationsAreComparedWithoutAServer() {
        folder.with("schema/001.yaml", "tables: {a: {columns: {n: int}}, gone: {columns: {n: int}}}\n")
                .with("schema.yaml", "tables: {a: {columns: {n: bigint, more: text}}}\n")
                .with("migrations/002_more.up.sql", "SELECT 1;");
        String file = folder.path().resolve("schema/001.yaml").toString();
        for (String from : new String[] {file, "001"}) {
            App.Result result = offline("diff", "--from", from, "--to", "head");
            assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitStatus.VERIFICATION_FAILED.code());
            assertThat(result.out())
                    .isEqualTo(
                            """
                            --- %s
                            +++ head
                            column a.n: type
                                integer → bigint
                            column a.more is extra
                                text
                            table gone is missing
                                1 columns
                            """
                                    .formatted(from));
            assertThat(result.err()).contains("The declarations differ in 3 place(s)", "database: Not contacted.");
        }
        assertThat(offline("diff", "--from", file, "--no-exit-code").exitCode()).isZero();
        App.Result same = offline("diff", "--from", "head", "--to", "002", "--output", "json");
        assertThat(same.exitCode()).as(same.text()).isZero();
        assertThat(Cli.json(same.out()).path("changes")).isEmpty();
        App.Result none = offline("diff", "--to", "003");
        assertThat(none.exitCode()).as(none.text()).isEqualTo(ExitStatus.CONFIG.code());
        assertThat(none.err()).contains("Nothing is declared for version 003");
        assertThat(offline("diff", "--to", "nowhere.yaml").exitCode()).isEqualTo(ExitStatus.CONFIG.code());
    }

    private App.Result offline(String... line) {
        String[] arguments = new String[line.length + 2];
        System.arraycopy(line, 0, arguments, 0, line.length);
        arguments[line.length] = "--bundle";
        arguments[line.length + 1] = folder.path().toString();
        return App.command(arguments).run();
    }

    /** Where nothing is declared, nothing was found equal. */
    @Test
    void aVersionForWhichNothingIsDeclaredIsNoEqualOne() {
        folder.with("migrations/002_more.up.sql", "SELECT 1;").with("schema.yaml", "tables: {}\n");
        assertThat(cli.fails(ExitStatus.CONFIG, "diff", "--no-exit-code").err()).contains("Nothing is declared");
        cli.succeeds("migrate", "001");
        assertThat(cli.fails(ExitStatus.CONFIG, "diff").err())
                .contains("Nothing is declared for version 001", "schemajob snapshot --file schema/001.yaml");
    }
}
