package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Every value of the chart: its place, its default from {@code values.yaml} and its meaning from
 * {@code values.schema.json}.
 *
 * @param path such as {@code image.tag}
 * @param value the default as JSON; null if only the schema knows the value
 * @param schema its part of the schema; null if only {@code values.yaml} knows it
 */
record ChartValues(String path, JsonNode value, JsonNode schema) {
    static List<ChartValues> read(Path chart) {
        try {
            JsonNode schema = new ObjectMapper()
                    .readTree(chart.resolve("values.schema.json").toFile());
            JsonNode values = KubernetesYaml.object(GeneratedFiles.read(chart.resolve("values.yaml")));
            List<ChartValues> found = new ArrayList<>();
            collect("", values, schema, found);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order of the schema; a value that only {@code values.yaml} has comes last and without a meaning. */
    private static void collect(String prefix, JsonNode values, JsonNode schema, List<ChartValues> found) {
        JsonNode properties = schema.path("properties");
        properties.fieldNames().forEachRemaining(name -> {
            JsonNode property = properties.get(name);
            JsonNode value = values == null ? null : values.get(name);
            if (property.has("properties")) {
                collect(prefix + name + ".", value, property, found);
            } else {
                found.add(new ChartValues(prefix + name, value, property));
            }
        });
        if (values != null) {
            values.fieldNames().forEachRemaining(name -> {
                if (!properties.has(name)) {
                    found.add(new ChartValues(prefix + name, values.get(name), null));
                }
            });
        }
    }

    String meaning() {
        return schema == null ? "" : schema.path("description").asText();
    }
}
