package io.schemajob.report.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.report.annotation.AnnotatedReport.Result;
import io.schemajob.report.annotation.AnnotatedReport.Step;
import io.schemajob.report.annotation.Annotation.Level;
import io.schemajob.testing.SarifSchema;
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
                    new Annotation("a-rule", Level.NOTE, "a:b.sql", 2, "c", LINK),
                    new Annotation("b-rule", Level.NOTE, "/else where/c.sql", 2, "d", null)));

    @Test
    void githubsCommandsAreEscaped() {
        assertThat(GithubText.of(REPORT))
                .containsExactly(
                        "::error file=db/a%2C b%3Ac%25.sql,line=7,title=schemajob a-rule::50 %25 of%0A::error::x "
                                + LINK,
                        "::warning file=db/ä b.sql,line=1,title=schemajob b-rule::<\u0001>",
                        "::notice file=a%3Ab.sql,line=2,title=schemajob a-rule::c " + LINK,
                        "::notice file=/else where/c.sql,line=2,title=schemajob b-rule::d");
    }

    @Test
    void sarifIsValidByItsPublishedSchema() {
        ObjectNode log = SarifText.of(REPORT);
        assertThat(SarifSchema.problems(log)).isEmpty();
        assertThat(SarifSchema.problems(
                        SarifText.of(new AnnotatedReport("s", "1.0", "https://example.org", List.of(), List.of()))))
                .isEmpty();

        ((ObjectNode) log.at("/runs/0/results/0")).remove("message");
        ((ObjectNode) log.at("/runs/0/results/1")).put("level", "fatal");
        ((ObjectNode) log.at("/runs/0/results/2/locations/0/physicalLocation/artifactLocation")).put("uri", "a b");
        assertThat(SarifSchema.problems(log)).hasSize(3);
    }

    /** What the schema cannot say: rules by number, and files by an address that leads to them. */
    @Test
    void sarifNamesRulesAndFiles() {
        JsonNode run = SarifText.of(REPORT).at("/runs/0");
        JsonNode rules = run.at("/tool/driver/rules");
        assertThat(rules.findValuesAsText("id")).containsExactly("a-rule", "b-rule");
        assertThat(rules.get(0).path("helpUri").asText()).isEqualTo(LINK);
        assertThat(rules.get(1).has("helpUri")).isFalse();
        assertThat(run.path("results")).hasSameSizeAs(REPORT.annotations());
        for (int i = 0; i < REPORT.annotations().size(); i++) {
            Annotation annotation = REPORT.annotations().get(i);
            JsonNode result = run.at("/results/" + i);
            assertThat(rules.path(result.path("ruleIndex").asInt(-1)).path("id"))
                    .isEqualTo(result.path("ruleId"));
            JsonNode place = result.at("/locations/0/physicalLocation");
            assertThat(place.at("/region/startLine").asInt()).isEqualTo(annotation.line());
            URI uri = URI.create(place.at("/artifactLocation/uri").asText());
            boolean outside = annotation.file().startsWith("/");
            assertThat(URI.create("file:///").resolve(uri).getPath())
                    .isEqualTo(outside ? annotation.file() : "/" + annotation.file());
            assertThat(uri.isAbsolute()).isEqualTo(outside);
            assertThat(place.at("/artifactLocation").has("uriBaseId")).isEqualTo(!outside);
        }
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
