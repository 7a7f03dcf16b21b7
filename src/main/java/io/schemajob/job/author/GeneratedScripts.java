package io.schemajob.job.author;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.author.NewScript;
import io.schemajob.bundle.author.NewScriptFolder;
import io.schemajob.bundle.author.NewScriptName;
import io.schemajob.bundle.script.Migration;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Note;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.ddl.Rank;
import io.schemajob.catalog.ddl.ScriptText;
import io.schemajob.catalog.ddl.ScriptText.Comments;
import io.schemajob.catalog.ddl.SearchPaths;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.lint.LintConfig;
import io.schemajob.lint.Linter;
import io.schemajob.lint.finding.LintFinding;
import io.schemajob.lint.finding.Rule;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes scripts of a plan: names, texts, and for each statement that lint objects to the reason why it is there. */
final class GeneratedScripts {
    private static final Comments NONE = (number, operation) -> List.of();

    private final Bundle bundle;
    private final DdlPlan plan;
    private final NewScriptName name;
    private final String version;
    private final List<NewScriptName> names;
    /** How many operations there are about an object. */
    private final Map<ObjectIdentity, Integer> timesSaid = new HashMap<>();

    /** @param version of the database that the plan is for */
    GeneratedScripts(Bundle bundle, DdlPlan plan, NewScriptName name, String version) {
        this.bundle = bundle;
        this.plan = plan;
        this.name = name;
        this.version = version;
        this.names = names();
        plan.scripts()
                .forEach(script -> script.forEach(operation -> timesSaid.merge(operation.object(), 1, Integer::sum)));
    }

    List<NewScript> write(NewScriptFolder folder, LocalDateTime now) {
        List<NewScript> named = folder.name(names, now);
        List<NewScript> drafts = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            drafts.add(named.get(i).withText(up(i, NONE).text(), down(i, NONE).text()));
        }
        List<LintFinding> findings = lint(drafts);
        List<NewScript> scripts = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            NewScript script = named.get(i);
            Comments above = accepted(findings, script.up(), up(i, NONE), false);
            Comments back = accepted(findings, script.back(), down(i, NONE), true);
            scripts.add(script.withText(up(i, above).text(), down(i, back).text()));
        }
        folder.write(scripts);
        return scripts;
    }

    /** The main script has the name itself; steps that stand apart say what they are. */
    private List<NewScriptName> names() {
        List<NewScriptName> names = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>();
        boolean main = false;
        for (List<Operation> script : plan.scripts()) {
            String suffix = suffix(script);
            if (suffix == null && main) {
                suffix = "more";
            }
            main |= suffix == null;
            NewScriptName wanted = suffix == null ? name : name.part(suffix);
            for (int i = 2; !taken.add(wanted.slug()); i++) {
                wanted = (suffix == null ? name : name.part(suffix)).part(String.valueOf(i));
            }
            names.add(wanted);
        }
        if (names.size() == 1) {
            return List.of(name);
        }
        return names;
    }

    private static String suffix(List<Operation> whole) {
        List<Operation> script = whole.stream()
                .filter(operation -> !SearchPaths.isPath(operation))
                .toList();
        Operation first = script.get(0);
        if (script.stream().allMatch(operation -> operation.rank() == Rank.EXTEND_ENUM)) {
            return "enum values";
        } else if (script.stream().allMatch(operation -> operation.rank() == Rank.VALIDATE)) {
            return "validate";
        } else if (script.stream().allMatch(operation -> operation.rank() == Rank.FINISH)) {
            return "finish";
        } else if (first.rank() == Rank.REMOVE_INDEX) {
            return "drop " + indexName(first);
        }
        return first.rank() == Rank.BUILD_INDEX ? "build " + indexName(first) : null;
    }

    private static String indexName(Operation operation) {
        ObjectIdentity object = operation.object().whole();
        return object.names().size() == 2 ? object.kind() + " " + object.names().get(1) : object.toString();
    }

    private ScriptText up(int number, Comments comments) {
        boolean last = number == plan.scripts().size() - 1;
        List<Note> notes = last ? plan.notes() : List.of();
        return ScriptText.up(header(number, true), plan.scripts().get(number), notes, comments);
    }

    private ScriptText down(int number, Comments comments) {
        return ScriptText.down(header(number, false), plan.scripts().get(number), comments);
    }

    private List<String> header(int number, boolean up) {
        List<String> header = new ArrayList<>();
        if (up) {
            header.add("title: " + names.get(number).title());
            header.add(
                    "Written by schemajob new --autogenerate from the difference between a database at %s and schema.yaml."
                            .formatted(version));
            header.add("Read it before you run it.");
        } else {
            header.add("Takes back: " + names.get(number).title());
        }
        List<Operation> script = plan.scripts().get(number);
        long statements = script.stream()
                .mapToLong(operation -> (up ? operation.up() : operation.down()).size())
                .sum();
        if (script.stream().anyMatch(Operation::alone) && statements > 1) {
            // A statement that stands alone in its transaction, and the search path that it needs.
            header.add(0, "schemajob: no-transaction");
        }
        return header;
    }

    private List<LintFinding> lint(List<NewScript> drafts) {
        List<Migration> migrations = new ArrayList<>(bundle.migrations());
        drafts.forEach(draft -> migrations.add(draft.migration()));
        Bundle extended = bundle.withMigrations(migrations);
        return Linter.lint(extended, LintConfig.of(bundle)).findings();
    }

    private Comments accepted(List<LintFinding> findings, String file, ScriptText draft, boolean back) {
        NavigableMap<Integer, List<LintFinding>> byLine = findings.stream()
                .filter(finding -> finding.file().equals(file))
                .collect(Collectors.groupingBy(LintFinding::line, TreeMap::new, Collectors.toList()));
        return (number, operation) -> {
            ScriptText.Spot spot = draft.statements().get(number);
            Set<String> comments = new LinkedHashSet<>();
            for (List<LintFinding> ofLine :
                    byLine.subMap(spot.first(), true, spot.last(), true).values()) {
                for (LintFinding finding : ofLine) {
                    comments.add("lint:allow %s %s"
                            .formatted(
                                    finding.rule().id(),
                                    back
                                            ? "only taking the migration back does this"
                                            : reason(finding.rule(), operation)));
                }
            }
            return List.copyOf(comments);
        };
    }

    private boolean comesBack(Operation operation) {
        return timesSaid.get(operation.object()) > 1;
    }

    private String reason(Rule rule, Operation operation) {
        String relation = operation.relation();
        return switch (rule) {
            case DROP_TABLE, DROP_COLUMN, DROP_VIEW, INDEX_DROP_NOT_CONCURRENT ->
                comesBack(operation) ? "it is made again" : "schema.yaml does not declare it";
            case SEVERAL_LOCKS -> "these changes belong together";
            default ->
                relation == null || plan.facts().rows().containsKey(relation)
                        ? "schema.yaml asks for it%s: choose a quiet moment"
                                .formatted(
                                        relation == null
                                                ? ""
                                                : ", and %s has %s"
                                                        .formatted(
                                                                relation,
                                                                plan.facts().size(relation)))
                        : relation + " had no rows when this was written";
        };
    }
}
