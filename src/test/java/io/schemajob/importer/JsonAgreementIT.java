package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.ConversionException;
import io.schemajob.importer.convert.Field;
import io.schemajob.importer.convert.FieldRules;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.convert.TargetType;
import io.schemajob.testing.Postgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Thousands of texts that are JSON, or nearly: the converter and PostgreSQL agree on which are, and how they print. */
class JsonAgreementIT {
    private static final int TEXTS = 6000;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"bb\"",
        "\"é\"",
        "\"\\u00e9\"",
        "\"\\ud83e\\udd16\"",
        "1",
        "-0",
        "0.10",
        "1e2",
        "1.5E-3",
        "12345678901234567890.000",
        "true",
        "false",
        "null",
        " ",
        "\n",
        "\"\\\"\\\\\\/\"",
        "\"\u007f\"",
        "\"\\b\\f\\t\"",
        "01",
        "1.",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "tru",
        "'",
        "\"\"",
        "1e5000",
        "-",
    };

    @Test
    void agreesWithTheServer() throws SQLException, ConversionException {
        long seed = Long.getLong("schemajob.seed", System.nanoTime());
        Random random = new Random(seed);
        Field field = Field.of(TargetType.of(Kind.JSONB, "jsonb"), FieldRules.PLAIN, null);
        int valid = 0;
        try (Connection session = Postgres.version(18).createDatabase().connect();
                PreparedStatement ask = session.prepareStatement("SELECT ?::jsonb::text")) {
            for (int i = 0; i < TEXTS; i++) {
                String text = i % 3 == 0 ? pieces(random) : value(random, 4);
                String expected = server(ask, text);
                assertThat(ours(field, text)).as("seed %d: %s", seed, text).isEqualTo(expected);
                valid += expected == null ? 0 : 1;
            }
        }
        assertThat(valid).isBetween(TEXTS / 4, TEXTS);
    }

    private static String ours(Field field, String text) {
        try {
            CanonicalValue value = field.convert(SourceValue.text(text));
            return new String(value.bytes(), StandardCharsets.UTF_8);
        } catch (ConversionException e) {
            return null;
        }
    }

    /** Null if it is no JSON. */
    private static String server(PreparedStatement ask, String text) throws SQLException {
        ask.setString(1, text);
        try (ResultSet row = ask.executeQuery()) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(text).startsWith("22");
            return null;
        }
    }

    private static String pieces(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String value(Random random, int depth) {
        int choice = random.nextInt(depth > 0 ? 8 : 5);
        if (choice < 5) {
            return scalar(random);
        }
        StringBuilder text = new StringBuilder(choice == 5 ? "[" : "{");
        for (int i = random.nextInt(5); i > 0; i--) {
            if (choice != 5) {
                text.append("\"")
                        .append("kéy🤖".substring(0, random.nextInt(3)))
                        .append(random.nextInt(3))
                        .append("\" :");
            }
            text.append(value(random, depth - 1)).append(i == 1 ? "" : ",");
        }
        return text.append(choice == 5 ? "]" : "}").toString();
    }

    private static String scalar(Random random) {
        String scalar = PIECES[6 + random.nextInt(19)];
        return scalar.isBlank() ? "0" : scalar;
    }
}
