package io.schemajob.report.annotation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** SARIF 2.1.0 (OASIS), which code hosts keep between runs. */
public final class SarifText {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private SarifText() {}

    public static ObjectNode of(AnnotatedReport report) {
        ObjectNode log = JsonNodeFactory.instance.objectNode();
        log.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "schemajob").put("version", report.version()).put("informationUri", report.home());
        ArrayNode rules = driver.putArray("rules");
        List<String> known = new ArrayList<>();
        ArrayNode results = run.putArray("results");
        for (Annotation found : report.annotations()) {
            if (!known.contains(found.rule())) {
                known.add(found.rule());
                ObjectNode rule = rules.addObject().put("id", found.rule());
                if (found.link() != null) {
                    rule.put("helpUri", found.link());
                }
            }
            results.add(result(found, known.indexOf(found.rule())));
        }
        run.put("columnKind", "utf16CodeUnits");
        return log;
    }

    private static ObjectNode result(Annotation found, int rule) {
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("ruleId", found.rule())
                .put("ruleIndex", rule)
                .put("level", found.level().toString());
        result.putObject("message").put("text", found.message());
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", uri(found.file())).put("uriBaseId", "%SRCROOT%");
        place.putObject("region").put("startLine", found.line());
        return result;
    }

    private static String uri(String path) {
        try {
            return new URI(null, null, path.startsWith("/") ? path : "./" + path, null)
                    .toASCIIString()
                    .substring(path.startsWith("/") ? 0 : 2);
        } catch (URISyntaxException e) {
            return path;
        }
    }
}
