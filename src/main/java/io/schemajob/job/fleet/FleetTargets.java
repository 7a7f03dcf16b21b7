package io.schemajob.job.fleet;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.PostgresName;
import io.schemajob.vault.settings.VaultSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the file of {@code fleet --targets}: who is to be worked on, in which order. */
public final class FleetTargets {
    private static final String TARGETS = "targets";
    private static final String NAME = "name";
    private static final String SCHEMA = "schema";
    private static final String DATABASE = "database";
    private static final String SECRET = "secret";

    /** A name begins log lines, so it is one word. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private FleetTargets() {}

    /**
     * Reads the file.
     *
     * @param common the settings that all targets share
     * @throws SchemajobException CONFIG, with line and column, for whatever cannot be meant
     */
    public static List<FleetTarget> read(Path file, Settings common) {
        return parse(TextFile.read(file), common);
    }

    static List<FleetTarget> parse(TextFile file, Settings common) {
        YamlNode list = YamlNode.parse(file).onlyKeys(TARGETS).required(TARGETS);
        Map<String, FleetTarget> names = new HashMap<>();
        Map<List<String>, FleetTarget> places = new HashMap<>();
        List<FleetTarget> targets = new ArrayList<>();
        for (YamlNode item : list.list()) {
            FleetTarget target = target(item, common);
            if (names.put(target.name(), target) != null) {
                throw item.required(NAME).error("the target %s is there twice".formatted(target.name()));
            }
            FleetTarget same = places.put(place(target, common), target);
            if (same != null) {
                throw item.error("the target %s leads to the same schema as %s".formatted(target.name(), same.name()));
            }
            targets.add(target);
        }
        if (targets.isEmpty()) {
            throw list.error(TARGETS + " is empty");
        }
        return List.copyOf(targets);
    }

    private static FleetTarget target(YamlNode item, Settings common) {
        item.onlyKeys(NAME, SCHEMA, DATABASE, SECRET);
        YamlNode name = item.required(NAME);
        if (!WORD.matcher(name.text()).matches()) {
            throw name.error(
                    "%s must be letters, digits, dots, dashes and underscores, at most 63".formatted(name.path()));
        }
        FleetTarget target = new FleetTarget(
                name.text(),
                text(item, SCHEMA, PostgresName::schemaProblem),
                text(item, DATABASE, PostgresName::problem),
                text(item, SECRET, secret -> Optional.empty()));
        if (target.secret() != null && common.variable(VaultSettings.ADDRESS) == null) {
            throw item.required(SECRET).error("a secret needs " + VaultSettings.ADDRESS);
        }
        return target;
    }

    private static String text(YamlNode item, String key, Function<String, Optional<String>> problem) {
        YamlNode value = item.entries().get(key);
        if (value == null) {
            return null;
        }
        if (value.isEmpty() || value.text().isBlank()) {
            throw value.error(value.path() + " is empty");
        }
        problem.apply(value.text()).ifPresent(why -> {
            throw value.error(value.path() + " " + why);
        });
        return value.text();
    }

    /** What tells one schema from another, as far as it is known before anything is contacted. */
    private static List<String> place(FleetTarget target, Settings common) {
        Settings settings = target.settings(common);
        return Arrays.asList(settings.text(Setting.SCHEMA), settings.database(), settings.text(Setting.VAULT_SECRET));
    }
}
