package io.schemajob.migration.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.migration.history.Histories;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AdoptRuleMatchTest {
    private static final List<Migration> MIGRATIONS = List.of(Histories.migration("001"));
    private static final Map<String, TextFile> DECLARED =
            Map.of("schema.yaml", new TextFile("schema.yaml", "tables: {}"));
    private static final AdoptRule RULE =
            new AdoptRule("Orders", "order_versions", "v", 9, Version.of("001"), "Upgrade Orders first.");

    private final Bundle declared = Histories.bundle(MIGRATIONS, List.of(), List.of(RULE), DECLARED);
    private final Bundle scriptsOnly = Histories.bundle(MIGRATIONS, List.of());

    @Property
    void aRuleCoversItsVersionAndAllAboveAndRefusesAllBelow(@ForAll long version) {
        ToolFacts facts = facts(Set.of("orders"), Set.of(), "order_versions", version);
        if (version >= RULE.atLeast()) {
            assertThat(AdoptRuleMatch.decide(declared, facts)).contains(RULE);
        } else {
            Failure failure = refusal(declared, facts);
            assertThat(failure.message()).contains("at version " + version + ";", "from version 9 on");
            assertThat(failure.hint()).isEqualTo(RULE.wayOut());
        }
    }

    @Test
    void anEmptyVersionTableIsRefusedToo() {
        assertThat(refusal(declared, facts(Set.of(), Set.of(), "order_versions", null))
                        .message())
                .contains("at version none");
    }

    @Test
    void aFreshSchemaIsNobodys() {
        assertThat(AdoptRuleMatch.decide(declared, facts(Set.of(), Set.of(), null, null)))
                .isEmpty();
        assertThat(AdoptRuleMatch.decide(scriptsOnly, facts(Set.of(), Set.of(), null, null)))
                .isEmpty();
    }

    @Test
    void tablesWithoutAnyHistoryAreRefused() {
        Failure failure = refusal(declared, facts(Set.of("orders", "lines"), Set.of(), null, null));
        assertThat(failure.message()).contains("(lines, orders)", "nothing records who created them");
        assertThat(failure.hint()).startsWith("schemajob adopt ").contains("schemajob baseline");
    }

    @Test
    void anotherToolsHistoryIsRefusedWithTheTablesOrWhereNobodyKnowsTheTables() {
        assertThat(refusal(declared, facts(Set.of("orders"), Set.of("alembic_version"), null, null))
                        .message())
                .contains("alembic_version");
        assertThat(refusal(scriptsOnly, facts(Set.of(), Set.of("schema_migrations"), Map.of(), false))
                        .message())
                .contains("schema_migrations");
    }

    @Test
    void scriptsThatNameTheirTablesDecideWhereNothingIsDeclared() {
        Failure failure = refusal(scriptsOnly, facts(Set.of("orders"), Set.of(), null, null));
        assertThat(failure.message()).contains("(orders)", "nothing records who created them");
        assertThat(failure.hint())
                .startsWith("schemajob snapshot --file schema.yaml")
                .contains("schemajob adopt", "schemajob baseline VERSION", "schemajob baseline base");
        assertThat(AdoptRuleMatch.decide(scriptsOnly, facts(Set.of(), Set.of("alembic_version"), null, null)))
                .isEmpty();
    }

    @Test
    void whereNothingSaysWhoseTheTablesAreNothingIsGuessed() {
        ToolFacts others = new ToolFacts(Set.of(), Set.of(), Map.of(), Map.of(), false, Set.of("guests"));
        assertThat(refusal(scriptsOnly, others).message()).contains("not empty (guests)");
        ToolFacts none = new ToolFacts(Set.of(), Set.of(), Map.of(), Map.of(), false, Set.of());
        assertThat(AdoptRuleMatch.decide(scriptsOnly, none)).isEmpty();
    }

    @Test
    void aRuleIsNotFollowedWhereTheTablesAreOfAnotherKind() {
        AdoptRule rule = new AdoptRule(
                "Orders", "order_versions", "v", 9, Version.of("001"), "Upgrade.", List.of("orders.id"), "Move it.");
        Bundle bundle = Histories.bundle(MIGRATIONS, List.of(), List.of(rule), DECLARED);
        for (long version : new long[] {7, 9}) {
            ToolFacts facts = new ToolFacts(
                    Set.of("orders"),
                    Set.of(),
                    Map.of("order_versions", version),
                    Map.of("order_versions", "orders.id"),
                    true,
                    Set.of());
            Failure failure = refusal(bundle, facts);
            assertThat(failure.message()).contains("of another kind: there is no orders.id");
            assertThat(failure.hint()).isEqualTo("Move it.");
        }
    }

    @Test
    void anotherToolMayLiveInTheSameSchemaWithTablesOfItsOwn() {
        assertThat(AdoptRuleMatch.decide(declared, facts(Set.of(), Set.of("alembic_version"), null, null)))
                .isEmpty();
    }

    private static Failure refusal(Bundle bundle, ToolFacts facts) {
        SchemajobException e =
                catchThrowableOfType(SchemajobException.class, () -> AdoptRuleMatch.decide(bundle, facts));
        assertThat(e).as("a refusal").isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.HISTORY_INVALID);
        assertThat(e.failure().databaseState()).isEqualTo("Nothing was changed.");
        return e.failure();
    }

    private static ToolFacts facts(
            Set<String> tables, Set<String> histories, Map<String, Long> versions, boolean certain) {
        return new ToolFacts(tables, histories, versions, Map.of(), certain, Set.of());
    }

    private static ToolFacts facts(Set<String> tables, Set<String> histories, String table, Long version) {
        Map<String, Long> versions = new HashMap<>();
        if (table != null) {
            versions.put(table, version);
        }
        return facts(tables, histories, versions, true);
    }
}
