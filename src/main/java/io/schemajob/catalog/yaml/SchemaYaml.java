package io.schemajob.catalog.yaml;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.bundle.yaml.YamlText;
import io.schemajob.catalog.model.Schema;
import java.util.List;

/**
 * Reads and writes {@code schema.yaml}.
 *
 * <p>What equals PostgreSQL's default is left out, and forms that people write ({@code timestamptz}, {@code serial}, a
 * default of {@code ''}) are understood. Writing what was read gives the same bytes every time.
 */
public final class SchemaYaml {
    private SchemaYaml() {}

    /**
     * Reads a declared schema.
     *
     * @throws io.schemajob.report.failure.SchemajobException with {@link io.schemajob.report.failure.ExitStatus#CONFIG}, naming file,
     *     line and column
     */
    public static Schema read(TextFile file) {
        return new SchemaReader().read(YamlNode.parse(file));
    }

    /**
     * The text of a declared schema.
     *
     * @param header lines of the comment at its top, without {@code #}
     */
    public static String write(Schema schema, List<String> header) {
        StringBuilder text = new StringBuilder();
        header.forEach(line -> text.append("# ".concat(line).stripTrailing()).append('\n'));
        YamlText.append(text, SchemaWriter.tree(schema));
        return text.toString();
    }
}
