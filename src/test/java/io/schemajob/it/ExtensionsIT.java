package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.api.Test;

/** What {@code extensions:} in bundle.yaml promises: after a run they are there, or the run does not end with 0. */
class ExtensionsIT {
    private final Postgres.Database database = Postgres.version(17).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("bundle.yaml", "extensions: [pg_trgm]")
            .with("migrations/001_words.up.sql", "CREATE TABLE words (word text);");
    private final Cli cli = Cli.of(folder, database);

    @Test
    void missingExtensionIsDriftUntilAScriptCreatesIt() {
        for (String[] line : new String[][] {{"migrate", "--dry-run"}, {"migrate"}, {"migrate"}, {"verify"}}) {
            assertThat(cli.fails(ExitStatus.VERIFICATION_FAILED, line).err())
                    .contains("extension pg_trgm, expected installed, found missing")
                    .contains("CREATE EXTENSION IF NOT EXISTS \"pg_trgm\";");
        }
        // The version before the newest does not need it yet.
        folder.with("migrations/002_trgm.up.sql", "CREATE EXTENSION IF NOT EXISTS pg_trgm;")
                .with("migrations/002_trgm.down.sql", "DROP EXTENSION pg_trgm;");
        cli.succeeds("verify");
        assertThat(cli.succeeds("migrate").text())
                .contains("extension(s) are there, 0 check(s) found nothing; the schema was not compared");
        cli.succeeds("rollback", "-1", "--yes");
        cli.succeeds("migrate");
        cli.succeeds("verify");
        // Told once where schema.yaml names it too.
        folder.with("schema.yaml", "extensions: [pg_trgm]\ntables: {words: {columns: {word: {type: text}}}}");
        cli.succeeds("verify");
        try (OtherSession other = OtherSession.of(database)) {
            other.execute("DROP EXTENSION pg_trgm");
            assertThat(cli.fails(ExitStatus.VERIFICATION_FAILED, "verify").err())
                    .contains("differs from what is declared in 1 place(s)");
            other.execute("CREATE SCHEMA extensions", "CREATE EXTENSION pg_trgm SCHEMA extensions");
            cli.succeeds("verify");
        }
    }

    @Test
    void anOldVersionIsNotEnough() {
        folder.with("bundle.yaml", "extensions: [{name: pg_trgm, atLeast: \"1.5\"}, plpgsql]")
                .with("migrations/002_trgm.up.sql", "CREATE EXTENSION pg_trgm VERSION '1.4';");
        assertThat(cli.fails(ExitStatus.VERIFICATION_FAILED, "migrate").err())
                .contains("extension pg_trgm: version, expected 1.5 or newer, found 1.4")
                .contains("ALTER EXTENSION \"pg_trgm\" UPDATE;");
        folder.with("migrations/003_newer.up.sql", "ALTER EXTENSION pg_trgm UPDATE;");
        cli.succeeds("migrate");
        folder.with("bundle.yaml", "extensions: [{name: pg_trgm, atLeast: \"9.9\"}]")
                .with("migrations/004_more.up.sql", "SELECT 1;");
        assertThat(cli.fails(ExitStatus.PREREQUISITE_MISSING, "migrate").err())
                .contains("The extension pg_trgm is installed in version")
                .contains("pg_trgm 9.9 or newer is needed");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
    }

    @Test
    void anExtensionThatNobodyMayCreateIsRefusedBefore() {
        folder.with("bundle.yaml", "extensions: [pageinspect]");
        assertThat(cli.fails(ExitStatus.PREREQUISITE_MISSING, "migrate").err())
                .contains("is missing and this user may not create it");
    }
}
