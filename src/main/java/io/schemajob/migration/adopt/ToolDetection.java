package io.schemajob.migration.adopt;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.migration.adopt.DetectedTool.Kind;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides for {@code adopt} who has set up a schema. A rule of the bundle comes first, then a history that can be read,
 * then the tables themselves. Pure.
 */
public final class ToolDetection {
    /** What {@code --from} calls tables without a history. */
    public static final String UNTRACKED = "untracked";

    private static final int MOST_NAMED = 5;

    private final Bundle bundle;
    private final ToolFacts facts;
    private final List<ToolRecord> records;

    public ToolDetection(Bundle bundle, ToolFacts facts, List<ToolRecord> records) {
        this.bundle = bundle;
        this.facts = facts;
        this.records = records;
    }

    /**
     * Finds out by itself, or looks only for what is named.
     *
     * @param from null, {@link #UNTRACKED}, a {@link MigrationTool#id()} or the name of a rule
     * @throws SchemajobException HISTORY_INVALID when a history is there but nothing can be said by it; USAGE when what
     *     is named is not there
     */
    public DetectedTool decide(String from) {
        return from == null ? detect() : named(from);
    }

    private DetectedTool detect() {
        Optional<DetectedTool> rule = rule();
        if (rule.isPresent()) {
            return rule.get();
        }
        List<ToolRecord> telling = telling();
        if (telling.size() > 1) {
            throw several(telling);
        }
        return telling.isEmpty() ? tables() : tool(telling.get(0));
    }

    private List<ToolRecord> telling() {
        return records.stream()
                .filter(record -> !record.versions().isEmpty() || record.dirty())
                .toList();
    }

    private DetectedTool named(String from) {
        if (from.equalsIgnoreCase(UNTRACKED)) {
            return tables();
        }
        Optional<DetectedTool> rule = rule().filter(origin -> origin.name().equalsIgnoreCase(from));
        if (rule.isPresent()) {
            return rule.get();
        }
        return records.stream()
                .filter(record -> record.tool().id().equalsIgnoreCase(from))
                .findFirst()
                .map(this::tool)
                .orElseThrow(() -> notThere(from));
    }

    private Optional<DetectedTool> rule() {
        return AdoptRuleMatch.rule(bundle, facts)
                .map(rule -> new DetectedTool(Kind.RULE, rule.name(), null, rule.version()));
    }

    /** Where nothing tells whose the tables are, to say that nobody made them would lead back to where one came from. */
    private DetectedTool tables() {
        return facts.tables().isEmpty() && !facts.undecided() ? DetectedTool.nobody() : DetectedTool.untracked();
    }

    /** An empty history beside tables tells nothing about them; the tables themselves do. */
    private DetectedTool tool(ToolRecord record) {
        Optional<Version> version = version(bundle, record);
        return version.isEmpty() ? tables() : origin(record, version.get());
    }

    private static DetectedTool origin(ToolRecord record, Version version) {
        return new DetectedTool(Kind.TOOL, record.tool().title(), record.tool(), version);
    }

    /**
     * What another tool has applied beyond our own history, where somebody went on using it.
     *
     * @param current what our history says
     * @throws SchemajobException HISTORY_INVALID when it failed in a version of the bundle
     */
    public Optional<DetectedTool> appliedSince(Version current) {
        for (ToolRecord record : records) {
            Optional<Version> version = known(record);
            if (version.isPresent() && record.dirty()) {
                throw dirty(bundle, record);
            }
            if (version.isPresent() && version.get().compareTo(current) > 0) {
                return Optional.of(origin(record, version.get()));
            }
        }
        return Optional.empty();
    }

    /** The tool whose history could mirror ours: it is the detected one, or the only one there is. */
    public Optional<MigrationTool> keepable(DetectedTool origin) {
        if (origin.tool() != null) {
            return Optional.of(origin.tool()).filter(MigrationTool::mirrored);
        }
        List<MigrationTool> tools = records.stream()
                .filter(record -> record.tool().mirrored())
                .filter(record -> record.versions().isEmpty() || known(record).isPresent())
                .map(ToolRecord::tool)
                .toList();
        return records.size() == 1 && tools.size() == 1 ? Optional.of(tools.get(0)) : Optional.empty();
    }

    /** A table whose version the bundle does not know may be that of another application. */
    private Optional<Version> known(ToolRecord record) {
        if (record.tool().saysCurrent() && record.versions().size() != 1) {
            return Optional.empty();
        }
        List<Optional<Version>> versions = record.versions().stream()
                .map(recorded -> record.tool().version(bundle, recorded))
                .toList();
        return versions.stream().allMatch(Optional::isPresent)
                ? versions.stream().map(Optional::get).max(Comparator.naturalOrder())
                : Optional.empty();
    }

    /**
     * The version that another tool has recorded; empty where it says that nothing is applied.
     *
     * @throws SchemajobException HISTORY_INVALID when it is dirty, has several heads or gaps, or is not in the bundle
     */
    public static Optional<Version> version(Bundle bundle, ToolRecord record) {
        if (record.dirty()) {
            throw record.tool() == MigrationTool.GOLANG_MIGRATE ? dirty(bundle, record) : unfinished(bundle, record);
        }
        if (record.tool().saysCurrent() && record.versions().size() > 1) {
            throw heads(bundle, record);
        }
        Set<Version> applied = new TreeSet<>();
        List<String> unknown = new ArrayList<>();
        for (String recorded : record.versions()) {
            Optional<Version> version = record.tool().version(bundle, recorded);
            version.ifPresent(applied::add);
            if (version.isEmpty()) {
                unknown.add(recorded);
            }
        }
        if (!unknown.isEmpty()) {
            throw unknown(bundle, record, unknown);
        }
        Optional<Version> newest = applied.stream().max(Comparator.naturalOrder());
        if (newest.isPresent() && !record.tool().saysCurrent()) {
            requireNoGap(bundle, record, applied, newest.get());
        }
        return newest;
    }

