package io.schemajob.database.libpq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordFileTest {
    private static String password(String content) {
        try {
            Path file = Files.createTempFile("pgpass", null);
            try {
                Files.writeString(file, content);
                return PasswordFile.read(file, warning -> {}).password("db", 5433, "shop", "app");
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db:5433:shop:app:right                          | right",
                "*:*:*:*:right                                   | right",
                "other:5433:shop:app:wrong                       |",
                "db:5432:shop:app:wrong                          |",
                "db:5433:shop:other:wrong                        |",
                "db:5433:*:app                                   |",
                "'\\*:*:*:*:wrong\n*:*:*:*:right'                | right",
                "'# db:5433:shop:app:no\n\ndb:*:shop:app:right'  | right",
                "'db:*:other:app:wrong\n*:*:*:*:right\n*:*:*:*:later' | right",
                "db:5433:shop:app:a:b:c                          | a",
                "'db:5433:shop:app:a\\:b\\\\c'                   | 'a:b\\c'",
                "'db:5433:shop:app:ends\\'                       | 'ends\\'",
                "'db:5433:shop:app:\n*:*:*:*:later'              |",
                "'db:5433:shop:app:right\r\n'                     | right",
                "'db:5433:shop:app:one\rtwo'                      | 'one\rtwo'",
            })
    void theFirstMatchingLineCounts(String content, String password) {
        assertThat(password(content)).isEqualTo(password);
    }

    @Test
    void linesMayBeOfAnyLength() {
        String right = "\n*:*:*:*:right";
        for (String unit : List.of("x", ":", "\\:", "\\")) {
            assertThat(password(unit.repeat(4_000_000 / unit.length()) + right)).isEqualTo("right");
        }
        String secret = "x\\:".repeat(1_000_000);
        assertThat(password("*:*:*:*:" + secret)).isEqualTo(secret.replace("\\", ""));
    }

    @Property(tries = 200)
    void everyEscapedPasswordComesBack(@ForAll("lines") String password) {
        String escaped = password.replace("\\", "\\\\").replace(":", "\\:");
        assertThat(password("db:5433:shop:app:" + escaped + "\n")).isEqualTo(password);
    }

    @ParameterizedTest
    @CsvSource({"rw-------, true", "r--------, true", "rw-rw----, false", "rw----r--, false", "rw--w----, false"})
    void aFileThatOthersMayReadIsIgnored(String mode, boolean used) throws IOException {
        Path file = Files.createTempFile("pgpass", null);
        Files.writeString(file, "*:*:*:*:topsecret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        List<String> warnings = new ArrayList<>();
        PasswordFile passwords = PasswordFile.read(file, warnings::add);
        assertThat(passwords.password("db", 5433, "shop", "app")).isEqualTo(used ? "topsecret" : null);
        if (used) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains(file.toString(), "0600")
                    .doesNotContain("topsecret");
        }
        Files.delete(file);
    }

    @Test
    void aFolderIsIgnored() throws IOException {
        Path folder = Files.createTempDirectory("pgpass");
        List<String> warnings = new ArrayList<>();
        PasswordFile.read(folder, warnings::add);
        assertThat(warnings).singleElement().asString().contains("not a regular file");
        Files.delete(folder);
    }

    @Test
    void aPasswordThatAColonCutsIsTold() throws IOException {
        Path file = Files.createTempFile("pgpass", null);
        Files.writeString(file, "# ours\ndb:*:*:*:top:secret\n");
        List<String> warnings = new ArrayList<>();
        PasswordFile passwords = PasswordFile.read(file, warnings::add);
        assertThat(passwords.password("other", 1, "shop", "app")).isNull();
        assertThat(warnings).isEmpty();
        assertThat(passwords.password("db", 1, "shop", "app")).isEqualTo("top");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("line 2", "first colon")
                .doesNotContain("secret");
        Files.delete(file);
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.strings()
                .withChars(":\\* #%'\"@/?&+=")
                .withCharRange('a', 'f')
                .withChars('\u00e4', '\u00df', '\u20ac', '\u6f22')
                .ofMinLength(1)
                .ofMaxLength(20);
    }
}
