package io.schemajob.report.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run has found and done so far. It is filled in as the run goes on, so that a run that fails half-way still
 * tells how far it came.
 */
public final class RunReport {
    private final long begun = System.nanoTime();
    private final List<String> applied = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private String command;
    private String bundle;
    private String fromVersion;
    private String toVersion;
    private final Map<String, Integer> compared = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> comparedIn = new LinkedHashMap<>();
    private final List<String> notCompared = new ArrayList<>();
    private Boolean verified;
    private JsonNode details;
    private Duration took;
    private boolean connected;
    private boolean locked;
    private boolean looked;
    private String unsettled;

    public void command(String name) {
        this.command = name;
    }

    public void bundle(String name) {
        this.bundle = name;
    }

    /** A session with the database was opened. */
    public void connected() {
        connected = true;
    }

    /** From now on the run may change the database. */
    public void locked() {
        locked = true;
    }

    /**
     * What may have changed in the database besides what is reported as applied: a script at work outside of a
     * transaction, or a commit whose end is not known.
     *
     * @param sentence null when that is settled
     */
    public void unsettled(String sentence) {
        unsettled = sentence;
    }

    /** The same failure; where it does not know what state the database is in, the run does. */
    public Failure complete(Failure failure) {
        return failure.databaseState() == null ? failure.databaseState(databaseState()) : failure;
    }

    private String databaseState() {
        if (!connected) {
            return "Not touched: no session was opened.";
        }
        if (!locked) {
            return "Nothing was changed.";
        }
        String rest = unsettled == null ? "What was not committed was rolled back." : unsettled;
        if (applied.isEmpty()) {
            return looked ? "This run completed no script; %s %s".formatted(version(), rest) : rest;
        }
        String last = applied.get(applied.size() - 1);
        String done = applied.size() == 1
                ? last + ", which stays"
                : applied.size() + " scripts, which stay, the last " + last;
        return "This run completed %s; %s %s".formatted(done, version(), rest);
    }

    private String version() {
        return "the schema is at " + (toVersion == null ? "base" : toVersion) + ".";
    }

    /** The version the schema was at when the run looked first; null for none. */
    public void fromVersion(String version) {
        if (!looked) {
            this.looked = true;
            this.fromVersion = version;
        }
        this.toVersion = version;
    }

    public void toVersion(String version) {
        this.toVersion = version;
    }

    /** A migration was applied, rolled back or recorded, for good. */
    public void applied(String script) {
        applied.add(script);
    }

    /** True: equal to what is declared. False: drift. Never called: not verified. */
    public void verified(boolean clean, List<Finding> found) {
        this.verified = clean;
        findings.addAll(found);
    }

    /** What was found without a verdict on a database. */
    public void found(List<Finding> found) {
        findings.addAll(found);
    }

    /**
     * How far a verification looked.
     *
     * @param counts how many declared objects of each class were compared
     * @param left what the database has and nothing was compared with
     */
    public void compared(Map<String, Integer> counts, List<String> left) {
        compared.putAll(counts);
        notCompared.addAll(left);
    }

    /** How many declared objects of each class were compared in one of several schemas. */
    public void comparedIn(String schema, Map<String, Integer> counts) {
        comparedIn.put(schema, new LinkedHashMap<>(counts));
    }

    /** By schema; empty where there is one. */
    public Map<String, Map<String, Integer>> comparedIn() {
        return Collections.unmodifiableMap(comparedIn);
    }

    public Map<String, Integer> compared() {
        return Collections.unmodifiableMap(compared);
    }

    public List<String> notCompared() {
        return List.copyOf(notCompared);
    }

    /** What a command prints beyond the common fields. */
    public void details(JsonNode node) {
        this.details = node;
    }

    public String command() {
        return command;
    }

    public String bundle() {
        return bundle;
    }

    public String fromVersion() {
        return fromVersion;
    }

    public String toVersion() {
        return toVersion;
    }

    public List<String> applied() {
        return List.copyOf(applied);
    }

    /** Null when nothing was verified. */
    public Boolean verified() {
        return verified;
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    public long driftCount() {
        return findings.stream()
                .filter(finding -> finding.severity().equals(Finding.DRIFT))
                .count();
    }

    public JsonNode details() {
        return details;
    }

    /** Stops the clock of a run whose report is read later. */
    public void end() {
        took = duration();
    }

    public Duration duration() {
        return took == null ? Duration.ofNanos(System.nanoTime() - begun) : took;
    }
}
