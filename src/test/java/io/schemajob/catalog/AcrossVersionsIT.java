package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** PostgreSQL 14 to 18 give the same verdict on the same schema, whichever of them it was declared from. */
class AcrossVersionsIT {
    static final List<Integer> MAJORS = Postgres.MAJORS;
    private static final Map<Integer, Postgres.Database> DATABASES = new TreeMap<>();
    private static final Map<Integer, String> SNAPSHOTS = new TreeMap<>();

    @BeforeAll
    static void snapshotEverywhere() throws Exception {
        for (int major : MAJORS) {
            DATABASES.put(major, RichSchema.create(major));
            SNAPSHOTS.put(major, RichSchema.snapshot(DATABASES.get(major)));
        }
    }

    @ParameterizedTest
    @FieldSource("MAJORS")
    void aSnapshotOfOneVersionIsCleanOnAllOthers(int major) throws Exception {
        Schema declared = read(SNAPSHOTS.get(major));
        for (int other : MAJORS) {
            VerificationReport report = RichSchema.verify(DATABASES.get(other), declared);
            assertThat(report.differences())
                    .as("declared on %d, verified on %d", major, other)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("MAJORS")
    void writingWhatWasReadGivesTheSameText(int major) {
        String text = SNAPSHOTS.get(major);
        assertThat(SchemaYaml.write(read(text), List.of("Declared schema"))).isEqualTo(text);
    }

    @Test
    void theModelIsComplete() {
        Schema schema = read(SNAPSHOTS.get(14));
        assertThat(schema.tables()).hasSize(9);
        assertThat(schema.views()).hasSize(5);
        assertThat(schema.routines()).hasSize(6);
        assertThat(schema.sequences()).containsOnlyKeys("accounts_serial_no_seq", "ticket_seq");
        assertThat(schema.types()).containsOnlyKeys("email", "mood", "point3");
        assertThat(schema.extensions()).containsOnlyKeys("btree_gist");
        assertThat(schema.tables().get("accounts").columns()).hasSize(24);
        assertThat(schema.tables().get("accounts").triggers()).hasSize(4);
        assertThat(schema.tables().get("events_2025").indexes()).isEmpty();
        assertThat(schema.tables().get("levels").rows()).hasSize(2);
    }

    private static Schema read(String text) {
        return SchemaYaml.read(new TextFile("schema.yaml", text));
    }
}
