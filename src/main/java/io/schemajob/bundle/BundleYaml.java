package io.schemajob.bundle;

import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.Layout;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.report.text.PostgresName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The file {@code bundle.yaml}; every key is optional. The fields are those of {@link Bundle}. What stands under
 * {@code lint} belongs to the lint rules and is read by them, what stands under {@code revisions} to {@link Revisions},
 * and what stands under {@code variables} to {@link ScriptVariable}.
 */
public record BundleYaml(
        String name,
        String title,
        int minimumServer,
        List<RequiredExtension> extensions,
        boolean strict,
        boolean comparesPrivileges,
        List<String> schemas,
        String noun,
        Map<Version, String> versionNames,
        List<AdoptRule> adoptRules) {

    private static final int DEFAULT_SERVER = 14;
    private static final int OLDEST_SERVER = 10;
    private static final int NEWEST_SERVER = 99;

    /**
     * How the scripts are written, which has to be known before they are read.
     *
     * @param file null where the bundle has none
     * @return null where the files say it themselves
     */
    public static NamingStyle format(TextFile file) {
        if (file == null || !file.text().contains("format")) {
            return null;
        }
        return YamlNode.parse(file)
                .find("format")
                .map(node -> NamingStyle.of(node.text())
                        .orElseThrow(() -> node.error(
                                "format must be one of %s, not %s".formatted(NamingStyle.keys(), node.text()))))
                .orElse(null);
    }

    /**
     * @param file null where the bundle has none
     * @param name the bundle's name unless the file says otherwise
     * @param known whether the bundle has a migration of a version
     */
    static BundleYaml read(TextFile file, String name, Predicate<Version> known) {
        YamlNode root = YamlNode.parse(file == null ? new TextFile(Layout.BUNDLE_YAML, "") : file)
                .onlyKeys(
                        "name",
                        "title",
                        "format",
                        "postgresql",
                        "extensions",
                        "strict",
                        "noun",
                        "privileges",
                        "schemas",
                        "versionNames",
                        "revisions",
                        "adopt",
                        "variables",
                        "lint");
        root.find("variables").ifPresent(ScriptVariable::read);
        root.find("lint").ifPresent(YamlNode::entries);
        root.find("revisions").ifPresent(node -> Revisions.read(node, known));
        String ownName = root.find("name").map(YamlNode::text).orElse(name);
        return new BundleYaml(
                ownName,
                root.find("title").map(YamlNode::text).orElse(ownName),
                root.find("postgresql").map(BundleYaml::server).orElse(DEFAULT_SERVER),
                root.find("extensions").map(BundleYaml::extensions).orElse(List.of()),
                root.find("strict").map(YamlNode::bool).orElse(false),
                root.find("privileges").map(BundleYaml::comparesPrivileges).orElse(false),
                root.find("schemas").map(BundleYaml::schemas).orElse(List.of()),
                root.find("noun").map(YamlNode::text).orElse(null),
                root.find("versionNames").map(node -> texts(node, known)).orElse(Map.of()),
                root.find("adopt").map(node -> adoptRules(node, known)).orElse(List.of()));
    }

    /** Whether schema.yaml is to hold owners and privileges: {@code privileges: declared}. */
    private static boolean comparesPrivileges(YamlNode node) {
        return switch (node.text()) {
            case "declared" -> true;
            case "ignored" -> false;
            default -> throw node.error("privileges must be one of ignored, declared, not " + node.text());
        };
    }

    private static List<String> schemas(YamlNode node) {
        List<String> names = node.texts();
        for (YamlNode item : node.list()) {
            PostgresName.schemaProblem(item.text()).ifPresent(why -> {
                throw item.error(item.path() + " " + why);
            });
        }
        if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
            throw node.error("schemas must name at least one schema, and none twice");
        }
        return List.copyOf(names);
    }

    private static List<RequiredExtension> extensions(YamlNode node) {
        return node.list().stream().map(RequiredExtension::read).toList();
    }

    private static int server(YamlNode node) {
        int major = node.integer();
        if (major < OLDEST_SERVER || major > NEWEST_SERVER) {
            throw node.error("postgresql must be a major version such as 14, not " + major);
        }
        return major;
    }

    /** One that PostgreSQL does not cut. */
    static String postgresName(YamlNode node) {
        requirePostgresName(node, node.text());
        return node.text();
    }

    private static void requirePostgresName(YamlNode node, String name) {
        PostgresName.problem(name).ifPresent(why -> {
            throw node.error(node.path() + " " + why);
        });
    }

    /** A mapping of versions that the bundle has to texts. */
    static Map<Version, String> texts(YamlNode node, Predicate<Version> known) {
        Map<Version, String> names = new LinkedHashMap<>();
        node.entries().forEach((key, value) -> {
            if (names.put(version(value, key, known), value.text()) != null) {
                throw value.error("the version " + key + " is there twice");
            }
        });
        return Collections.unmodifiableMap(names);
    }

    private static List<AdoptRule> adoptRules(YamlNode node, Predicate<Version> known) {
        return node.list().stream()
                .map(rule -> {
                    rule.onlyKeys("name", "table", "column", "atLeast", "version", "wayOut", "needs", "otherwise");
                    YamlNode version = rule.required("version");
                    return new AdoptRule(
                            rule.required("name").text(),
                            postgresName(rule.required("table")),
                            postgresName(rule.required("column")),
                            rule.required("atLeast").longInteger(),
                            version(version, version.text(), known),
                            rule.required("wayOut").text(),
                            rule.find("needs").map(BundleYaml::columns).orElse(List.of()),
                            rule.find("needs").isPresent()
                                    ? rule.required("otherwise").text()
                                    : null);
                })
                .toList();
    }

    private static List<String> columns(YamlNode node) {
        List<String> columns = node.texts();
        for (String column : columns) {
            if (!column.matches("[^.]+\\.[^.]+")) {
                throw node.error(node.path() + ": " + column + " is not TABLE.COLUMN");
            }
            for (String name : column.split("\\.")) {
                requirePostgresName(node, name);
            }
        }
        return columns;
    }

    private static Version version(YamlNode node, String text, Predicate<Version> known) {
        try {
            Version version = Version.of(text);
            if (known.test(version)) {
                return version;
            }
        } catch (NumberFormatException e) {
            throw node.error(node.path() + ": " + text + " is not a version");
        }
        throw node.error(node.path() + ": the bundle has no migration of version " + text);
    }
}
