package io.schemajob.job;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.ScriptVariable;
import io.schemajob.bundle.ScriptVariable.Type;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptPlaces;
import io.schemajob.bundle.script.ScriptPlaces.Place;
import io.schemajob.bundle.script.Section.Refusal;
import io.schemajob.bundle.source.Layout;
import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.database.query.Identifiers;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts values in place of the variables of scripts, quoted. Checksums stay those of the text as it is written, and lines those of
 * the file.
 */
public final class ScriptValues {
    private final Map<String, ScriptVariable> variables;
    private final Settings settings;

    private ScriptValues(Map<String, ScriptVariable> variables, Settings settings) {
        this.variables = variables;
        this.settings = settings;
    }

    /**
     * The bundle with values. A variable without one refuses a script only where that is to run; elsewhere its own name stands
     * for it.
     *
     * @throws SchemajobException CONFIG for a variable that is not declared, or a value that cannot be one
     */
    public static Bundle bind(Bundle bundle, Settings settings) {
        Map<String, ScriptVariable> variables = bundle.variables();
        for (String given : settings.givenValues()) {
            if (!variables.containsKey(given)) {
                throw Failure.of(
                                ExitStatus.CONFIG,
                                "The bundle %s declares no variable %s.".formatted(bundle.name(), given))
                        .where("bundle " + bundle.origin())
                        .databaseState("Not contacted.")
                        .hint(
                                variables.isEmpty()
                                        ? "Leave out --var, or declare it under variables: in bundle.yaml."
                                        : "It declares %s.".formatted(String.join(", ", variables.keySet())))
                        .asException();
            }
        }
        if (variables.isEmpty()) {
            return bundle;
        }
        if (bundle.style().oneFile()) {
            throw Problem.in(
                    Layout.BUNDLE_YAML,
                    "variables are not for scripts in the format of %s, which that tool would run with \"${name}\" in them"
                            .formatted(bundle.style().key()),
                    "Take variables out of bundle.yaml.");
        }
        return bundle.withScripts(new ScriptValues(variables, settings)::bind);
    }

    private Script bind(Script script) {
        if (!script.text().contains("${")) {
            return script;
        }
        StringBuilder text = new StringBuilder();
        List<Refusal> unset = new ArrayList<>();
        int from = 0;
        for (Place place : ScriptPlaces.of(script, variables.keySet())) {
            ScriptVariable variable = variables.get(place.name());
            if (variable == null) {
                throw Problem.at(
                        script.path(),
                        place.line(),
                        "the variable %s is not declared".formatted(place.name()),
                        "bundle.yaml declares %s.".formatted(String.join(", ", variables.keySet())));
            }
            String value = settings.value(variable);
            if (value == null) {
                unset.add(new Refusal(
                        place.line(),
                        "the variable %s has no value".formatted(place.name()),
                        "Set %s, or --var %s=…".formatted(Settings.valueVariable(place.name()), place.name())));
            }
            String shown = value == null ? place.name() : value;
            text.append(script.text(), from, place.start())
                    .append(variable.type() == Type.IDENTIFIER ? Identifiers.quote(shown) : Identifiers.literal(shown));
            from = place.end();
        }
        text.append(script.text().substring(from));
        return script.with(new TextFile(script.path(), text.toString()), unset);
    }
}
