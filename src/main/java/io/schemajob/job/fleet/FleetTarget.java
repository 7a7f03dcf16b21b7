package io.schemajob.job.fleet;

import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import java.util.EnumMap;
import java.util.Map;

/**
 * One of the databases or schemas that a fleet command works on, and what differs there from the settings of the
 * command.
 *
 * @param name marks its log lines and its entry in the report
 * @param schema in place of {@code SCHEMAJOB_SCHEMA}; null for that one
 * @param database in place of the one that the connection names; null for that one
 * @param secret in place of {@code SCHEMAJOB_VAULT_SECRET}; null for that one
 */
public record FleetTarget(String name, String schema, String database, String secret) {

    Settings settings(Settings common) {
        Map<Setting, String> different = new EnumMap<>(Setting.class);
        if (schema != null) {
            different.put(Setting.SCHEMA, schema);
        }
        if (secret != null) {
            different.put(Setting.VAULT_SECRET, secret);
        }
        return common.with(different, database);
    }
}
