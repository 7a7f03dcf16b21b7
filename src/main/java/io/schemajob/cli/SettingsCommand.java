package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.cli.line.Output;
import io.schemajob.job.EnvFile;
import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import io.schemajob.report.log.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;

/** {@code settings}: what a run would use, for a Job whose variables come from several manifests. Contacts nothing. */
@Command(
        name = "settings",
        description = "Show every setting, and where its value came from; secrets are masked. Contacts nothing.")
final class SettingsCommand extends RunCommand {
    /** Variables of the connection that hold no secret; every other one is masked, since nobody can know them all. */
    private static final Set<String> PUBLIC = Set.of(
            "PGHOST",
            "PGPORT",
            "PGDATABASE",
            "PGUSER",
            "PGPASSFILE",
            "PGSERVICE",
            "PGSERVICEFILE",
            "PGSSLMODE",
            "PGSSLROOTCERT",
            "PGSSLCERT",
            "PGSSLKEY",
            "PGTARGETSESSIONATTRS",
            "PGCHANNELBINDING",
            "VAULT_ADDR",
            "VAULT_NAMESPACE",
            "VAULT_CACERT");

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        ArrayNode list = details.putArray("settings");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Setting", "Value", "From"));
        for (Setting setting : Setting.values()) {
            add(
                    list,
                    rows,
                    setting.optionName(),
                    run.settings().text(setting),
                    run.settings().source(setting));
        }
        for (Map.Entry<String, String> variable : new TreeMap<>(run.settings().environment()).entrySet()) {
            String name = variable.getKey();
            if (EnvFile.isOfConnection(name) && run.settings().variable(name) != null) {
                add(
                        list,
                        rows,
                        name,
                        shown(name, variable.getValue()),
                        run.settings().place(name));
            }
        }
        EnvFile file = run.settings().file();
        for (String name : new TreeSet<>(file.unused())) {
            add(
                    list,
                    rows,
                    name,
                    Redactor.MASK,
                    "%s: %s, unused: the environment has its own".formatted(file.path(), name));
        }
        run.report().details(details);
        if (output == Output.TEXT) {
            out.table(rows);
        }
    }

    private static void add(ArrayNode list, List<List<String>> rows, String name, String value, String source) {
        list.addObject().put("name", name).put("value", value).put("source", source);
        rows.add(List.of(name, value == null ? "" : value, source));
    }

    /** An address with a user in it has a password in it, and {@code PGDATABASE} may be a whole connection string. */
    private static String shown(String name, String value) {
        return PUBLIC.contains(name) && !value.contains("@") && !value.contains("=") ? value : Redactor.MASK;
    }
}
