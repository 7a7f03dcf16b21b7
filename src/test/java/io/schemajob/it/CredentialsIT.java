package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that hands a connection to a container with psql or pg_dump; no server is needed to write it. */
class CredentialsIT {
    private static final String NASTY =
            "@:/?#%&+ '\"\\`$(id)$HOME;|<>*!~{}[]^=,\u00e4\u00f6\u00df\u20ac\u6f22\ud83d\udd11";

    @TempDir
    Path folder;

    private static App credentials(Path file) {
        return App.of("credentials", "--file", file.toString())
                .env("PGHOST", "db-1,db-2")
                .env("PGPORT", "5433")
                .env("PGDATABASE", "it's a \"database\"")
                .env("PGUSER", "us er'\\")
                .env("PGPASSWORD", NASTY)
                .env("PGSSLMODE", "verify-full")
                .env("PGSSLROOTCERT", "/etc/c a.crt");
    }

    @Test
    void aShellReadsBackEveryCharacterAndNobodyElseMayRead() throws Exception {
        Path file = folder.resolve("pg_env.sh");
        Files.writeString(file, "export PGPASSWORD='of the last run'\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        App.Result result = Cli.succeeded(credentials(file).run());

        assertThat(result.out())
                .contains("export PGUSER=", "==> Credentials written to " + file)
                .doesNotContain("PGPASSWORD");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(files()).containsExactly("pg_env.sh");
        assertThat(sourced(file, "PGPASSWORD")).isEqualTo(NASTY);
        assertThat(sourced(file, "PGHOST")).isEqualTo("db-1,db-2");
        assertThat(sourced(file, "PGPORT")).isEqualTo("5433,5433");
        assertThat(sourced(file, "PGDATABASE")).isEqualTo("it's a \"database\"");
        assertThat(sourced(file, "PGUSER")).isEqualTo("us er'\\");
        assertThat(sourced(file, "PGSSLMODE")).isEqualTo("verify-full");
        assertThat(sourced(file, "PGSSLROOTCERT")).isEqualTo("/etc/c a.crt");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefusedAndNothingIsLeft() throws IOException {
        Path missing = folder.resolve("missing/pg_env.sh");
        App.Result refused = Cli.failed(ExitStatus.CONFIG, credentials(missing).run());
        assertThat(refused.err()).contains("could not be written to " + missing, "emptyDir");

        Path directory = Files.createDirectories(folder.resolve("a-folder/inside"));
        Cli.failed(ExitStatus.CONFIG, credentials(directory.getParent()).run());
        assertThat(files()).containsExactly("a-folder");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String sourced(Path file, String variable) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(
                        "sh", "-euc", ". \"$0\"; sh -c 'printf %s \"$" + variable + "\"'", file.toString())
                .redirectErrorStream(true)
                .start();
        String value = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(value).isZero();
        return value;
    }
}
