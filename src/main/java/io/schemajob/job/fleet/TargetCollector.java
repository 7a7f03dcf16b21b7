package io.schemajob.job.fleet;

import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.report.text.PostgresName;
import io.schemajob.report.text.Similar;
import io.schemajob.vault.settings.VaultSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Checks targets one by one, wherever they come from: a name is one word, what PostgreSQL would cut or refuse is refused
 * here, and no two targets have the same name or lead to the same schema.
 */
final class TargetCollector {
    static final String NAME = "name";
    static final String SCHEMA = "schema";
    static final String DATABASE = "database";
    static final String SECRET = "secret";

    /** All that a target can say of itself. */
    static final List<String> FIELDS = List.of(NAME, SCHEMA, DATABASE, SECRET);

    /** A name begins log lines, so it is one word. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private static final Function<String, Optional<String>> ANY = text -> Optional.empty();

    private final Settings common;
    private final Map<String, FleetTarget> names = new HashMap<>();
    private final Map<List<String>, FleetTarget> places = new HashMap<>();
    private final List<FleetTarget> targets = new ArrayList<>();

    /** @param common the settings that all targets share */
    TargetCollector(Settings common) {
        this.common = common;
    }

    /**
     * Why a target was not taken.
     *
     * @param field at fault; null for the target as a whole
     * @param subject what the reason is about; null where that is the field
     * @param reason the rest of the sentence
     */
    record Refusal(String field, String subject, String reason) {
        /** @param name of the field, as the source calls it */
        String sentence(String name) {
            return (subject == null ? name : subject) + " " + reason;
        }
    }

    /** Takes a target; the reason if that cannot be. A field that is absent or null is one that does not differ. */
    Optional<Refusal> add(Map<String, String> fields) {
        Optional<Refusal> refusal = problem(
                        fields,
                        NAME,
                        name -> WORD.matcher(name).matches()
                                ? Optional.empty()
                                : Optional.of("must be letters, digits, dots, dashes and underscores, at most 63"))
                .or(() -> problem(fields, SCHEMA, PostgresName::schemaProblem))
                .or(() -> problem(fields, DATABASE, PostgresName::problem))
                .or(() -> problem(fields, SECRET, ANY));
        if (refusal.isPresent()) {
            return refusal;
        }
        FleetTarget target =
                new FleetTarget(fields.get(NAME), fields.get(SCHEMA), fields.get(DATABASE), fields.get(SECRET));
        if (target.secret() != null && common.variable(VaultSettings.ADDRESS) == null) {
            return Optional.of(new Refusal(SECRET, "a secret", "needs " + VaultSettings.ADDRESS));
        }
        String subject = "the target " + target.name();
        if (names.put(target.name(), target) != null) {
            return Optional.of(new Refusal(NAME, subject, "is there twice"));
        }
        FleetTarget same = places.put(place(target), target);
        if (same != null) {
            return Optional.of(new Refusal(null, subject, "leads to the same schema as " + same.name()));
        }
        targets.add(target);
        return Optional.empty();
    }

    List<FleetTarget> targets() {
        return List.copyOf(targets);
    }

    /** What is wrong with a field's name, to follow it. */
    static String unknown(String field) {
        return Similar.nearest(field, FIELDS)
                .map(near -> "(did you mean %s?)".formatted(near))
                .orElse("(%s are known)".formatted(String.join(", ", FIELDS)));
    }

    private static Optional<Refusal> problem(
            Map<String, String> fields, String field, Function<String, Optional<String>> check) {
        String value = fields.get(field);
        if (value == null) {
            return field.equals(NAME) ? Optional.of(new Refusal(NAME, null, "is missing")) : Optional.empty();
        }
        Optional<String> problem = value.isBlank() ? Optional.of("is empty") : check.apply(value);
        return problem.map(why -> new Refusal(field, null, why));
    }

    /** What tells one schema from another, as far as it is known before anything is contacted. */
    private List<String> place(FleetTarget target) {
        Settings settings = target.settings(common);
        return Arrays.asList(settings.text(Setting.SCHEMA), settings.database(), settings.text(Setting.VAULT_SECRET));
    }
}
