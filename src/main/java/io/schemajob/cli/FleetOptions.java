package io.schemajob.cli;

import io.schemajob.job.Settings;
import io.schemajob.job.fleet.FleetJob;
import io.schemajob.job.fleet.FleetSelection;
import io.schemajob.job.fleet.FleetSource;
import io.schemajob.job.fleet.FleetSource.Kind;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/**
 * Which targets a fleet has, which of them are this run's, and how to go about them. Each option has its variable, as a
 * setting has; pods of one Job differ in nothing but {@code JOB_COMPLETION_INDEX}.
 */
final class FleetOptions {
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST = 999_999;

    /** Kubernetes sets it in the pods of an Indexed Job. */
    private static final String INDEX = "JOB_COMPLETION_INDEX";

    @Option(
            names = "--targets",
            paramLabel = "FILE",
            description = "YAML with targets: a list of names with their schema, database or secret;"
                    + " variable SCHEMAJOB_TARGETS")
    Path file;

    @Option(
            names = "--targets-query",
            paramLabel = "FILE",
            description = "file with a SELECT that returns the targets, run on the database of the connection:"
                    + " columns name, schema, database, secret; variable SCHEMAJOB_TARGETS_QUERY")
    Path query;

    @Option(
            names = "--targets-vault",
            paramLabel = "PATH",
            description =
                    "KV path of Vault: each secret right below it is a target;" + " variable SCHEMAJOB_TARGETS_VAULT")
    String vault;

