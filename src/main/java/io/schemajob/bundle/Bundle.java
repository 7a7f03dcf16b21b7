package io.schemajob.bundle;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.Layout;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A folder that describes a schema, or several that belong together, read and checked.
 *
 * @param name what {@code bundle.yaml} calls it, or the folder's name
 * @param title one line for people
 * @param origin where it was read from: {@code built in} or a path
 * @param minimumServer the oldest major version of PostgreSQL it runs on
 * @param extensions those that must be there when its newest version is
 * @param strict whether objects that are not declared are drift
 * @param comparesPrivileges whether its declared schema holds owners and privileges
 * @param schemas that it owns, the one with the history first; empty for a bundle of one schema of any name
 * @param noun what the log calls its tables: {@code checkpoint} gives "Verifying checkpoint tables"; may be null
 * @param versionNames what users of the schema call a migration's version, for the log
 * @param adoptRules how databases of other tools are recognised
 * @param style how its scripts are named
 * @param migrations the versioned ones, in order
 * @param repeatables the repeatable ones, by description
 * @param files every other text file by path: {@code schema.yaml}, {@code verify/*.sql} …
 */
public record Bundle(
        String name,
        String title,
        String origin,
        int minimumServer,
        List<RequiredExtension> extensions,
        boolean strict,
        boolean comparesPrivileges,
        List<String> schemas,
        String noun,
        Map<Version, String> versionNames,
        List<AdoptRule> adoptRules,
        NamingStyle style,
        List<Migration> migrations,
        List<Migration> repeatables,
        Map<String, TextFile> files) {

    /** The schemas that it owns besides the one of the run. */
    public List<String> furtherSchemas() {
        return schemas.isEmpty() ? List.of() : schemas.subList(1, schemas.size());
    }

    /** The newest version, or empty if there are repeatable migrations only. */
    public Optional<Version> head() {
        return migrations.isEmpty()
                ? Optional.empty()
                : Optional.of(migrations.get(migrations.size() - 1).version());
    }

    /** The migration of a version; a binary search, as bundles hold thousands. */
    public Optional<Migration> migration(Version version) {
        int low = 0;
        int high = migrations.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = migrations.get(middle).version().compareTo(version);
            if (order == 0) {
                return Optional.of(migrations.get(middle));
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /** The newest version below another. */
    public Optional<Version> before(Version version) {
        return migrations.stream()
                .map(Migration::version)
                .filter(other -> other.compareTo(version) < 0)
                .reduce((first, second) -> second);
    }

    /** The same bundle with other migrations, as it would be with further scripts. */
    public Bundle withMigrations(List<Migration> others) {
        return with(others, repeatables);
    }

    /** The same bundle with each of its scripts as another says. */
    public Bundle withScripts(UnaryOperator<Script> other) {
        return with(withScripts(migrations, other), withScripts(repeatables, other));
    }

    private static List<Migration> withScripts(List<Migration> of, UnaryOperator<Script> other) {
        return of.stream()
                .map(migration -> new Migration(
                        migration.version(),
                        migration.description(),
                        migration.title(),
                        other.apply(migration.up()),
                        migration.downScript().map(other).orElse(null)))
                .toList();
    }

    private Bundle with(List<Migration> versioned, List<Migration> repeatable) {
        return new Bundle(
                name,
                title,
                origin,
                minimumServer,
                extensions,
                strict,
                comparesPrivileges,
                schemas,
                noun,
                versionNames,
                adoptRules,
                style,
                List.copyOf(versioned),
                repeatable,
                files);
    }

    public Optional<TextFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** What its scripts may leave to whoever runs them, by name. */
    public Map<String, ScriptVariable> variables() {
        return file(Layout.BUNDLE_YAML)
                // Each run asks, and few bundles have any.
                .filter(file -> file.text().contains("variables"))
                .map(YamlNode::parse)
                .flatMap(root -> root.find("variables"))
                .map(ScriptVariable::read)
                .orElse(Map.of());
    }

    /** The mapping under {@code lint:} in {@code bundle.yaml}, with its positions. */
    public Optional<YamlNode> lint() {
        return file(Layout.BUNDLE_YAML).map(YamlNode::parse).flatMap(root -> root.find("lint"));
    }
}
