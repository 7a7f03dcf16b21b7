package io.schemajob.job.fleet;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.job.Settings;
import io.schemajob.report.failure.SchemajobException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the file of {@code fleet --targets}: who is to be worked on, in which order. */
final class TargetFile {
    private static final String TARGETS = "targets";

    private TargetFile() {}

    /**
     * Reads the file.
     *
     * @param common the settings that all targets share
     * @param allowEmpty whether a list without a target is one
     * @throws SchemajobException CONFIG, with line and column, for whatever cannot be meant
     */
    static List<FleetTarget> read(TextFile file, Settings common, boolean allowEmpty) {
        YamlNode list = YamlNode.parse(file).onlyKeys(TARGETS).required(TARGETS);
        TargetCollector targets = new TargetCollector(common);
        for (YamlNode item : list.list()) {
            item.onlyKeys(TargetCollector.FIELDS).required(TargetCollector.NAME);
            Map<String, String> fields = new HashMap<>();
            item.entries().forEach((key, value) -> fields.put(key, value.isEmpty() ? "" : value.text()));
            targets.add(fields).ifPresent(refusal -> {
                YamlNode at = refusal.field() == null ? item : item.required(refusal.field());
                throw at.error(refusal.sentence(at.path()));
            });
        }
        if (targets.targets().isEmpty() && !allowEmpty) {
            throw list.error(TARGETS + " is empty");
        }
        return targets.targets();
    }
}
