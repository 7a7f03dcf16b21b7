package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** YAML of Kubernetes to trees and back, always in the same form, so that generated files differ only where they must. */
public final class KubernetesYaml {
    private static final ObjectMapper JSON = new ObjectMapper();

    private KubernetesYaml() {}

    /** All documents but empty ones. */
    static List<ObjectNode> objects(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<ObjectNode> objects = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
            if (document != null) {
                objects.add(JSON.valueToTree(document));
            }
        }
        return objects;
    }

    /** The only document. */
    public static ObjectNode object(String text, Object... arguments) {
        List<ObjectNode> objects = objects(arguments.length == 0 ? text : text.formatted(arguments));
        if (objects.size() != 1) {
            throw new IllegalArgumentException(objects.size() + " documents");
        }
        return objects.get(0);
    }

    static String text(JsonNode object) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        return new Yaml(new Texts(options), options).dump(JSON.convertValue(object, Map.class));
    }

    /** Texts of several lines as they are, so that SQL and scripts can be read in a ConfigMap. */
    private static final class Texts extends Representer {
        Texts(DumperOptions options) {
            super(options);
        }

        @Override
        protected Node representScalar(Tag tag, String value, DumperOptions.ScalarStyle style) {
            boolean lines = Objects.equals(tag, Tag.STR) && value.indexOf('\n') >= 0;
            return super.representScalar(tag, value, lines ? DumperOptions.ScalarStyle.LITERAL : style);
        }
    }
}
