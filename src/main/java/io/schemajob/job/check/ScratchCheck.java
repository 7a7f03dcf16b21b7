package io.schemajob.job.check;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaDiff;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.Identifiers;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.job.author.SnapshotJob;
import io.schemajob.job.migrate.MigrateJob;
import io.schemajob.job.migrate.RollbackJob;
import io.schemajob.job.verify.VerifyJob;
import io.schemajob.report.annotation.Annotation.Level;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.result.Finding;
import io.schemajob.report.result.RunReport;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs a bundle on a database that exists only for this: up, verify, down to base, up again. The database that the
 * connection names is only used to create and drop it.
 */
final class ScratchCheck {
    /** The step with which each check on a scratch database begins. */
    static final String UP = "up";

    private static final String PREFIX = "schemajob_check_";

    /** How the object of a finding begins that a check in SQL made; its file follows. */
    private static final String CHECK = "check ";

    private final RunContext run;
    private final CheckSteps steps;
    private final Consumer<String> writer;
    private final DeclaredLines declared;
    private final String name = PREFIX + HexFormat.of().formatHex(random());

    /** @param writer takes the text of schema.yaml once all scripts are applied; null if it stays as it is */
    ScratchCheck(RunContext run, CheckSteps steps, Consumer<String> writer) {
        this.run = run;
        this.steps = steps;
        this.writer = writer;
        this.declared = DeclaredLines.of(run.bundle());
    }

    private static byte[] random() {
        byte[] bytes = new byte[6];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    void execute() {
        Bundle bundle = run.bundle();
        try (RunSession session = RunSession.open(run, bundle)) {
            run.log().step("Creating the scratch database " + name);
            statement(session, "CREATE DATABASE " + Identifiers.quote(name));
            try {
                work(bundle);
            } catch (RuntimeException e) {
                dropAfter(session, e);
                throw e;
            }
            drop(session);
        }
    }

    private void drop(RunSession session) {
        statement(session, "DROP DATABASE IF EXISTS " + Identifiers.quote(name) + " WITH (FORCE)");
        run.log().step("The scratch database is dropped");
    }

    /** A second failure must not hide the first. */
    private void dropAfter(RunSession session, RuntimeException failure) {
        try {
            drop(session);
        } catch (SchemajobException e) {
            failure.addSuppressed(e);
            run.log().warn("The scratch database is left; drop it: DROP DATABASE " + name);
        }
    }

    private void work(Bundle bundle) {
        String empty = snapshot();
        if (!steps.attempt(UP, "all scripts applied", this::up)) {
            return;
        }
        String first = snapshot();
        if (writer != null) {
            writer.accept(first);
        }
        if (bundle.file("schema.yaml").isEmpty() && writer == null) {
            steps.skipped("verify", "the bundle declares nothing (schema.yaml)");
        } else {
            verify();
        }
        List<String> without = bundle.migrations().stream()
                .filter(migration -> migration.downScript().isEmpty())
                .map(migration -> migration.version().toString())
                .toList();
        if (bundle.migrations().isEmpty() || !without.isEmpty()) {
            steps.skipped(
                    "down", "no down script for " + (without.isEmpty() ? "anything" : String.join(", ", without)));
            return;
        }
        if (!steps.attempt("down", "all scripts rolled back", this::down)) {
            return;
        }
        Migration oldest = bundle.migrations().get(0);
        steps.compare(
                "rolled back",
                oldest.downScript().orElse(oldest.up()).path(),
                "The down scripts do not undo all",
                differences(empty, snapshot()));
        if (steps.attempt("up again", "all scripts applied a second time", this::up)) {
            steps.compare(
                    "the same again",
                    oldest.up().path(),
                    "Down and up again end in another schema",
                    differences(first, snapshot()));
        }
    }

    private void up() {
        new MigrateJob(scratch(), new MigrateJob.Options("head", false, false)).execute();
    }

    /** Nothing but the scripts has made this database, so what is not declared in it is missing in schema.yaml. */
    private void verify() {
        RunContext own = scratch();
        boolean equal = steps.attempt("verify", "nothing that is declared differs", () -> new VerifyJob(own).execute());
        List<CheckFinding> found =
                own.report().findings().stream().map(this::drift).toList();
        if (equal) {
            steps.found("declared", "all that the scripts make is declared", found, found.size());
        } else {
            steps.add(found);
        }
    }

    private CheckFinding drift(Finding finding) {
        String message = "%s, %s: expected %s, found %s"
                .formatted(finding.object(), finding.aspect(), finding.expected(), finding.found());
        return finding.object().startsWith(CHECK)
                ? new CheckFinding(
                        "violation", Level.ERROR, finding.object().substring(CHECK.length()), 1, message + ".")
                : new CheckFinding(
                        "drift",
                        Level.ERROR,
                        "schema.yaml",
                        declared.of(finding.typed()),
                        message + "; schemajob check --write renews schema.yaml.");
    }

    private void down() {
        new RollbackJob(scratch(), "base", migrations -> true).execute();
    }

    private String snapshot() {
        return new SnapshotJob(scratch(), List.of()).execute();
    }

    private static List<Difference> differences(String before, String after) {
        return SchemaDiff.compare(schema(before), schema(after), DiffOptions.DEFAULT).stream()
                .filter(difference -> difference.severity() != Difference.Severity.SILENT)
                .toList();
    }

    private static Schema schema(String yaml) {
        return SchemaYaml.read(new TextFile("schema.yaml", yaml));
    }

    /** The same run on the scratch database. */
    private RunContext scratch() {
        return new RunContext(
                run.settings().with(Map.of(), name),
                run.log().about("scratch"),
                run.redactor(),
                run.cancellation(),
                new RunReport());
    }

    private void statement(RunSession session, String sql) {
        try (Statement statement = session.lockConnection().createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            SchemajobException cause =
                    DatabaseFailures.unexpected("The scratch database " + name + " is not to be had", e);
            Failure failure = cause.failure();
            throw failure.databaseState(
                            "Only the scratch database may be left; the database of the connection was not changed.")
                    .hint("The role needs the right to create databases: ALTER ROLE … CREATEDB; or leave the server out"
                            + " (--offline). If it is left: DROP DATABASE " + name)
                    .asException(e);
        }
    }
}
