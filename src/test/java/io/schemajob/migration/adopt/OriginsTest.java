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

class OriginsTest {
    private static final AdoptRule RULE =
            new AdoptRule("Orders", "order_versions", "v", 9, Version.of("001"), "Upgrade Orders first.");
    private static final ForeignFacts TABLES = facts(Set.of("orders"), Set.of(), Map.of());
    private static final ForeignFacts NOTHING = facts(Set.of(), Set.of(), Map.of());
    private static final ForeignFacts RULED =
            facts(Set.of("orders"), Set.of("alembic_version"), Map.of("order_versions", 9L));

    private final Bundle bundle = Histories.bundle(
            Stream.of("001", "002", "003").map(Histories::migration).toList(),
            List.of(),
            List.of(RULE),
            Map.of("bundle.yaml", new TextFile("bundle.yaml", "revisions: {002: ae1027a6acf}")));

    @Test
    void golangMigrateCountsWithoutLeadingZeros() {
        Origin origin = decide(TABLES, golang(false, "2"));
        assertThat(origin.kind()).isEqualTo(Origin.Kind.TOOL);
        assertThat(origin.tool()).isEqualTo(ForeignTool.GOLANG_MIGRATE);
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
        assertThat(decide(TABLES, alembic()).kind()).isEqualTo(Origin.Kind.UNTRACKED);
        assertThat(decide(NOTHING, alembic()).kind()).isEqualTo(Origin.Kind.NOBODY);
        assertThat(decide(TABLES).kind()).isEqualTo(Origin.Kind.UNTRACKED);
        assertThat(decide(NOTHING).kind()).isEqualTo(Origin.Kind.NOBODY);
    }

    @Test
    void aRuleOfTheBundleComesFirst() {
        Origin origin = decide(RULED, alembic("of-another-application"));
        assertThat(origin).isEqualTo(new Origin(Origin.Kind.RULE, "Orders", null, Version.of("001")));
    }

    @Test
    void twoHistoriesAreAskedAbout() {
        Failure failure = refusal(TABLES, alembic("003"), golang(false, "1"));
        assertThat(failure.hint()).isEqualTo("schemajob adopt --from alembic or --from golang-migrate");
        Origins origins = new Origins(bundle, TABLES, List.of(alembic("003"), golang(false, "1")));
        assertThat(origins.decide("golang-migrate").version()).hasToString("001");
        assertThat(origins.decide("alembic").version()).hasToString("003");
        assertThat(origins.decide("untracked").kind()).isEqualTo(Origin.Kind.UNTRACKED);
    }