    @Option(
            names = "--allow-empty",
            description = "a fleet without a target is a success; variable SCHEMAJOB_ALLOW_EMPTY=true")
    boolean allowEmpty;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "work on this target only; may be repeated; variable SCHEMAJOB_ONLY, separated by commas")
    List<String> only = List.of();

    @Option(
            names = "--canary",
            paramLabel = "N",
            description = "work on the first N targets of the whole fleet only, in the order of the hashes of their"
                    + " names; variable SCHEMAJOB_CANARY")
    Integer canary;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "how many runs share the fleet, each with its part by a hash of the names;"
                    + " variable SCHEMAJOB_SHARDS")
    Integer shards;

    @Option(
            names = "--shard",
            paramLabel = "I",
            description =
                    "which of them this run is, from 0; variable SCHEMAJOB_SHARD" + " (default: JOB_COMPLETION_INDEX)")
    Integer shard;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "how many targets at once (default: 1); variable SCHEMAJOB_PARALLEL")
    Integer parallel;

    @Option(
            names = "--per-server",
            paramLabel = "N",
            description = "how many targets at once on one host and port; variable SCHEMAJOB_PER_SERVER")
    Integer perServer;

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            description = "begin no further target after N failures; variable SCHEMAJOB_MAX_FAILURES")
    Integer maxFailures;

    @Option(
            names = "--fail-fast",
            description = "begin no further target after a failure, as --max-failures 1;"
                    + " variable SCHEMAJOB_FAIL_FAST=true")
    boolean failFast;

    /** The one that the command line names, or else the one that a variable names. */
    FleetSource source(Settings settings) {
        Map<Kind, String> given = new EnumMap<>(Kind.class);
        put(given, Kind.FILE, Objects.toString(file, null));
        put(given, Kind.QUERY, Objects.toString(query, null));
        put(given, Kind.VAULT, vault);
        boolean variables = given.isEmpty();
        if (variables) {
            Arrays.stream(Kind.values()).forEach(kind -> put(given, kind, settings.further(kind.option())));
        }
        if (given.size() != 1) {
            String sources = Arrays.stream(Kind.values())
                    .map(kind -> variables && !given.isEmpty()
                            ? Settings.furtherVariable(kind.option())
                            : "--" + kind.option())
                    .collect(Collectors.joining(", "));
            throw refused(
                    variables && !given.isEmpty() ? ExitStatus.CONFIG : ExitStatus.USAGE,
                    "The targets come from one of %s; %d of them are given.".formatted(sources, given.size()));
        }
        Map.Entry<Kind, String> one = given.entrySet().iterator().next();
        return new FleetSource(one.getKey(), one.getValue(), flag(settings, "allow-empty", allowEmpty));
    }

    FleetSelection selection(Settings settings) {
        List<String> names = only.isEmpty() && settings.further("only") != null
                ? List.of(settings.further("only").strip().split("\\s*,\\s*"))
                : only;
        int canaries = number(settings, "canary", canary, 1, MOST, 0);
        if (!names.isEmpty() && canaries > 0) {
            throw refused(ExitStatus.USAGE, "--only and --canary each choose targets: give one of them.");
        }
        int count = number(settings, "shards", shards, 1, MOST, 0);
        int index = number(settings, "shard", shard, 0, MOST, -1);
        if (count == 0 && index >= 0) {
            throw refused(ExitStatus.USAGE, "--shard needs --shards.");
        }
        if (count == 0) {
            return new FleetSelection(names, canaries, 1, 0);
        }
        if (index < 0) {
            index = parse(INDEX, settings.variable(INDEX), 0, MOST, -1);
        }
        if (index < 0 || index >= count) {
            throw refused(
                    shards != null && shard != null ? ExitStatus.USAGE : ExitStatus.CONFIG,
                    index < 0
                            ? "--shards needs --shard, or the variable %s of an Indexed Job.".formatted(INDEX)
                            : "Shard %d is none of %d shards, which are numbered from 0.".formatted(index, count));
        }
        return new FleetSelection(names, canaries, count, index);
    }

    /** What is to be said of a pod of an Indexed Job that does not divide the fleet; null if nothing. */
    String undivided(Settings settings) {
        String index = settings.variable(INDEX);
        boolean divided = number(settings, "shards", shards, 1, MOST, 0) > 0;
        return index == null || divided
                ? null
                : ("%s is %s, and this run does the whole fleet, as each pod of its Job does."
                                + " Set SCHEMAJOB_SHARDS to the completions of the Job.")
                        .formatted(INDEX, Untrusted.text(index));
    }

    FleetJob.Options job(Settings settings) {
        int failures = number(settings, "max-failures", maxFailures, 1, MOST, 0);
        return new FleetJob.Options(
                number(settings, "parallel", parallel, 1, MOST_AT_ONCE, 1),
                number(settings, "per-server", perServer, 1, MOST_AT_ONCE, 0),
                flag(settings, "fail-fast", failFast) ? 1 : failures);
    }

    private static void put(Map<Kind, String> sources, Kind kind, String place) {
        if (place != null && !place.isBlank()) {
            sources.put(kind, place);
        }
    }

    private static boolean flag(Settings settings, String option, boolean given) {
        String value = settings.further(option);
        if (given || value == null) {
            return given;
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw refused(
                    ExitStatus.CONFIG,
                    "%s is \"%s\"; it is true or false.".formatted(Settings.furtherVariable(option), value));
        }
        return value.equals("true");
    }

    private static int number(Settings settings, String option, Integer given, int least, int most, int otherwise) {
        if (given == null) {
            return parse(Settings.furtherVariable(option), settings.further(option), least, most, otherwise);
        }
        if (given < least || given > most) {
            throw refused(ExitStatus.USAGE, "--%s is a number from %d to %d.".formatted(option, least, most));
        }
        return given;
    }

    private static int parse(String variable, String value, int least, int most, int otherwise) {
        if (value == null) {
            return otherwise;
        }
        int number = value.matches("\\d{1,6}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw refused(
                    ExitStatus.CONFIG,
                    "%s is \"%s\"; it is a number from %d to %d.".formatted(variable, value, least, most));
        }
        return number;
    }

    private static SchemajobException refused(ExitStatus status, String message) {
        return Failure.of(status, message)
                .databaseState("Not contacted.")
                .hint("schemajob fleet migrate --help")
                .asException();
    }
}
