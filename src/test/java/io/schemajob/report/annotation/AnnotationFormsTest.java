package io.schemajob.report.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.annotation.AnnotatedReport.Result;
import io.schemajob.report.annotation.AnnotatedReport.Step;
import io.schemajob.report.annotation.Annotation.Level;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What code hosts read: nothing of a message or a file name can end a command, an attribute or a string. */
class AnnotationFormsTest {
    private static final String LINK = "https://example.org/blob/v1/docs/lint.md#a-rule";
    private static final AnnotatedReport REPORT = new AnnotatedReport(
            "sh<op>",
            "1.0",
            "https://example.org",
            List.of(
                    new Step("bundle", Result.PASSED, "it can be read"),
                    new Step("lint", Result.FAILED, "1 \"error\" & more\n"),
                    new Step("down", Result.SKIPPED, "no down script")),
            List.of(
                    new Annotation("a-rule", Level.ERROR, "db/a, b:c%.sql", 7, "50 % of\n::error::x", LINK),
                    new Annotation("b-rule", Level.WARNING, "db/ä b.sql", 1, "<\u0001>", null),
                    new Annotation("a-rule", Level.NOTE, "db/c.sql", 2, "c", LINK)));

    @Test
    void githubsCommandsAreEscaped() {
        assertThat(GithubText.of(REPORT))
                .containsExactly(
                        "::error file=db/a%2C b%3Ac%25.sql,line=7,title=schemajob a-rule::50 %25 of%0A::error::x "
                                + LINK,
                        "::warning file=db/ä b.sql,line=1,title=schemajob b-rule::<\u0001>",
                        "::notice file=db/c.sql,line=2,title=schemajob a-rule::c " + LINK);
    }

    /** The properties that the schema of SARIF 2.1.0 requires, with their types and the values that it allows. */
    @Test
    void sarifHasWhatItsSchemaRequires() {
        JsonNode log = SarifText.of(REPORT);
        assertThat(log.path("version").asText()).isEqualTo("2.1.0");
        assertThat(log.path("runs")).hasSize(1);
        JsonNode run = log.at("/runs/0");
        assertThat(run.at("/tool/driver/name").asText()).isEqualTo("schemajob");
        assertThat(run.at("/columnKind").asText()).isIn("utf16CodeUnits", "unicodeCodePoints");
        JsonNode rules = run.at("/tool/driver/rules");
        assertThat(rules.findValuesAsText("id"))
                .containsExactly("a-rule", "b-rule")
                .doesNotHaveDuplicates();
        assertThat(run.path("results")).hasSize(3);
        for (JsonNode result : run.path("results")) {
            assertThat(result.at("/message/text").isTextual()).isTrue();
            assertThat(result.path("level").asText()).isIn("none", "note", "warning", "error");
            assertThat(rules.path(result.path("ruleIndex").asInt(-1)).path("id"))
                    .isEqualTo(result.path("ruleId"));
            JsonNode place = result.at("/locations/0/physicalLocation");
            assertThat(place.at("/region/startLine").asInt()).isPositive();
            URI uri = URI.create(place.at("/artifactLocation/uri").asText());
            assertThat(uri.isAbsolute()).isFalse();
            assertThat(place.at("/artifactLocation/uriBaseId").asText()).isEqualTo("%SRCROOT%");
        }
        assertThat(run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("db/a,%20b:c%25.sql");
        assertThat(rules.get(0).path("helpUri").asText()).isEqualTo(LINK);
        assertThat(rules.get(1).has("helpUri")).isFalse();
    }

    @Test
    void junitIsWellFormedAndCounts() throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(JunitText.of(REPORT).getBytes(StandardCharsets.UTF_8)));
        Element suites = document.getDocumentElement();
        assertThat(suites.getAttribute("tests")).isEqualTo("3");
        assertThat(suites.getAttribute("failures")).isEqualTo("1");
        assertThat(suites.getAttribute("skipped")).isEqualTo("1");
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        Element failure = (Element) document.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("1 \"error\" & more\n");
        assertThat(document.getElementsByTagName("system-out").item(0).getTextContent())
                .contains("db/a, b:c%.sql:7: error: 50 % of\n::error::x (a-rule)", "<?>");
    }
}
