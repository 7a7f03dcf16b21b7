package io.schemajob.importer.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdsTest {
    /** What Python's {@code uuid.uuid5} gives; an application can compute them too. */
    @ParameterizedTest
    @CsvSource({
        "agents, a-1, eb732166-b73f-5699-9080-3226c8ffef2a",
        "agents, 7, 9fe9dee6-536b-5b96-a163-bbc6689a44b6",
        "tasks, a-1, aa4d0f25-01ab-5484-8754-3acbf41cec49",
        "agents, Größe/🤖, c6d45df3-620b-5595-870b-dea2c3fa2e9b",
    })
    void makesVersion5OfTableAndOldId(String table, String old, String expected) {
        assertThat(id(table, old)).hasToString(expected);
    }

    @Test
    void keepsWhatIsAUuidAlready() {
        UUID uuid = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
        assertThat(id("agents", uuid.toString())).isEqualTo(uuid);
        assertThat(id("agents", uuid.toString().toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(uuid);
        assertThat(id("agents", uuid.toString().replace("-", ""))).isEqualTo(uuid);
    }

    @ParameterizedTest
    @CsvSource({
        "0f8fad5b-d9cb-469f-a165-70867728950",
        "0f8fad5b-d9cb-469f-a165-70867728950g",
        "0f8fad5bd-9cb-469f-a165-70867728950e",
        "{0f8fad5b-d9cb-469f-a165-7086772895}",
        "00000000000000000000000000000000000-",
    })
    void makesANewOneOfWhatOnlyLooksLikeIt(String text) {
        assertThat(id("agents", text).version()).isEqualTo(5);
    }

    @Property
    void keepsEveryUuid(@ForAll long most, @ForAll long least) {
        UUID uuid = new UUID(most, least);
        assertThat(id("t", uuid.toString())).isEqualTo(uuid);
    }

    @Property
    void givesTheSameIdEveryTimeAndAnotherForAnotherTable(@ForAll String old) {
        assertThat(id("a", old)).isEqualTo(id("a", old));
        if (Ids.parse(old.getBytes(StandardCharsets.UTF_8)) == null) {
            assertThat(id("a", old)).isNotEqualTo(id("b", old));
            assertThat(id("a", old).variant()).isEqualTo(2);
        }
    }

    private static UUID id(String table, String old) {
        return Ids.toUuid(new Ids(table).of(old.getBytes(StandardCharsets.UTF_8)));
    }
}
