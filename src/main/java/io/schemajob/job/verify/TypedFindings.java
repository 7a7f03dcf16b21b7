package io.schemajob.job.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.catalog.VerificationReport;
import io.schemajob.catalog.Violation;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.report.result.Finding;
import io.schemajob.report.result.TypedChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Differences as findings of the report: in words for people, and with typed values for machines. */
final class TypedFindings {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TypedFindings() {}

    static List<Finding> of(Collection<Difference> differences) {
        return differences.stream().map(TypedFindings::of).toList();
    }

    /** All of a verification; what its checks found is no difference of a catalog. */
    static List<Finding> of(VerificationReport report) {
        List<Finding> findings = new ArrayList<>(of(report.differences()));
        for (Violation violation : report.violations()) {
            findings.add(new Finding(
                    Finding.DRIFT,
                    "check " + violation.file(),
                    "rows",
                    "none",
                    String.join(" | ", violation.rows()) + (violation.more() ? " | …" : "")));
        }
        return findings;
    }

    static Finding of(Difference difference) {
        return new Finding(
                difference.isDrift() ? Finding.DRIFT : Finding.WARNING,
                null,
                difference.object().toString(),
                difference.aspect(),
                difference.expected(),
                difference.found(),
                new TypedChange(
                        difference.change().name().toLowerCase(Locale.ROOT),
                        difference.object().kind(),
                        difference.object().names(),
                        difference.object().schema(),
                        json(difference.declared()),
                        json(difference.live())));
    }

    private static JsonNode json(Object value) {
        if (value instanceof Collection<?> items) {
            ArrayNode array = JSON.arrayNode();
            items.forEach(item -> array.add(json(item)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((key, member) -> object.set(String.valueOf(key), json(member)));
            return object;
        } else if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        } else if (value instanceof Number number) {
            return JSON.numberNode(number.longValue());
        }
        return value == null ? JSON.nullNode() : JSON.textNode(value.toString());
    }
}