    @Test
    void whatIsNamedHasToBeThere() {
        Origins origins = new Origins(bundle, RULED, List.of(alembic("003")));
        assertThat(origins.decide("orders").kind()).isEqualTo(Origin.Kind.RULE);
        SchemajobException e = catchThrowableOfType(SchemajobException.class, () -> origins.decide("golang-migrate"));
        assertThat(e.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(e.failure().hint()).contains("Orders, alembic, untracked");
    }

    @Test
    void whatAnotherToolHasAppliedSinceIsSeen() {
        Version two = Version.of("002");
        assertThat(new Origins(bundle, TABLES, List.of(alembic("003")))
                        .beyond(two)
                        .orElseThrow()
                        .version())
                .hasToString("003");
        assertThat(new Origins(bundle, TABLES, List.of(alembic("ae1027a6acf"))).beyond(two))
                .isEmpty();
        assertThat(new Origins(bundle, TABLES, List.of(alembic("001"))).beyond(two))
                .isEmpty();
        assertThat(new Origins(bundle, TABLES, List.of(alembic("of-another-application"))).beyond(two))
                .isEmpty();
        Origins dirty = new Origins(bundle, TABLES, List.of(golang(true, "3")));
        assertThat(catchThrowableOfType(SchemajobException.class, () -> dirty.beyond(two))
                        .status())
                .isEqualTo(ExitStatus.HISTORY_INVALID);
    }

    @Test
    void onlyAHistoryOfThisBundleIsKept() {
        Origin nobody = Origin.nobody();
        assertThat(new Origins(bundle, NOTHING, List.of(alembic())).keepable(nobody))
                .contains(ForeignTool.ALEMBIC);
        assertThat(new Origins(bundle, NOTHING, List.of(alembic("001"))).keepable(nobody))
                .contains(ForeignTool.ALEMBIC);
        assertThat(new Origins(bundle, NOTHING, List.of(alembic("another"))).keepable(nobody))
                .isEmpty();
        assertThat(new Origins(bundle, NOTHING, List.of()).keepable(nobody)).isEmpty();
    }

    @Test
    void toolsThatListWhatIsAppliedAreAtTheNewestOfIt() {
        ForeignRecord goose = new ForeignRecord(ForeignTool.GOOSE, List.of("1", "2"), false);
        assertThat(decide(TABLES, goose))
                .isEqualTo(new Origin(Origin.Kind.TOOL, "goose", ForeignTool.GOOSE, Version.of("002")));
        assertThat(new Origins(bundle, TABLES, List.of(goose)).keepable(decide(TABLES, goose)))
                .as("only a table of the current version can be mirrored")
                .isEmpty();
        assertThat(new Origins(bundle, TABLES, List.of(goose))
                        .beyond(Version.of("001"))
                        .orElseThrow()
                        .version())
                .hasToString("002");
    }

    @Test
    void aGapOrAFailureIsNotTakenForApplied() {
        Failure gap = refusal(TABLES, new ForeignRecord(ForeignTool.GOOSE, List.of("1", "3"), false));
        assertThat(gap.message()).contains("goose_db_version", "003 is applied, but not 002");
        assertThat(gap.hint()).contains("schemajob baseline 003");
        Failure failed = refusal(TABLES, new ForeignRecord(ForeignTool.PRISMA, List.of("001_step"), true));
        assertThat(failed.message()).contains("_prisma_migrations", "failed or is not finished");
        Failure unknown = refusal(TABLES, new ForeignRecord(ForeignTool.DJANGO, List.of("auth.0001_initial"), false));
        assertThat(unknown.message()).contains("django_migrations", "auth.0001_initial", "does not know");
        assertThat(unknown.hint()).contains("schemajob baseline VERSION", "--from untracked");
    }

    @Test
    void noAnswerLeadsBackToMigrateWhereMigrateRefuses() {
        ForeignFacts undecided =
                new ForeignFacts(Set.of(), Set.of("alembic_version"), Map.of(), Map.of(), false, Set.of());
        Origins origins = new Origins(bundle, undecided, List.of(alembic("beefbeefbeef")));
        assertThat(origins.decide("untracked").kind()).isEqualTo(Origin.Kind.UNTRACKED);
    }

    private static ForeignFacts facts(Set<String> tables, Set<String> histories, Map<String, Long> versions) {
        return new ForeignFacts(tables, histories, versions, Map.of(), true, Set.of());
    }

    private Origin decide(ForeignFacts facts, ForeignRecord... records) {
        return new Origins(bundle, facts, List.of(records)).decide(null);
    }

    private Failure refusal(ForeignFacts facts, ForeignRecord... records) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, () -> decide(facts, records));
        assertThat(e).as("a refusal").isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.HISTORY_INVALID);
        assertThat(e.failure().databaseState()).isEqualTo("Nothing was changed.");
        return e.failure();
    }

    private static ForeignRecord golang(boolean dirty, String... versions) {
        return new ForeignRecord(ForeignTool.GOLANG_MIGRATE, List.of(versions), dirty);
    }

    private static ForeignRecord alembic(String... versions) {
        return new ForeignRecord(ForeignTool.ALEMBIC, List.of(versions), false);
    }
}
