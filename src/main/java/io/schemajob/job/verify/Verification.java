package io.schemajob.job.verify;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.RequiredExtension;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.sql.SqlName;
import io.schemajob.catalog.CheckSessions;
import io.schemajob.catalog.ComparedCounts;
import io.schemajob.catalog.DriftTable;
import io.schemajob.catalog.VerificationReport;
import io.schemajob.catalog.VerificationRequest;
import io.schemajob.catalog.Verifier;
import io.schemajob.catalog.Violation;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaDiff;
import io.schemajob.catalog.equivalence.Equivalence;
import io.schemajob.catalog.equivalence.LiveWording;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.Identifiers;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.adopt.MigrationTool;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The last step of a run: is the database what the bundle declares? What is declared is read before anything is
 * contacted, so that a broken {@code schema.yaml} changes nothing.
 */
public final class Verification {
    private static final String CORRECT =
            "schemajob diff shows each difference; correct the database, or, if it is right, write its schema.yaml anew with schemajob snapshot --file schema.yaml.";
    private static final int TABLE_WIDTH = 140;
    private static final int MOST_WARNINGS = 10;
    private static final int MOST_NAMED = 5;

    private final RunContext run;
    private final Bundle bundle;
    private final DeclaredSchemas declarations;

    private Verification(RunContext run, Bundle bundle, DeclaredSchemas declarations) {
        this.run = run;
        this.bundle = bundle;
        this.declarations = declarations;
    }

    public static Verification of(RunContext run, Bundle bundle) {
        return new Verification(
                run,
                bundle,
                run.shared().once(DeclaredSchemas.class, bundle.origin(), () -> DeclaredSchemas.read(bundle)));
    }

