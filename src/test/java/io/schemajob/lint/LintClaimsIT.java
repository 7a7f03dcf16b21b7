package io.schemajob.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.sql.Statement;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.sql.LockMode;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rules say that PostgreSQL does, the oldest and the newest supported server do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LintClaimsIT {
    private static final Set<Integer> MAJORS = Set.of(14, 18);

    private static final Set<Rule> REWRITES =
            Set.of(Rule.VOLATILE_DEFAULT, Rule.SERIAL_COLUMN, Rule.STORED_GENERATED_COLUMN, Rule.TABLE_REWRITE);

    /** What a server says at level DEBUG1 while it does what the rule warns of. */
    private static final Map<Rule, String> MESSAGES = Map.of(
            Rule.SET_NOT_NULL_UNCHECKED, "verifying table \"(%s)\"",
            Rule.CHECK_WITHOUT_NOT_VALID, "verifying table \"(%s)\"",
            Rule.FOREIGN_KEY_WITHOUT_NOT_VALID, "validating foreign key constraint \"(payments|orders)_.*",
            Rule.UNIQUE_WITHOUT_INDEX, "building index .* on table \"(%s)\".*",
            Rule.EXCLUSION_CONSTRAINT, "building index .* on table \"(%s)\".*",
            Rule.INDEX_NOT_CONCURRENT, "building index .* on table \"(%s|events_2025)\".*",
            Rule.REINDEX_NOT_CONCURRENT, "building index .* on table \"(%s)\".*",
            Rule.TYPE_CHANGE_REWRITE, "(rewriting table|building index .* on table) \"(%s)\".*");

    /** Scripts that cannot work, and the error that says so. */
    private static final Map<Rule, String> REFUSED = Map.of(
            Rule.NEEDS_OWN_SCRIPT, "25001",
            Rule.NOT_NULL_WITHOUT_DEFAULT, "23502",
            Rule.ENUM_VALUE_USED, "55P04");

    private final Map<Integer, Server> servers = new TreeMap<>();

    @BeforeAll
    void start() throws SQLException {
        for (int major : MAJORS) {
            servers.put(major, Server.start(major, Sample.before()));
        }
    }

    @AfterAll
    void stop() throws SQLException {
        for (Server server : servers.values()) {
            server.close();
        }
    }

    static Stream<Arguments> samples() {
        return MAJORS.stream().sorted().flatMap(major -> Sample.all().stream()
                .filter(sample -> sample.since() <= major)
                .filter(LintClaimsIT::runsInTransaction)
                .map(sample -> Arguments.of(major, sample)));
    }

    /** A statement that must be alone can be tried only where the rule says that it is not. */
    private static boolean runsInTransaction(Sample sample) {
        boolean alone = sample.outline().statements().stream()
                .anyMatch(statement -> statement.kind() == Statement.Kind.NON_TRANSACTIONAL);
        return !alone || sample.rule() == Rule.NEEDS_OWN_SCRIPT && sample.flagged();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void serversDoWhatTheRuleSays(int major, Sample sample) throws SQLException {
        Server.Effect effect = servers.get(major).run(sample.outline().statements());
        if (sample.flagged() && REFUSED.containsKey(sample.rule())) {
            assertThat(effect.sqlState()).as("%s", effect).isEqualTo(REFUSED.get(sample.rule()));
            return;
        }
        if (sample.title().contains("refuse")) {
            // A refusal hides nothing, so there is nothing to warn of.
            assertThat(effect.sqlState()).as("%s", effect).isEqualTo("42501");
            return;
        }
        assertThat(effect.sqlState()).as("%s", effect).isNull();
        assertThat(effect.locks()).as("locks").isEqualTo(expectedLocks(sample, effect));
        if (REWRITES.contains(sample.rule())) {
            assertThat(!effect.rewritten().isEmpty())
                    .as("rewritten: %s", effect)
                    .isEqualTo(sample.flagged());
        }
        String message = MESSAGES.get(sample.rule());
        if (message != null) {
            String pattern = message.replace("%s", "orders|customers|payments|totals|events|events_2026");
            assertThat(effect.messages().stream().anyMatch(text -> text.matches(pattern)))
                    .as("the message %s in %s", pattern, effect.messages())
                    .isEqualTo(sample.flagged());
        }
    }

    /** What locks a partitioned table locks its partitions too. */
    private static Map<String, LockMode> expectedLocks(Sample sample, Server.Effect effect) {
        Map<String, LockMode> expected = new TreeMap<>();
        sample.lint().locks().forEach(lock -> expected.put(lock.table().name(), lock.mode()));
        if (expected.containsKey("events") && effect.locks().containsKey("events_2025")) {
            expected.put("events_2025", expected.get("events"));
        }
        return expected;
    }
}
