package io.schemajob.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.RequiredExtension;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.testing.Matrix;
import io.schemajob.testing.PgVector;
import io.schemajob.testing.Postgres;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The declared schema of each built-in bundle says what its scripts make: not less, not more, on every server. */
class BundleSchemaIT {
    static Stream<Arguments> everywhere() {
        return BundleLoader.builtInNames().stream()
                .flatMap(bundle -> majors(bundle).stream().map(major -> Arguments.of(bundle, major)));
    }

    static List<String> bundles() {
        return BundleLoader.builtInNames();
    }

    private static List<Integer> majors(String bundle) {
        return BundleLoader.load(bundle).extensions().contains(new RequiredExtension("vector", null))
                ? PgVector.MAJORS
                : Postgres.MAJORS;
    }

    private static BundleDatabase migrated(String bundle, int major) throws SQLException {
        if (majors(bundle).equals(PgVector.MAJORS)) {
            PgVector.install(major);
        }
        BundleDatabase database = BundleDatabase.administered(major, bundle);
        database.up();
        return database;
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void scriptsMakeExactlyWhatIsDeclared(String bundle, int major) throws SQLException {
        try (BundleDatabase database = migrated(bundle, major)) {
            var report = database.verify();
            assertThat(report.declared()).isTrue();
            assertThat(report.differences()).isEmpty();
            assertThat(report.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void downLeavesNothingAndUpAgainGivesTheSameCatalog(String bundle, int major) throws SQLException {
        try (BundleDatabase database = migrated(bundle, major)) {
            List<String> first = database.catalog();
            assertThat(first).isNotEmpty();
            database.down();
            assertThat(database.catalog()).isEmpty();
            database.up();
            assertThat(database.catalog()).isEqualTo(first);
            assertThat(database.verify().clean()).isTrue();
        }
    }

    /** On the newest server alone: how servers differ is the concern of the comparison's own tests. */
    @ParameterizedTest
    @MethodSource("bundles")
    void everySingleDamageIsFound(String bundle) throws SQLException {
        try (BundleDatabase database = migrated(bundle, Postgres.NEWEST)) {
            List<String> damages = database.damages();
            assertThat(damages).hasSizeGreaterThan(40);
            for (String damage : Matrix.every(3, damages)) {
                assertThat(database.verifyAfter(damage).drift()).as(damage).isNotEmpty();
            }
            assertThat(database.verify().clean()).isTrue();
        }
    }

    @Test
    void aCheckThatTheDamageBreaksDoesNotHideIt() throws SQLException {
        try (BundleDatabase database = migrated("bindu", Postgres.NEWEST)) {
            var report = database.verifyAfter("ALTER TABLE tasks DROP COLUMN history");
            assertThat(report.drift())
                    .anySatisfy(difference -> assertThat(difference.toString()).contains("column tasks.history"));
            assertThat(report.violations()).singleElement().satisfies(violation -> {
                assertThat(violation.file()).isEqualTo("verify/json_shapes.sql");
                assertThat(violation.rows())
                        .singleElement()
                        .asString()
                        .startsWith("could not run: verify/json_shapes.sql:")
                        .contains("history");
            });
        }
    }

    /** Damage that no table shows, on bundles whose schema.yaml is not their user's to write. */
    @ParameterizedTest
    @CsvSource({
        "agent-executor, checkpoints, false",
        "agent-platform, workflow_executions, true",
        "bindu, task_feedback, true",
        "minion, agent_tools, true"
    })
    void rulesAndSwitchedOffTriggersAreFound(String bundle, String table, boolean hasKeys) throws SQLException {
        try (BundleDatabase database = migrated(bundle, 16)) {
            String rule = "CREATE RULE swallow AS ON INSERT TO " + table + " DO INSTEAD NOTHING";
            assertThat(database.verifyAfter(rule).drift())
                    .extracting(difference -> difference.object().toString())
                    .containsExactly("rule swallow on " + table);
            if (hasKeys) {
                assertThat(database.verifyAfter("ALTER TABLE " + table + " DISABLE TRIGGER ALL")
                                .drift())
                        .isNotEmpty()
                        .allMatch(difference -> difference.object().toString().contains("trigger"));
            }
            // What whoever runs the database tunes is not drift; the bundle is compared strictly here.
            assertThat(database.verifyAfter("ALTER TABLE " + table + " SET (autovacuum_vacuum_scale_factor = 0.01)")
                            .differences())
                    .singleElement()
                    .satisfies(difference -> assertThat(difference.expected()).isEqualTo(Difference.NOT_DECLARED));
        }
    }
}