    /** Tools that apply what comes late leave gaps; a history of ours has none, and would take the missing for applied. */
    private static void requireNoGap(Bundle bundle, ToolRecord record, Set<Version> applied, Version newest) {
        List<String> missing = bundle.migrations().stream()
                .map(Migration::version)
                .filter(version -> version.compareTo(newest) < 0 && !applied.contains(version))
                .map(Version::toString)
                .toList();
        if (!missing.isEmpty()) {
            throw refuse(
                            bundle,
                            "%s says in %s that %s is applied, but not %s, which comes before it."
                                    .formatted(
                                            record.tool().title(), record.tool().table(), newest, few(missing)))
                    .hint(
                            "Apply it with %s and run schemajob adopt again; or, if the database is at %s in truth: schemajob baseline %s"
                                    .formatted(record.tool().title(), newest, newest))
                    .asException();
        }
    }

    private static SchemajobException unfinished(Bundle bundle, ToolRecord record) {
        return refuse(
                        bundle,
                        "%s says in %s that a migration has failed or is not finished, or that its lock is held (recorded: %s)."
                                .formatted(record.tool().title(), record.tool().table(), few(record.versions())))
                .hint(
                        "Wait for %s, or finish or undo the migration and put its table right with it; then schemajob adopt. If you know the version that the database is at: schemajob baseline VERSION"
                                .formatted(record.tool().title()))
                .asException();
    }

    private static SchemajobException dirty(Bundle bundle, ToolRecord record) {
        String version = String.join(", ", record.versions());
        String script = record.tool()
                .version(bundle, version)
                .flatMap(bundle::migration)
                .map(migration -> migration.up().name())
                .orElse("its script");
        String table = record.tool().table();
        return refuse(
                        bundle,
                        "golang-migrate was stopped or failed in version %s and marked it as dirty in %s, so any part of %s may have happened."
                                .formatted(version, table, script))
                .hint(
                        "Look which statements of %s took effect (up or down, whichever ran) and finish or undo them by hand. If the schema is then at version %s: UPDATE %s SET dirty = false; if it is at another version N: UPDATE %s SET version = N, dirty = false; then schemajob adopt"
                                .formatted(script, version, table, table))
                .asException();
    }

    private static SchemajobException heads(Bundle bundle, ToolRecord record) {
        return refuse(
                        bundle,
                        "%s has %d heads in %s (%s); a bundle has one line of versions."
                                .formatted(
                                        record.tool().title(),
                                        record.versions().size(),
                                        record.tool().table(),
                                        String.join(", ", record.versions())))
                .hint(
                        "alembic merge heads -m NAME && alembic upgrade head; add the merged revision to the bundle, then schemajob adopt")
                .asException();
    }

    private static SchemajobException unknown(Bundle bundle, ToolRecord record, List<String> recorded) {
        return refuse(
                        bundle,
                        "%s says in %s that the schema is at %s, which bundle %s does not know (%s)."
                                .formatted(
                                        record.tool().title(),
                                        record.tool().table(),
                                        few(recorded),
                                        bundle.name(),
                                        knownNames(bundle, record)))
                .hint(
                        "Use the release of the bundle that has it%s. If you know which version of the bundle that is: schemajob baseline VERSION. If the table belongs to another application: schemajob adopt --from untracked"
                                .formatted(
                                        record.tool() == MigrationTool.ALEMBIC
                                                ? ", or name it under revisions: in bundle.yaml"
                                                : ""))
                .asException();
    }

    private static String knownNames(Bundle bundle, ToolRecord record) {
        List<String> names = bundle.migrations().stream()
                .map(migration -> record.tool().name(bundle, migration.version()))
                .toList();
        String newest =
                names.stream().skip(Math.max(0, names.size() - MOST_NAMED)).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? "the newest it knows are " + newest : "it knows " + newest;
    }

    private static String few(List<String> names) {
        String newest =
                names.stream().skip(Math.max(0, names.size() - MOST_NAMED)).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? "%s and %d more".formatted(newest, names.size() - MOST_NAMED) : newest;
    }

    private SchemajobException several(List<ToolRecord> telling) {
        return refuse(
                        bundle,
                        "The schema has the histories of several tools (%s); which of them made the tables of bundle %s?"
                                .formatted(
                                        telling.stream()
                                                .map(record -> record.tool().table())
                                                .sorted()
                                                .collect(Collectors.joining(", ")),
                                        bundle.name()))
                .hint("schemajob adopt --from "
                        + telling.stream()
                                .map(record -> record.tool().id())
                                .sorted()
                                .collect(Collectors.joining(" or --from ")))
                .asException();
    }

    private SchemajobException notThere(String from) {
        Set<String> there = new TreeSet<>();
        records.forEach(record -> there.add(record.tool().id()));
        rule().ifPresent(origin -> there.add(origin.name()));
        if (!facts.tables().isEmpty() || facts.undecided()) {
            there.add(UNTRACKED);
        }
        return Failure.of(ExitStatus.USAGE, "There is no trace of \"%s\" in this schema.".formatted(from))
                .databaseState("Nothing was changed.")
                .hint(
                        there.isEmpty()
                                ? "schemajob migrate"
                                : "What is there: %s. Without --from it is found out."
                                        .formatted(String.join(", ", there)))
                .asException();
    }

    public static Failure refuse(Bundle bundle, String message) {
        return Failure.of(ExitStatus.HISTORY_INVALID, message)
                .where("bundle %s (%s)".formatted(bundle.name(), bundle.origin()))
                .databaseState("Nothing was changed.");
    }
}
