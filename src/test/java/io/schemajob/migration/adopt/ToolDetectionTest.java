package io.schemajob.migration.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.migration.history.Histories;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolDetectionTest {
    private static final AdoptRule RULE =
            new AdoptRule("Orders", "order_versions", "v", 9, Version.of("001"), "Upgrade Orders first.");
    private static final ToolFacts TABLES = facts(Set.of("orders"), Set.of(), Map.of());
    private static final ToolFacts NOTHING = facts(Set.of(), Set.of(), Map.of());
    private static final ToolFacts RULED =
            facts(Set.of("orders"), Set.of("alembic_version"), Map.of("order_versions", 9L));

    private final Bundle bundle = Histories.bundle(
            Stream.of("001", "002", "003").map(Histories::migration).toList(),
            List.of(),
            List.of(RULE),
            Map.of("bundle.yaml", new TextFile("bundle.yaml", "revisions: {002: ae1027a6acf}")));

    @Test
    void golangMigrateCountsWithoutLeadingZeros() {
        DetectedTool origin = decide(TABLES, golang(false, "2"));
        assertThat(origin.kind()).isEqualTo(DetectedTool.Kind.TOOL);
        assertThat(origin.tool()).isEqualTo(MigrationTool.GOLANG_MIGRATE);
        assertThat(origin.version()).hasToString("002");
    }

    @Test
    void alembicMayNameARevisionAsTheBundleOrInItsOwnWay() {
        assertThat(decide(TABLES, alembic("ae1027a6acf")).version()).hasToString("002");
        assertThat(decide(TABLES, alembic("003")).version()).hasToString("003");
        Failure failure = refusal(TABLES, alembic("002"));
        assertThat(failure.message()).contains("at 002, which bundle shop does not know", "001, ae1027a6acf, 003");
    }

    @Test
    void anUnknownRevisionIsNamed() {
        Failure failure = refusal(TABLES, alembic("beefbeefbeef"));
        assertThat(failure.message()).contains("alembic_version", "beefbeefbeef");
        assertThat(failure.hint()).contains("revisions:", "--from untracked");
        assertThat(refusal(TABLES, golang(false, "17")).message()).contains("schema_migrations", "17");
    }

    @Test
    void aDirtyVersionNamesTheScriptAndTheStatementThatClearsIt() {
        Failure failure = refusal(TABLES, golang(true, "2"));
        assertThat(failure.message()).contains("version 2", "dirty", "002_step.up.sql");
        assertThat(failure.hint())
                .contains("UPDATE schema_migrations SET dirty = false;", "SET version = N, dirty = false;");
        assertThat(refusal(TABLES, golang(true, "-1")).message()).contains("version -1", "dirty");
    }

    @Test
    void severalHeadsAreNoVersion() {
        assertThat(refusal(TABLES, alembic("001", "003")).message()).contains("2 heads", "001, 003");
    }

    @Test
    void anEmptyHistoryLeavesTheAnswerToTheTables() {
        assertThat(decide(TABLES, alembic()).kind()).isEqualTo(DetectedTool.Kind.UNTRACKED);
        assertThat(decide(NOTHING, alembic()).kind()).isEqualTo(DetectedTool.Kind.NOBODY);
        assertThat(decide(TABLES).kind()).isEqualTo(DetectedTool.Kind.UNTRACKED);
        assertThat(decide(NOTHING).kind()).isEqualTo(DetectedTool.Kind.NOBODY);
    }

    @Test
    void aRuleOfTheBundleComesFirst() {
        DetectedTool origin = decide(RULED, alembic("of-another-application"));
        assertThat(origin).isEqualTo(new DetectedTool(DetectedTool.Kind.RULE, "Orders", null, Version.of("001")));
    }

    @Test
    void twoHistoriesAreAskedAbout() {
        Failure failure = refusal(TABLES, alembic("003"), golang(false, "1"));
        assertThat(failure.hint()).isEqualTo("schemajob adopt --from alembic or --from golang-migrate");
        ToolDetection origins = new ToolDetection(bundle, TABLES, List.of(alembic("003"), golang(false, "1")));
        assertThat(origins.decide("golang-migrate").version()).hasToString("001");
        assertThat(origins.decide("alembic").version()).hasToString("003");
        assertThat(origins.decide("untracked").kind()).isEqualTo(DetectedTool.Kind.UNTRACKED);
    }

    @Test
    void whatIsNamedHasToBeThere() {
        ToolDetection origins = new ToolDetection(bundle, RULED, List.of(alembic("003")));
        assertThat(origins.decide("orders").kind()).isEqualTo(DetectedTool.Kind.RULE);
        SchemajobException e = catchThrowableOfType(SchemajobException.class, () -> origins.decide("golang-migrate"));
        assertThat(e.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(e.failure().hint()).contains("Orders, alembic, untracked");
    }

    @Test
    void whatAnotherToolHasAppliedSinceIsSeen() {
        Version two = Version.of("002");
        assertThat(new ToolDetection(bundle, TABLES, List.of(alembic("003")))
                        .appliedSince(two)
                        .orElseThrow()
                        .version())
                .hasToString("003");
        assertThat(new ToolDetection(bundle, TABLES, List.of(alembic("ae1027a6acf"))).appliedSince(two))
                .isEmpty();
        assertThat(new ToolDetection(bundle, TABLES, List.of(alembic("001"))).appliedSince(two))
                .isEmpty();
        assertThat(new ToolDetection(bundle, TABLES, List.of(alembic("of-another-application"))).appliedSince(two))
                .isEmpty();
        ToolDetection dirty = new ToolDetection(bundle, TABLES, List.of(golang(true, "3")));
        assertThat(catchThrowableOfType(SchemajobException.class, () -> dirty.appliedSince(two))
                        .status())
                .isEqualTo(ExitStatus.HISTORY_INVALID);
    }

    @Test
    void onlyAHistoryOfThisBundleIsKept() {
        DetectedTool nobody = DetectedTool.nobody();
        assertThat(new ToolDetection(bundle, NOTHING, List.of(alembic())).keepable(nobody))
                .contains(MigrationTool.ALEMBIC);
        assertThat(new ToolDetection(bundle, NOTHING, List.of(alembic("001"))).keepable(nobody))
                .contains(MigrationTool.ALEMBIC);
        assertThat(new ToolDetection(bundle, NOTHING, List.of(alembic("another"))).keepable(nobody))
                .isEmpty();
        assertThat(new ToolDetection(bundle, NOTHING, List.of()).keepable(nobody))
                .isEmpty();
    }

    @Test
    void toolsThatListWhatIsAppliedAreAtTheNewestOfIt() {
        ToolRecord goose = new ToolRecord(MigrationTool.GOOSE, List.of("1", "2"), false);
        assertThat(decide(TABLES, goose))
                .isEqualTo(new DetectedTool(DetectedTool.Kind.TOOL, "goose", MigrationTool.GOOSE, Version.of("002")));
        assertThat(new ToolDetection(bundle, TABLES, List.of(goose)).keepable(decide(TABLES, goose)))
                .as("only a table of the current version can be mirrored")
                .isEmpty();
        assertThat(new ToolDetection(bundle, TABLES, List.of(goose))
                        .appliedSince(Version.of("001"))
                        .orElseThrow()
                        .version())
                .hasToString("002");
    }

    @Test
    void aGapOrAFailureIsNotTakenForApplied() {
        Failure gap = refusal(TABLES, new ToolRecord(MigrationTool.GOOSE, List.of("1", "3"), false));
        assertThat(gap.message()).contains("goose_db_version", "003 is applied, but not 002");
        assertThat(gap.hint()).contains("schemajob baseline 003");
        Failure failed = refusal(TABLES, new ToolRecord(MigrationTool.PRISMA, List.of("001_step"), true));
        assertThat(failed.message()).contains("_prisma_migrations", "failed or is not finished");
        Failure unknown = refusal(TABLES, new ToolRecord(MigrationTool.DJANGO, List.of("auth.0001_initial"), false));
        assertThat(unknown.message()).contains("django_migrations", "auth.0001_initial", "does not know");
        assertThat(unknown.hint()).contains("schemajob baseline VERSION", "--from untracked");
    }

    @Test
    void noAnswerLeadsBackToMigrateWhereMigrateRefuses() {
        ToolFacts undecided = new ToolFacts(Set.of(), Set.of("alembic_version"), Map.of(), Map.of(), false, Set.of());
        ToolDetection origins = new ToolDetection(bundle, undecided, List.of(alembic("beefbeefbeef")));
        assertThat(origins.decide("untracked").kind()).isEqualTo(DetectedTool.Kind.UNTRACKED);
    }

    private static ToolFacts facts(Set<String> tables, Set<String> histories, Map<String, Long> versions) {
        return new ToolFacts(tables, histories, versions, Map.of(), true, Set.of());
    }

    private DetectedTool decide(ToolFacts facts, ToolRecord... records) {
        return new ToolDetection(bundle, facts, List.of(records)).decide(null);
    }

    private Failure refusal(ToolFacts facts, ToolRecord... records) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, () -> decide(facts, records));
        assertThat(e).as("a refusal").isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.HISTORY_INVALID);
        assertThat(e.failure().databaseState()).isEqualTo("Nothing was changed.");
        return e.failure();
    }

    private static ToolRecord golang(boolean dirty, String... versions) {
        return new ToolRecord(MigrationTool.GOLANG_MIGRATE, List.of(versions), dirty);
    }

    private static ToolRecord alembic(String... versions) {
        return new ToolRecord(MigrationTool.ALEMBIC, List.of(versions), false);
    }
}
