package io.schemajob.bundle.script.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.script.file.ScriptName.Role;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.internal.resource.ResourceName;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptNameTest {
    @ParameterizedTest
    @CsvSource({
        "001_create_tables.up.sql,                GOLANG_MIGRATE, UP,         001,           create tables",
        "001_create_tables.down.sql,              GOLANG_MIGRATE, DOWN,       001,           create tables",
        "20241207_0001_x.up.sql,                  GOLANG_MIGRATE, UP,         20241207,      0001 x",
        "1_a.up.down.sql,                         GOLANG_MIGRATE, DOWN,       1,             a.up",
        "V1__first.sql,                           FLYWAY,         UP,         1,             first",
        "V1.2.3__two_words.sql,                   FLYWAY,         UP,         1.2.3,         two words",
        "V20241207_0001__initial_schema.sql,      FLYWAY,         UP,         20241207_0001, initial schema",
        "U20241207_0001__initial_schema.sql,      FLYWAY,         DOWN,       20241207_0001, initial schema",
        "R__views.sql,                            FLYWAY,         REPEATABLE, ,              views",
    })
    void readsBothStyles(String file, NamingStyle style, Role role, String version, String description) {
        ScriptName name = ScriptName.parse(file).orElseThrow();
        assertThat(name.style()).isEqualTo(style);
        assertThat(name.role()).isEqualTo(role);
        assertThat(name.version()).isEqualTo(version == null ? null : Version.of(version));
        assertThat(name.description()).isEqualTo(description);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "001_x.sql",
                "001_.up.sql",
                "001.up.sql",
                "x_001.up.sql",
                "V1_x.sql",
                "V__x.sql",
                "V1__.sql",
                "V1.sql",
                "v1__x.sql",
                "R1__x.sql",
                "V1..2__x.sql",
                "V1.__x.sql",
                "001_x.up.SQL",
                "beforeMigrate.sql",
                "-1_x.up.sql"
            })
    void refusesWhatFitsNoStyle(String file) {
        assertThat(ScriptName.parse(file)).isEmpty();
    }

    @Property(tries = 300)
    void agreesWithFlywayOnItsOwnNames(@ForAll("versions") String version, @ForAll("descriptions") String words) {
        agree(new ClassicConfiguration(), "V" + version + "__" + words + ".sql");
    }

    @Property(tries = 300)
    void agreesWithFlywayOnNamesOfGolangMigrate(
            @ForAll("numbers") String version, @ForAll("descriptions") String words) {
        ClassicConfiguration flyway = new ClassicConfiguration();
        flyway.setSqlMigrationPrefix("");
        flyway.setSqlMigrationSeparator("_");
        flyway.setSqlMigrationSuffixes(".up.sql");
        agree(flyway, version + "_" + words + ".up.sql");
    }

    private static void agree(ClassicConfiguration flyway, String file) {
        ResourceName theirs = new ResourceNameParser(flyway).parse(file);
        ScriptName ours = ScriptName.parse(file).orElseThrow();
        assertThat(theirs.isValid()).isTrue();
        assertThat(ours.description()).isEqualTo(theirs.getDescription());
        assertThat(ours.version()).isEqualTo(Version.of(theirs.getVersion().getVersion()));
    }

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(14);
    }

    @Provide
    Arbitrary<String> versions() {
        return numbers().list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join("_", parts));
    }

    @Provide
    Arbitrary<String> descriptions() {
        return Arbitraries.strings().withChars("ab_.- 1é").ofMinLength(1).ofMaxLength(20);
    }
}
