package io.schemajob.job.check;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.report.result.TypedChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where an object is declared, so that a difference shows beside its declaration and not at the top of a long file. */
final class DeclaredLines {
    private static final int WHOLE_FILE = 1;

    /** Of the further schemas. */
    private static final String SECTIONS = "schemas";

    private final YamlNode root;

    private DeclaredLines(YamlNode root) {
        this.root = root;
    }

    static DeclaredLines of(Bundle bundle) {
        return new DeclaredLines(bundle.file("schema.yaml").map(YamlNode::parse).orElse(null));
    }

    /**
     * The line of the object's key, or of the closest one around it that is declared: of the table, for a column that is not.
     *
     * @return 1 where not even that is declared, and for what is no difference of a catalog
     */
    int of(TypedChange change) {
        if (root == null || change == null) {
            return WHOLE_FILE;
        }
        Optional<YamlNode> section = root.find(SECTIONS).flatMap(all -> all.find(change.schema()));
        Match match = deepest(section.orElse(root), change.names(), 0, null);
        return match != null
                ? match.node.keyLine()
                : section.map(YamlNode::keyLine).orElse(WHOLE_FILE);
    }

    /** @param names how many of the object's names lead to the node */
    private record Match(YamlNode node, int names) {}

    /** Keys between the names (tables, columns, foreign_keys …) are passed over; of equal matches the first counts. */
    private Match deepest(YamlNode node, List<String> names, int matched, Match best) {
        if (!node.isMapping() || matched == names.size()) {
            return best;
        }
        Match found = best;
        for (Map.Entry<String, YamlNode> entry : node.entries().entrySet()) {
            boolean named = entry.getKey().equals(names.get(matched));
            int here = named ? matched + 1 : matched;
            if (named && (found == null || found.names < here)) {
                found = new Match(entry.getValue(), here);
            }
            if (node != root || !entry.getKey().equals(SECTIONS)) {
                found = deepest(entry.getValue(), names, here, found);
            }
        }
        return found;
    }
}
