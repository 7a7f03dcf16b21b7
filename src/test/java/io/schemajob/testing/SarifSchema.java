package io.schemajob.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/** The schema of SARIF 2.1.0 as OASIS has published it: where a document differs from it. */
public final class SarifSchema {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V7)
            .getSchema(
                    SarifSchema.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"),
                    SchemaValidatorsConfig.builder().build());

    private SarifSchema() {}

    /** One line for each place that the schema refuses, formats of addresses included. */
    public static List<String> problems(JsonNode document) {
        return SCHEMA
                .validate(document.toString(), InputFormat.JSON, context -> context.getExecutionConfig()
                        .setFormatAssertionsEnabled(true))
                .stream()
                .map(ValidationMessage::toString)
                .toList();
    }
}
