package io.schemajob.catalog.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlNamesTest {
    @Test
    void aNameInALiteralIsReadWithItsQuotes() {
        assertThat(SqlNames.mentioned("nextval('\"orders_some id_seq\"'::regclass)"))
                .contains("orders_some id_seq");
        assertThat(SqlNames.mentioned("nextval('app.\"a.b \"\"c\"\"\"'::regclass)"))
                .contains("app", "a.b \"c\"");
        assertThat(SqlNames.mentioned("nextval('app.ticket_seq')")).contains("app", "ticket_seq");
    }

    @Test
    void textIsNoName() {
        assertThat(SqlNames.mentioned("'two words'")).isEmpty();
        assertThat(SqlNames.mentioned("'open'::text")).doesNotContain("open");
        assertThat(SqlNames.mentioned("'f(integer)'")).isEmpty();
    }
}
