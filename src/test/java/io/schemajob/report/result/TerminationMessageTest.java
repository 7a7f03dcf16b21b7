package io.schemajob.report.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminationMessageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static Outcome failed(String bundle, String error, String hint) {
        RunReport report = new RunReport();
        report.bundle(bundle);
        report.fromVersion("001");
        return new Outcome(
                ExitStatus.MIGRATION_FAILED,
                Failure.of(ExitStatus.MIGRATION_FAILED, error).hint(hint),
                report);
    }

    @Property
    void isOneValidLineThatKubernetesDoesNotCut(
            @ForAll String bundle,
            @ForAll String error,
            @ForAll String hint,
            @ForAll String password,
            @ForAll @IntRange(min = 1, max = 2000) int times)
            throws IOException {
        Redactor redactor = new Redactor();
        redactor.protect(password);
        String line = TerminationMessage.render(failed(bundle, error.repeat(times), hint.repeat(times)), redactor);
        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
        assertThat(line).doesNotContain("\n", "\r");
        JsonNode node = JSON.readTree(line);
        assertThat(node.path("exitCode").asInt()).isEqualTo(80);
        assertThat(node.path("exitName").asText()).isEqualTo("MIGRATION_FAILED");
        assertThat(node.path("error").isTextual()).isTrue();
        assertThat(node.size()).isEqualTo(12);
    }

    @Property
    void shortTextsAreLeftWhole(@ForAll @IntRange(max = 1500) int length) throws IOException {
        String line = TerminationMessage.render(failed("shop", "x".repeat(length), "schemajob repair"), new Redactor());
        assertThat(JSON.readTree(line).path("error").asText()).hasSize(length);
    }

    @Test
    void theBeginningOfALongErrorStays() throws IOException {
        String line = TerminationMessage.render(
                failed("shop", "begins here " + "\u6f22".repeat(100_000), "schemajob repair"), new Redactor());
        JsonNode node = JSON.readTree(line);
        assertThat(node.path("error").asText()).startsWith("begins here \u6f22").endsWith("\u2026");
        assertThat(node.path("hint").asText()).isEqualTo("schemajob repair");
    }

    /** Half a password at the cut would not be recognised as one. */
    @Property
    void noPartOfASecretIsLeftAtTheCut(@ForAll @IntRange(max = 40) int before) {
        Redactor redactor = new Redactor();
        redactor.protect("canary-0123456789");
        String error = "x".repeat(1970 + before) + "canary-0123456789" + "y".repeat(9000);
        assertThat(TerminationMessage.render(failed("shop", error, null), redactor))
                .doesNotContain("can");
    }

    @Property
    void surrogatePairsStayWhole(@ForAll @IntRange(min = 1900, max = 2100) int before) {
        String error = "x".repeat(before) + "\ud83d\udd11".repeat(4000);
        String line = TerminationMessage.render(failed("shop", error, null), new Redactor());
        assertThat(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(line);
    }

    @Test
    void aFileThatNobodyAskedForIsNotCreated() {
        Path file = folder.resolve("termination-log");
        assertThat(TerminationMessage.write(file, false, "{}")).isNull();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatKubernetesCreatedIsFilled() throws IOException {
        Path file = Files.createFile(folder.resolve("termination-log"));
        assertThat(TerminationMessage.write(file, false, "{}")).isNull();
        assertThat(file).hasContent("{}");
    }

    @Test
    void aFileThatWasAskedForIsCreatedOrItsAbsenceExplained() {
        Path file = folder.resolve("own.json");
        assertThat(TerminationMessage.write(file, true, "{\"error\":\"\ud83d\"}"))
                .isNull();
        assertThat(file).hasContent("{\"error\":\"?\"}");
        assertThat(TerminationMessage.write(folder.resolve("no/such/folder"), true, "{}"))
                .contains("no/such/folder", "NoSuchFileException");
    }
}