    /** A bundle that asks for owners and privileges has to declare them. */
    public static void requirePrivileges(Bundle bundle, Schema newest) {
        if (bundle.comparesPrivileges()
                && newest != null
                && !newest.objects().coverage().privileges()) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "bundle.yaml says privileges: declared, and schema.yaml holds no owners and privileges.")
                    .where("bundle " + bundle.origin())
                    .databaseState("Not contacted.")
                    .hint(
                            "schemajob snapshot writes them: schemajob snapshot --file schema.yaml; or take the key out of bundle.yaml.")
                    .asException();
        }
    }

    /** The same in further schemas. */
    public Set<SqlName> declaredElsewhere() {
        Set<SqlName> names = new HashSet<>();
        declaredVersions().forEach(version -> declaredAt(Optional.of(version))
                .further()
                .forEach((schema, declared) ->
                        declared.tables().keySet().forEach(table -> names.add(new SqlName(schema, table)))));
        return names;
    }

    /** Names of the tables in the run's schema that any version declares. */
    public Set<String> declaredTables() {
        Set<String> names = new HashSet<>();
        declaredVersions()
                .forEach(version ->
                        names.addAll(declaredAt(Optional.of(version)).tables().keySet()));
        return names;
    }

    /** The versions for which something is declared, newest first. */
    public List<Version> declaredVersions() {
        List<Version> versions = new ArrayList<>(bundle.migrations().stream()
                .map(Migration::version)
                .filter(this::declares)
                .toList());
        Collections.reverse(versions);
        return versions;
    }

    /** What the versions after this one declare and it does not, and the other way round. */
    public List<Difference> differencesToLater(Version version) {
        Schema declared = declaredAt(Optional.of(version));
        return declaredVersions().stream()
                .filter(later -> later.compareTo(version) > 0)
                .map(later -> declaredAt(Optional.of(later)))
                .flatMap(
                        later -> SchemaDiff.compare(
                                LiveWording.of(declared, later, Equivalence.TOKENS), later, DiffOptions.DEFAULT)
                                .stream())
                .toList();
    }

    /** Other versions that declare exactly the same, so that a catalog cannot tell which of them it is at. */
    public List<Version> equalTo(Version version) {
        Schema declared = declaredAt(Optional.of(version));
        return declaredVersions().stream()
                .filter(other ->
                        !other.equals(version) && declaredAt(Optional.of(other)).equals(declared))
                .toList();
    }

    /**
     * The version that the schema is held against: the one that it is at; the newest of a schema that something else
     * maintains, which has no history of ours, and of a bundle that only declares.
     */
    Optional<Version> versionOf(History history) {
        return history.exists() && bundle.head().isPresent() ? history.current() : bundle.head();
    }

    /** Whether the bundle says what the schema is like at this version. */
    public boolean declares(Version version) {
        return Optional.of(version).equals(bundle.head())
                ? declarations.newest() != null
                : bundle.file(DeclaredSchemas.path(version)).isPresent();
    }

    /** Compares the database with what is declared at this version, without any verdict. */
    public VerificationReport compare(RunSession session, Version version) {
        Schema declared = declaredAt(Optional.of(version));
        return verify(
                session.lockConnection(),
                session,
                declared,
                declared == declarations.newest() ? checks() : List.of(),
                extensions(Optional.of(version)));
    }

    /**
     * Compares the schema, its required rows and the bundle's extensions, without the checks and without any verdict; empty
     * where nothing is declared for the version.
     */
    Optional<VerificationReport> compareSchema(RunSession session, Optional<Version> version) {
        return Optional.ofNullable(declaredAt(version))
                .filter(declared -> bundle.strict() || !declared.isEmpty())
                .map(declared -> verify(session.lockConnection(), session, declared, List.of(), extensions(version)));
    }

    /** What is declared for a version, or null. */
    Schema declared(Version version) {
        return declaredAt(Optional.of(version));
    }

    /** Fails with VERIFICATION_FAILED unless a database that is to be taken over is as declared at this version. */
    public void requireBeforeRecording(RunSession session, Version version) {
        if (!declares(version)) {
            run.log()
                    .warn("The bundle declares nothing for version %s, so its tables cannot be compared"
                            .formatted(version));
        }
        require(
                session.lockConnection(),
                session,
                Optional.of(version),
                "Nothing was recorded and nothing was changed; the comparison was with version %s.".formatted(version),
                otherVersions(version));
    }

    /** The database may be right, and at a version for which the bundle declares nothing. */
    private String otherVersions(Version version) {
        List<String> undeclared = bundle.migrations().stream()
                .map(Migration::version)
                .filter(other -> !declares(other))
                .map(Version::toString)
                .toList();
        String file = Optional.of(version).equals(bundle.head()) ? "schema.yaml" : DeclaredSchemas.path(version);
        String right =
                "Correct the database; or, if it is right at version %1$s, write %2$s anew (schemajob snapshot --file %2$s)."
                        .formatted(version, file);
        String forced = " schemajob baseline VERSION records a version without looking.";
        if (undeclared.isEmpty()) {
            return right + forced;
        }
        String last = undeclared.get(undeclared.size() - 1);
        String named = undeclared.size() > MOST_NAMED
                ? "one of %d versions up to %s".formatted(undeclared.size(), last)
                : "version " + String.join(" or ", undeclared);
        return "If the database is at %1$s, for which the bundle declares nothing: schemajob baseline %2$s records it, or write schema/%2$s.yaml (schemajob snapshot --file schema/%2$s.yaml) and run schemajob adopt again. "
                        .formatted(named, undeclared.size() == 1 ? last : "VERSION")
                + right;
    }

    /** Fails with VERIFICATION_FAILED unless the database is as declared at this version. */
    public void require(RunSession session, Optional<Version> version) {
        require(
                session.lockConnection(),
                session,
                version,
                "The schema is at " + MigrationLabels.of(version) + "; verifying" + " changed nothing.");
    }

    /** The same inside the open transaction of a dry run. */
    public void requireInside(Connection connection, RunSession session, Optional<Version> version) {
        require(connection, session, version, "The dry run was rolled back; nothing was changed.");
    }

    /** The same inside a transaction that changed data only, before it is committed. */
    public void requireBeforeCommit(Connection connection, RunSession session, Optional<Version> version) {
        require(connection, session, version, "Everything was rolled back; the tables are as they were.");
    }

    private void require(Connection connection, RunSession session, Optional<Version> version, String state) {
        require(connection, session, version, state, CORRECT);
    }

    private void require(
            Connection connection, RunSession session, Optional<Version> version, String state, String hint) {
        Schema declared = declaredAt(version);
        List<TextFile> checks = declared == declarations.newest() ? checks() : List.of();
        List<RequiredExtension> extensions = extensions(version);
        boolean compared = declared != null && (bundle.strict() || !declared.isEmpty());
        run.log()
                .step(
                        compared
                                ? "Verifying %stables...".formatted(noun())
                                : nothingDeclared(version, declared, checks.size() + extensions.size()));
        if (!compared && checks.isEmpty() && extensions.isEmpty()) {
            return;
        }
        VerificationReport report = verify(connection, session, declared, checks, extensions);
        if (compared || !report.clean()) {
            run.report().verified(report.clean(), TypedFindings.of(report));
        }
        if (compared) {
            run.report().compared(report.verified().total(), report.verified().left());
            tellSchemas(session, report.verified(), declared);
        }
        tellCoverage(session, report.verified());
        tellWarnings(report.warnings());
        if (!report.clean()) {
            throw failure(report, state, hint);
        }
        if (!compared) {
            run.log()
                    .step("%d extension(s) are there, %d check(s) found nothing; the schema was not compared"
                            .formatted(extensions.size(), checks.size()));
            return;
        }
        run.log()
                .step(
                        report.verified().allTables() == 0
                                ? "Schema verified successfully"
                                : "All %d %stables%s verified successfully"
                                        .formatted(report.verified().allTables(), noun(), inSchemas(session)));
    }

    /** Those of the bundle, which are its newest version's: an older one may not have created them yet. */
    private List<RequiredExtension> extensions(Optional<Version> version) {
        return version.equals(bundle.head()) ? bundle.extensions() : List.of();
    }

    private static String nothingDeclared(Optional<Version> version, Schema declared, int checks) {
        String what = declared == null
                ? "Nothing is declared for version %s".formatted(MigrationLabels.of(version))
                : "The declared schema is empty";
        return checks == 0 ? what + "; nothing was compared" : what + "; running the checks alone...";
    }

    private VerificationReport verify(
            Connection connection,
            RunSession session,
            Schema declared,
            List<TextFile> checks,
            List<RequiredExtension> extensions) {
        VerificationRequest request = new VerificationRequest(
                session.schema(),
                session.furtherSchemas(),
                HistoryTable.NAME,
                declared,
                checks,
                new DiffOptions(bundle.strict(), session.ownerRole()),
                extensions);
        boolean inside = connection != session.lockConnection();
        try (CheckSessions sessions = inside ? CheckSessions.same(connection) : CheckSessions.own(session.sessions())) {
            if (inside && !checks.isEmpty()) {
                session.migration().lock().markTransaction(connection);
            }
            return withoutHistories(Verifier.verify(connection, request, sessions));
        } catch (SQLException e) {
            run.cancellation().check();
            throw DatabaseFailures.unexpected("The catalog could not be read", e);
        }
    }

    /** Another tool's history is not part of the schema, as ours is not. */
    private static VerificationReport withoutHistories(VerificationReport report) {
        return new VerificationReport(
                report.declared(),
                report.differences().stream()
                        .filter(difference -> !historyOfAnother(difference))
                        .toList(),
                report.violations(),
                report.verified());
    }

    private static boolean historyOfAnother(Difference difference) {
        String name = difference.object().name();
        return difference.change() == Difference.Change.EXTRA
                && difference.aspect().equals(Difference.EXISTENCE)
                && switch (difference.object().kind()) {
                    case "table" -> MigrationTool.isHistory(name);
                    case "sequence" -> MigrationTool.isHistory(name.replaceFirst("_id_seq$", ""));
                    default -> false;
                };
    }

    private Schema declaredAt(Optional<Version> version) {
        return declarations.at(version);
    }

    private List<TextFile> checks() {
        return bundle.files().values().stream()
                .filter(file -> file.path().startsWith("verify/"))
                .toList();
    }

    private String noun() {
        return bundle.noun() == null ? "" : bundle.noun() + " ";
    }

    private static String inSchemas(RunSession session) {
        return session.furtherSchemas().isEmpty()
                ? ""
                : " in the schemas %s, %s".formatted(session.schema(), String.join(", ", session.furtherSchemas()));
    }

    /** How much was compared of each of several schemas. */
    private void tellSchemas(RunSession session, ComparedCounts counts, Schema declared) {
        if (session.furtherSchemas().isEmpty()) {
            return;
        }
        run.report().comparedIn(session.schema(), counts.byClass());
        counts.further().forEach((name, further) -> run.report().comparedIn(name, further.byClass()));
        OwnedSchemas.undeclared(bundle, declared).forEach(name -> run.log()
                .warn("Not compared, as nothing is declared of it at this version: schema " + name));
    }

    /** What was compared, and what could not be: silence would read as a promise. */
    private void tellCoverage(RunSession session, ComparedCounts counts) {
        boolean several = !session.furtherSchemas().isEmpty();
        if (!counts.words().isEmpty() || several) {
            run.log()
                    .detail("Compared%s: ".formatted(several ? " in schema " + session.schema() : "")
                            + (counts.words().isEmpty() ? "nothing is declared" : counts.words())
                            + (counts.privileges() ? "" : "; owners and privileges are not compared"));
        }
        counts.further().forEach((name, further) -> run.log()
                .detail("Compared in schema %s: %s"
                        .formatted(name, further.words().isEmpty() ? "nothing is declared" : further.words())));
        tellLeft(counts, "");
        counts.further().forEach((name, further) -> tellLeft(further, " in schema " + name));
    }

    private void tellLeft(ComparedCounts counts, String where) {
        if (!counts.silent().isEmpty()) {
            run.log()
                    .warn(
                            "Not compared%s, as schema.yaml does not say that it covers them: %s; write it anew with schemajob snapshot --file schema.yaml"
                                    .formatted(
                                            where,
                                            counts.silent().entrySet().stream()
                                                    .map(kind -> kind.getKey() + " (" + kind.getValue() + ")")
                                                    .collect(Collectors.joining(", "))));
        }
        counts.notHeld().forEach((words, names) -> run.log()
                .warn("Not compared%s, as no schema.yaml can hold %s: %s"
                        .formatted(where, words, String.join(", ", names))));
    }

    private void tellWarnings(List<Difference> warnings) {
        warnings.stream().limit(MOST_WARNINGS).forEach(warning -> run.log().warn(warning.toString()));
        if (warnings.size() > MOST_WARNINGS) {
            run.log().warn("… and %d more; the report has them all".formatted(warnings.size() - MOST_WARNINGS));
        }
    }

    private RuntimeException failure(VerificationReport report, String state, String hint) {
        int width = Math.min(TABLE_WIDTH, run.log().width());
        DriftTable.lines(report.drift(), run.redactor()::redact, width).forEach(run.log()::line);
        for (Violation violation : report.violations()) {
            run.log().line("Check %s found:".formatted(violation.file()));
            violation.rows().forEach(row -> run.log().line("    " + row));
        }
        List<String> named = new ArrayList<>(
                report.drift().stream().map(Difference::toString).toList());
        report.violations().forEach(violation -> named.add("check " + violation.file()));
        String list = named.stream().limit(MOST_NAMED).collect(Collectors.joining("; "));
        String more = named.size() > MOST_NAMED ? "; and %d more".formatted(named.size() - MOST_NAMED) : "";
        return Failure.of(
                        ExitStatus.VERIFICATION_FAILED,
                        "The database differs from what is declared in %d place(s): %s%s."
                                .formatted(named.size(), list, more))
                .where("bundle %s (%s)".formatted(bundle.name(), bundle.origin()))
                .databaseState(state)
                .hint(hint(report, hint))
                .asException();
    }

    /** What is missing of the bundle's extensions is for a script to create, or for an administrator. */
    private String hint(VerificationReport report, String otherwise) {
        List<String> statements = bundle.extensions().stream()
                .flatMap(extension -> report.drift().stream()
                        .filter(drift -> drift.object().equals(ObjectIdentity.of("extension", extension.name())))
                        .map(drift -> (drift.aspect().equals(Difference.EXISTENCE)
                                        ? "CREATE EXTENSION IF NOT EXISTS %s;"
                                        : "ALTER EXTENSION %s UPDATE;")
                                .formatted(Identifiers.quote(extension.name()))))
                .toList();
        if (report.drift().isEmpty()) {
            return "Correct what the checks found, or the checks; the schema itself is as declared.";
        }
        return statements.isEmpty()
                ? otherwise
                : "Write a migration that says, or let an administrator run: " + String.join(" ", statements);
    }
}
