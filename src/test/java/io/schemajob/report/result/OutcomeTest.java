package io.schemajob.report.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final List<String> CONTRACT = List.of(
            "status",
            "exitCode",
            "exitName",
            "bundle",
            "fromVersion",
            "toVersion",
            "applied",
            "verified",
            "drift",
            "durationMs",
            "error",
            "hint");

    private final RunReport report = new RunReport();

    @Test
    void successTellsHowFarTheRunCame() {
        report.command("migrate");
        report.bundle("shop");
        report.fromVersion("001");
        report.applied("002_b.up.sql");
        report.applied("003_c.up.sql");
        report.toVersion("003");
        report.verified(true, List.of(new Finding(Finding.WARNING, "table x", "existence", null, "extra")));
        ObjectNode node = new Outcome(ExitStatus.OK, null, report).full();
        assertThat(node.fieldNames()).toIterable().startsWith(CONTRACT.toArray(String[]::new));
        assertThat(node.path("status").asText()).isEqualTo("success");
        assertThat(node.path("exitCode").asInt(-1)).isZero();
        assertThat(node.path("fromVersion").asText()).isEqualTo("001");
        assertThat(node.path("toVersion").asText()).isEqualTo("003");
        assertThat(node.path("applied").asInt()).isEqualTo(2);
        assertThat(node.path("verified").asBoolean()).isTrue();
        assertThat(node.path("drift").asInt(-1)).isZero();
        assertThat(node.path("error").isNull()).isTrue();
        assertThat(node.path("command").asText()).isEqualTo("migrate");
        assertThat(node.path("scripts")).hasSize(2);
        assertThat(node.path("findings")).hasSize(1);
        assertThat(node.has("where")).isFalse();
        assertThat(node.has("details")).isFalse();
    }

    @Test
    void failureTellsWhatWhereAndWhatNext() {
        report.fromVersion("001");
        report.verified(
                false,
                List.of(
                        new Finding(Finding.DRIFT, "table a", "existence", "present", null),
                        new Finding(Finding.WARNING, "table b", "existence", null, "extra")));
        report.details(JsonNodeFactory.instance.objectNode().put("more", 1));
        Failure failure = Failure.of(ExitStatus.VERIFICATION_FAILED, "It differs.")
                .where("table a")
                .sqlState("42P01")
                .databaseState("Unchanged.")
                .hint("schemajob migrate");
        ObjectNode node = new Outcome(failure.status(), failure, report).full();
        assertThat(node.path("status").asText()).isEqualTo("failure");
        assertThat(node.path("exitCode").asInt()).isEqualTo(82);
        assertThat(node.path("verified").asBoolean(true)).isFalse();
        assertThat(node.path("drift").asInt()).isEqualTo(1);
        assertThat(node.path("toVersion").asText()).isEqualTo("001");
        assertThat(node.path("error").asText()).isEqualTo("It differs.");
        assertThat(node.path("where").asText()).isEqualTo("table a");
        assertThat(node.path("sqlState").asText()).isEqualTo("42P01");
        assertThat(node.path("databaseState").asText()).isEqualTo("Unchanged.");
        assertThat(node.path("hint").asText()).isEqualTo("schemajob migrate");
        assertThat(node.path("findings").get(0).path("expected").asText()).isEqualTo("present");
        assertThat(node.path("details").path("more").asInt()).isEqualTo(1);
    }

    /** A run that waits may have to connect anew. */
    @Test
    void runBeginsAtTheVersionItSawFirst() {
        report.fromVersion(null);
        report.fromVersion("002");
        ObjectNode node = new Outcome(ExitStatus.OK, null, report).summary();
        assertThat(node.path("fromVersion").isNull()).isTrue();
        assertThat(node.path("toVersion").asText()).isEqualTo("002");
    }

    @Test
    void whatNeverHappenedIsNull() {
        ObjectNode node = new Outcome(ExitStatus.OK, null, report).summary();
        assertThat(node.fieldNames()).toIterable().containsExactlyElementsOf(CONTRACT);
        for (String field : List.of("bundle", "fromVersion", "toVersion", "verified", "error", "hint")) {
            assertThat(node.path(field).isNull()).as(field).isTrue();
        }
    }
}
