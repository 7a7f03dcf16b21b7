package io.schemajob.importer.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Numbers that a PostgreSQL 18 gave. {@code ImportTypesIT} compares with every supported version. */
class PostgresHashTest {
    @Test
    void hashesBytesAsTheServerDoes() {
        assertThat(PostgresHash.ofBytes(text("Schemajob"), 42)).isEqualTo(1895030914615040085L);
        assertThat(PostgresHash.ofBytes(text(""), 0)).isEqualTo(-6939563903564495251L);
        assertThat(PostgresHash.ofBytes(text("abcdefghijkl"), -5)).isEqualTo(-4048106374316729991L);
        byte[] uuid = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
        assertThat(PostgresHash.ofBytes(uuid, 1)).isEqualTo(-5773200056445161607L);
    }

    @Test
    void hashesNumbersAsTheServerDoes() {
        assertThat(PostgresHash.ofLong(-3, 7)).isEqualTo(4734684612700091724L);
        assertThat(PostgresHash.ofLong(123456789012L, 0)).isEqualTo(5990271995538752477L);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
