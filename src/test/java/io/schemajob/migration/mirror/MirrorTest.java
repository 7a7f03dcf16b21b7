package io.schemajob.migration.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.migration.adopt.MigrationTool;
import io.schemajob.migration.adopt.ToolRecord;
import io.schemajob.migration.history.Histories;
import io.schemajob.migration.history.History;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The choice is remembered, and a history that left the path is noticed. */
class MirrorTest {
    private final Bundle bundle = Histories.bundle("001", "002", "003");

    @ParameterizedTest
    @EnumSource(names = {"GOLANG_MIGRATE", "ALEMBIC"})
    void theNoteComesAndGoesAndLeavesTheRestOfTheCommentAlone(MigrationTool tool) {
        for (String comment : List.of("", "Do not touch! [ask Ada]")) {
            String with = MirrorComment.with(comment, tool);
            assertThat(MirrorComment.parse(with)).contains(tool);
            assertThat(MirrorComment.with(with, tool)).isEqualTo(with);
            assertThat(MirrorComment.with(with, null)).isEqualTo(comment);
            assertThat(MirrorComment.parse(comment)).isEmpty();
        }
        assertThat(MirrorComment.parse("[schemajob keeps rails in step]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, false", "3, false", "'', false"})
    void bothHistoriesHaveToSayTheSame(String theirs, boolean fine) {
        History ours = Histories.applied(bundle.migrations().subList(0, 1));
        if (fine) {
            MirrorCheck.require(bundle, ours, golang(theirs));
        } else {
            assertThat(outOfStep(bundle, ours, theirs).failure().message()).contains("our history says 001");
        }
    }

    @Test
    void whoIsAheadDecidesWhatToDo() {
        History ours = Histories.applied(bundle.migrations().subList(0, 2));
        assertThat(outOfStep(bundle, ours, "3").failure().hint()).startsWith("schemajob adopt ");
        assertThat(outOfStep(bundle, ours, "1").failure().hint())
                .contains("schemajob force 001 --yes", "schemajob force 002 --yes");
        assertThat(outOfStep(bundle, ours, "").failure().hint()).contains("schemajob force base --yes");
    }

    @Test
    void anInterruptedScriptOutsideOfATransactionIsOurOwnDoing() {
        Script up = Script.of(new TextFile("m/002_i.up.sql", "CREATE INDEX CONCURRENTLY i ON t (n)"));
        Migration index = new Migration(Version.of("002"), "i", "i", up, null);
        Bundle concurrent =
                Histories.bundle(List.of(Histories.migration("001"), index, Histories.migration("003")), List.of());
        History ours = Histories.applied(concurrent.migrations().subList(0, 1));
        assertThatCode(() -> MirrorCheck.require(concurrent, ours, golang("2"))).doesNotThrowAnyException();
        assertThat(outOfStep(concurrent, ours, "3").status()).isEqualTo(ExitStatus.HISTORY_INVALID);
    }

    @Test
    void whatTheOtherToolDoesNotKnowIsRefusedBeforehand() {
        assertThat(unnamed(Histories.bundle("1", "1.5"), MigrationTool.GOLANG_MIGRATE))
                .contains("golang-migrate does not know version 1.5,");
        Bundle huge = Histories.bundle("9223372036854775807", "9223372036854775808");
        assertThat(unnamed(huge, MigrationTool.GOLANG_MIGRATE)).contains("version 9223372036854775808,");
        assertThatCode(() -> MirrorCheck.requireNames(bundle, MigrationTool.GOLANG_MIGRATE))
                .doesNotThrowAnyException();
    }

    /** What nobody has listed could not be located by Alembic, whatever it looks like. */
    @Test
    void alembicKnowsTheRevisionsThatAreListed() {
        assertThat(unnamed(bundle, MigrationTool.ALEMBIC)).contains("Alembic does not know version 001, 002, 003,");
        assertThat(unnamed(listed("001: a1, 002: b2"), MigrationTool.ALEMBIC)).contains("version 003,");
        assertThat(unnamed(listed("001: a1, 002: b2, 003: " + "c".repeat(33)), MigrationTool.ALEMBIC))
                .contains("version 003,");
        assertThatCode(() -> MirrorCheck.requireNames(listed("001: a1, 002: b2, 003: '003'"), MigrationTool.ALEMBIC))
                .doesNotThrowAnyException();
    }

    private static Bundle listed(String revisions) {
        return Histories.bundle(
                java.util.stream.Stream.of("001", "002", "003")
                        .map(Histories::migration)
                        .toList(),
                List.of(),
                List.of(),
                java.util.Map.of("bundle.yaml", new TextFile("bundle.yaml", "revisions: {" + revisions + "}")));
    }

    private static String unnamed(Bundle bundle, MigrationTool tool) {
        SchemajobException e =
                catchThrowableOfType(SchemajobException.class, () -> MirrorCheck.requireNames(bundle, tool));
        assertThat(e).as("a refusal").isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().hint()).contains("schemajob adopt --no-keep-foreign-history");
        return e.failure().message();
    }

    private static SchemajobException outOfStep(Bundle bundle, History ours, String theirs) {
        SchemajobException e =
                catchThrowableOfType(SchemajobException.class, () -> MirrorCheck.require(bundle, ours, golang(theirs)));
        assertThat(e).as("a refusal").isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.HISTORY_INVALID);
        return e;
    }

    private static ToolRecord golang(String version) {
        List<String> versions = version.isEmpty() ? List.of() : List.of(version);
        return new ToolRecord(MigrationTool.GOLANG_MIGRATE, versions, false);
    }
}
