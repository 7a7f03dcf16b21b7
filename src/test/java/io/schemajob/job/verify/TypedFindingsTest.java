package io.schemajob.job.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.catalog.diff.CodeText;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.Difference.Change;
import io.schemajob.catalog.diff.Difference.Severity;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.result.Finding;
import io.schemajob.report.result.Outcome;
import io.schemajob.report.result.RunReport;
import io.schemajob.report.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The typed changes of the JSON report hold every value as it is. */
class TypedFindingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode report(List<Finding> findings) throws Exception {
        RunReport report = new RunReport();
        report.found(findings);
        return JSON.readTree(
                Printable.json(new Outcome(ExitStatus.OK, null, report).full().toString()));
    }

    @Property
    void nothingIsLost(
            @ForAll Change change,
            @ForAll("told") Severity severity,
            @ForAll("names") List<String> names,
            @ForAll("values") Object declared,
            @ForAll("values") Object live)
            throws Exception {
        ObjectIdentity object = ObjectIdentity.worded("policy", "policy %s", names.toArray(String[]::new));
        Difference difference = new Difference(change, object, "using", declared, live, null, severity);
        JsonNode typed =
                report(TypedFindings.of(List.of(difference))).path("changes").path(0);
        assertThat(typed.path("change").asText()).isEqualTo(change.name().toLowerCase(Locale.ROOT));
        assertThat(typed.path("kind").asText()).isEqualTo("policy");
        assertThat(typed.path("severity").asText()).isEqualTo(severity.name().toLowerCase(Locale.ROOT));
        assertThat(typed.path("aspect").asText()).isEqualTo("using");
        assertThat(value(typed.path("names"))).isEqualTo(names);
        assertThat(typed.path("object").asText()).isEqualTo(String.join(".", names));
        assertThat(value(typed.get("expected"))).isEqualTo(plain(declared));
        assertThat(value(typed.get("found"))).isEqualTo(plain(live));
    }

    private static Object plain(Object value) {
        return value instanceof CodeText code ? code.text() : value;
    }

    private static Object value(JsonNode node) {
        if (node.isArray()) {
            List<Object> items = new ArrayList<>();
            node.forEach(item -> items.add(value(item)));
            return items;
        } else if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.fields().forEachRemaining(field -> map.put(field.getKey(), value(field.getValue())));
            return map;
        } else if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.isNumber() ? node.longValue() : node.textValue();
    }

    /** Silent ones are left out before they reach a report. */
    @Provide
    Arbitrary<Severity> told() {
        return Arbitraries.of(Severity.DRIFT, Severity.WARNING);
    }

    @Provide
    Arbitrary<List<String>> names() {
        return text().filter(text -> !text.isEmpty()).list().ofMinSize(1).ofMaxSize(3);
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.oneOf(
                        text().map(value -> (Object) value),
                        text().map(CodeText::new),
                        text().list().ofMaxSize(4).map(value -> value),
                        Arbitraries.maps(text(), text().injectNull(0.2))
                                .ofMaxSize(3)
                                .map(value -> value),
                        Arbitraries.longs().map(value -> value),
                        Arbitraries.of(true, false).map(value -> value))
                .injectNull(0.1);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings()
                .withChars('a', 'b', ' ', '\n', '\r', '\t', '"', '\'', '\\', ',', '=', '%', '\u202e', 'é', '表')
                .ofMaxLength(40);
    }

    /** In a fleet each says which target it is about; what checks found is no change of a catalog. */
    @Test
    void ofAFleetEachNamesItsTarget() throws Exception {
        Difference missing = Difference.missing(ObjectIdentity.column("t", "a"), "text", null, Severity.DRIFT);
        JsonNode report = report(List.of(
                TypedFindings.of(missing).in("acme"),
                new Finding(Finding.DRIFT, "check verify/a.sql", "rows", "none", "n=1")));
        assertThat(report.path("changes")).hasSize(1);
        assertThat(report.path("changes").path(0))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"target":"acme","change":"missing","kind":"column","object":"t.a","names":["t","a"],
                                 "aspect":"existence","severity":"drift","expected":"text","found":null}
                                """));
        assertThat(report.path("findings").path(0).path("object").asText()).isEqualTo("acme: column t.a");
    }
}
