package io.schemajob.bundle;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.Layout;
import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.report.failure.SchemajobException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What Alembic calls the migrations of a bundle. A revision that looks like a version is that version; the hexadecimal
 * names that Alembic makes up stand under {@code revisions:} in {@code bundle.yaml}.
 */
public final class Revisions {
    private static final String KEY = "revisions";

    private final Bundle bundle;
    private final Map<Version, String> named;

    private Revisions(Bundle bundle, Map<Version, String> named) {
        this.bundle = bundle;
        this.named = named;
    }

    public static Revisions of(Bundle bundle) {
        Map<Version, String> named = bundle.file(Layout.BUNDLE_YAML)
                .map(YamlNode::parse)
                .flatMap(root -> root.find(KEY))
                .map(node -> read(node, version -> bundle.migration(version).isPresent()))
                .orElse(Map.of());
        return new Revisions(bundle, named);
    }

    /** @throws SchemajobException CONFIG when a version is unknown or two have the same revision */
    static Map<Version, String> read(YamlNode node, Predicate<Version> known) {
        Map<Version, String> named = BundleYaml.texts(node, known);
        Set<String> seen = new HashSet<>();
        node.entries().forEach((key, value) -> {
            if (!seen.add(value.text())) {
                throw value.error("the revision " + value.text() + " is there twice");
            }
        });
        return named;
    }

    /** The revision of a version of the bundle. */
    public String name(Version version) {
        return named.getOrDefault(version, version.toString());
    }

    /** The revision that the bundle lists for a version; empty where nobody has said that Alembic knows one. */
    public Optional<String> listed(Version version) {
        return Optional.ofNullable(named.get(version));
    }

    /** The bundle's version of a revision; empty where the bundle does not know it. */
    public Optional<Version> version(String revision) {
        for (Map.Entry<Version, String> entry : named.entrySet()) {
            if (entry.getValue().equals(revision)) {
                return Optional.of(entry.getKey());
            }
        }
        return Version.find(revision)
                .filter(version -> !named.containsKey(version))
                .flatMap(bundle::migration)
                .map(Migration::version);
    }
}
