package io.schemajob.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.ScriptFolder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of variables is read whole and as written, or refused with its line and without its values. */
class EnvFileTest {
    private static Settings settings(String text, Map<String, String> environment) {
        String path =
                ScriptFolder.create().with(".env", text).path().resolve(".env").toString();
        return new Settings(Map.of(Setting.ENV_FILE, path), environment, name -> null).withFile();
    }

    /** The rows of a table of samples are lines themselves. */
    private static String lines(String sample) {
        return sample.replace('⏎', '\n').replace('¶', '\r');
    }

    private static String value(String line) {
        return settings(line, Map.of()).variable("PGPASSWORD");
    }

    private static String refusal(String text, Map<String, String> environment) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, () -> settings(text, environment));
        assertThat(e).as(text).isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        return e.failure().message();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '§',
            value = {
                "PGPASSWORD=a b§a b",
                "  export PGPASSWORD = a#b  # why§a#b",
                "PGPASSWORD='a # $x \"'  # why§a # $x \"",
                "PGPASSWORD=\"a \\\" # b\"§a \" # b",
                "# a comment⏎⏎PGPASSWORD=x¶⏎§x",
                "OTHER=$X ${Y}⏎OTHERS: z⏎PGPASSWORD=x§x",
                "KEY=\"-----BEGIN⏎PGPASSWORD=no⏎END-----\"⏎PGPASSWORD=yes§yes",
                "IT='s⏎PGPASSWORD=x§x",
                "nothing like a variable⏎PGPASSWORD=x§x",
            })
    void valuesAreThoseThatAreWritten(String text, String value) {
        assertThat(value(lines(text))).isEqualTo(value);
    }

    @Test
    void anEmptyValueIsUnset() {
        assertThat(value("PGPASSWORD=")).isNull();
        assertThat(value("PGPASSWORD=''")).isNull();
        assertThat(value("PGPASSWORD= # none")).isNull();
        assertThat(value("OTHER=x")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '§',
            value = {
                "⏎PGPASSWORD=pa$$word§:2: PGPASSWORD cannot be read: a dollar sign",
                "PGPASSWORD=\"${pass}word\"§a dollar sign",
                "PGPASSWORD: password§write =",
                "PGPASSWORD='password§no closing quote",
                "PGPASSWORD='pass' word§something follows",
                "PGPASSWORD=\"pass\\tword\"§a backslash",
                "PGPASSWORD=pass⏎PGPASSWORD=word§it is there twice",
            })
    void whatToolsReadInDifferentWaysIsRefused(String text, String message) {
        assertThat(refusal(lines(text), Map.of())).contains(message).doesNotContain("pass", "word\"");
    }

    /** Of two places, that of the environment. */
    @Test
    void theConnectionComesFromOnePlace() {
        String file = "DATABASE_URL=postgresql://dev\nPGHOSTADDR=127.0.0.9\nSCHEMAJOB_SCHEMA=app\n";
        Settings alone = settings(file, Map.of("DATABASE_URL", ""));
        assertThat(alone.variable("DATABASE_URL")).isEqualTo("postgresql://dev");
        assertThat(alone.environment()).containsEntry("PGHOSTADDR", "127.0.0.9");
        assertThat(alone.place("DATABASE_URL")).endsWith("/.env: DATABASE_URL");

        Settings placed = settings(file, Map.of("PGHOST", "production", "SCHEMAJOB_SCHEMA", "prod"));
        assertThat(placed.environment()).isEqualTo(Map.of("PGHOST", "production", "SCHEMAJOB_SCHEMA", "prod"));
        assertThat(placed.file().unused()).containsExactlyInAnyOrder("DATABASE_URL", "PGHOSTADDR", "SCHEMAJOB_SCHEMA");
        assertThat(placed.source(Setting.SCHEMA)).isEqualTo("variable SCHEMAJOB_SCHEMA");

        // A part of a place completes another, but never loses against it.
        assertThat(settings("PGHOST=h\nPGUSER=u\n", Map.of("PGDATABASE", "trial"))
                        .environment())
                .isEqualTo(Map.of("PGHOST", "h", "PGUSER", "u", "PGDATABASE", "trial"));
        assertThat(refusal(file, Map.of("PGDATABASE", "trial")))
                .contains("The environment has PGDATABASE", "has DATABASE_URL, which would outweigh it");
    }

    @Test
    void onlyAFileThatWasAskedForHasToBeThere() {
        ScriptFolder folder = ScriptFolder.create();
        String absent = folder.path().resolve("absent").toString();
        Settings asked = new Settings(Map.of(), Map.of("SCHEMAJOB_ENV_FILE", absent), name -> null);
        assertThat(catchThrowableOfType(SchemajobException.class, asked::withFile)
                        .failure()
                        .message())
                .contains("there is no such file");
        assertThat(new Settings(Map.of(Setting.ENV_FILE, "none"), Map.of(), name -> null)
                        .withFile()
                        .file()
                        .values())
                .isEmpty();
        assertThat(new Settings(Map.of(), Map.of(), name -> null).withFile().environment())
                .isEmpty();
    }
}
