package io.schemajob.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.model.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example in the docs is a declared schema, and names one of each sort of object. */
class DeclaredSchemaDocTest {
    @Test
    void theExampleIsValid() throws IOException {
        String doc = Files.readString(Path.of("docs/declared-schema.md"));
        String example = doc.substring(doc.indexOf("```yaml\n") + "```yaml\n".length(), doc.indexOf("\n```\n"));
        Schema schema = SchemaYaml.read(new TextFile("schema.yaml", example));
        assertThat(schema.tables()).containsOnlyKeys("tickets", "levels");
        assertThat(schema.types()).containsOnlyKeys("mood", "email", "point3");
        assertThat(schema.views()).containsOnlyKeys("open_tickets");
        assertThat(schema.routines()).containsOnlyKeys("touch()");
        assertThat(schema.extensions()).containsOnlyKeys("uuid-ossp", "vector");
        String written = SchemaYaml.write(schema, List.of());
        assertThat(SchemaYaml.read(new TextFile("schema.yaml", written))).isEqualTo(schema);
    }
}
