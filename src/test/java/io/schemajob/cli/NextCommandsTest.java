package io.schemajob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.job.Setting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextCommandsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schemajob migrate | schemajob migrate --bundle db",
                "schemajob adopt takes the schema over | schemajob adopt --bundle db takes the schema over",
                "schemajob adopt (first with --dry-run) | schemajob adopt --bundle db (first with --dry-run)",
                "schemajob repair && schemajob migrate | schemajob repair --bundle db && schemajob migrate --bundle db",
                "or: schemajob baseline VERSION. | or: schemajob baseline VERSION --bundle db.",
                "schemajob force 001 --yes only says so. | schemajob force 001 --yes --bundle db only says so.",
                "schemajob down -all --yes, or not | schemajob down -all --yes --bundle db, or not",
                "schemajob rollback -1 --yes; data is lost | schemajob rollback -1 --yes --bundle db; data is lost",
                "schemajob snapshot --file schema.yaml writes it | schemajob snapshot --file schema.yaml --bundle db writes it",
                "schemajob adopt --from alembic | schemajob adopt --from alembic --bundle db",
                "schemajob maintain --task 'a b' | schemajob maintain --task 'a b' --bundle db",
                "schemajob import sqlite FILE --suggest writes one | schemajob import sqlite FILE --suggest --bundle db writes one",
                "schemajob fleet migrate with the same targets | schemajob fleet migrate --bundle db with the same targets",
                "schemajob new NAME --bundle ./FOLDER | schemajob new NAME --bundle ./FOLDER",
                "schemajob keeps it in step | schemajob keeps it in step",
                "(schemajob verify). Then | (schemajob verify --bundle db). Then",
                "Run the job again. | Run the job again.",
            })
    void optionsOfTheRunFollowTheCommand(String hint, String completed) {
        assertThat(NextCommands.complete(hint, Map.of(Setting.BUNDLE, "db", Setting.DEADLINE, "5m")))
                .isEqualTo(completed);
    }

    @Test
    void severalOptionsAreQuotedForAShell() {
        assertThat(NextCommands.complete("schemajob adopt", Map.of(Setting.SCHEMA, "my app")))
                .isEqualTo("schemajob adopt --schema 'my app'");
    }

    @Test
    void whatCameByVariablesNeedsNoOption() {
        assertThat(NextCommands.complete("schemajob adopt", Map.of())).isEqualTo("schemajob adopt");
        assertThat(NextCommands.complete(null, Map.of(Setting.BUNDLE, "db"))).isNull();
    }
}
