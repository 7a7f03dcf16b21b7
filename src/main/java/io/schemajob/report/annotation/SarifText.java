package io.schemajob.report.annotation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
        artifact(found.file(), place.putObject("artifactLocation"));
        place.putObject("region").put("startLine", found.line());
        return result;
    }

    /** A path from the root of the repository is relative to it; one that is outside stands for itself (3.4.4). */
    private static void artifact(String path, ObjectNode location) {
        boolean outside = path.startsWith("/");
        try {
            URI uri = new URI(outside ? "file" : null, outside ? "" : null, outside ? path : "./" + path, null);
            // A colon in the first part of a relative address would end a scheme.
            String text = uri.toASCIIString();
            location.put("uri", outside ? text : text.substring("./".length()).replace(":", "%3A"));
        } catch (URISyntaxException e) {
            location.put("uri", URLEncoder.encode(path, StandardCharsets.UTF_8));
        }
        if (!outside) {
            location.put("uriBaseId", "%SRCROOT%");
        }
    }
}
