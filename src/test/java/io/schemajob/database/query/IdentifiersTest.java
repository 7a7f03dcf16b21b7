package io.schemajob.database.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdentifiersTest {
    /** PostgreSQL reads {@code U&"…"} back as the name. */
    @Test
    void aNameThatCannotBeSeenIsSpelledOut() {
        assertThat(Identifiers.shown("größer \"x\"")).isEqualTo("\"größer \"\"x\"\"\"");
        assertThat(Identifiers.shown("a\nb\\\"\u202e")).isEqualTo("U&\"a\\+00000ab\\\\\"\"\\+00202e\"");
    }
}
