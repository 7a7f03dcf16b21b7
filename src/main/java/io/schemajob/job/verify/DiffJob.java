package io.schemajob.job.verify;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.VerificationReport;
import io.schemajob.catalog.diff.DeclarationDiff;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaDiff;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.history.History;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Shows how a database differs from what is declared, or a declaration from another. It decides as {@code verify} does what is
 * drift, changes nothing and takes no lock.
 */
public final class DiffJob {
    private static final String HEAD = "head";
    private static final String HINT =
            "schemajob new NAME --autogenerate writes the statements that lead to what is declared; schemajob snapshot --file schema.yaml writes down what is there.";

    private final RunContext run;

    public DiffJob(RunContext run) {
        this.run = run;
    }

    /**
     * The answer.
     *
     * @param from what is expected, in words
     * @param to what that was compared with
     * @param differences in the order of the comparison
     * @param failure that drift among them is
     */
    public record Answer(String from, String to, List<Difference> differences, Failure failure) {}

    /** The declared schema and the live one. */
    public Answer live() {
        Bundle bundle = run.bundle();
        Verification verification = Verification.of(run, bundle);
        try (RunSession session = RunSession.open(run, bundle)) {
            History history = session.history();
            Optional<Version> version = verification.versionOf(history);
            VerificationReport report =
                    verification.compareSchema(session, version).orElseThrow(() -> nothingDeclared(bundle, version));
            run.report().verified(report.clean(), TypedFindings.of(report));
            run.report().compared(report.verified().total(), report.verified().left());
            return new Answer(
                    "%s at %s, as declared".formatted(bundle.name(), MigrationLabels.of(version)),
                    "schema %s, as it is".formatted(session.schema()),
                    report.differences(),
                    Failure.of(
                                    ExitStatus.VERIFICATION_FAILED,
                                    "The database differs from what is declared in %d place(s)."
                                            .formatted(drift(report.differences())))
                            .hint(HINT)
                            .databaseState("Nothing was changed; the schema is at %s."
                                    .formatted(MigrationLabels.of(history.current()))));
        }
    }

    /**
     * Two declarations, without a database.
     *
     * @param from a file, a version of the bundle, or {@code head}; null for the bundle's newest
     * @param to the same
     */
    public Answer files(String from, String to) {
        Schema before = declaration(from);
        Schema after = declaration(to);
        List<Difference> differences = DeclarationDiff.compare(before, after);
        run.report().found(TypedFindings.of(differences));
        String first = from == null ? HEAD : from;
        String second = to == null ? HEAD : to;
        return new Answer(
                first,
                second,
                differences,
                Failure.of(
                                ExitStatus.VERIFICATION_FAILED,
                                "The declarations differ in %d place(s): %s from %s."
                                        .formatted(drift(differences), second, first))
                        .hint(HINT)
                        .databaseState("Not contacted."));
    }

    private Schema declaration(String name) {
        boolean ofBundle = name == null || name.equals(HEAD);
        Optional<Version> version = ofBundle ? Optional.empty() : Version.find(name);
        if (!ofBundle && version.isEmpty()) {
            return SchemaYaml.read(TextFile.read(path(name)));
        }
        Bundle bundle = run.bundle();
        Optional<Version> wanted = ofBundle ? bundle.head() : version;
        TextFile file = ofBundle || wanted.equals(bundle.head())
                ? bundle.file("schema.yaml").orElse(null)
                : bundle.file("schema/" + name + ".yaml").orElse(null);
        if (file == null) {
            throw nothingDeclared(bundle, wanted);
        }
        return SchemaYaml.read(file);
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw Failure.of(ExitStatus.CONFIG, "This is no name of a file here: %s.".formatted(name))
                    .databaseState("Not contacted.")
                    .hint("Name a schema.yaml or a version of the bundle.")
                    .asException(e);
        }
    }

    private static RuntimeException nothingDeclared(Bundle bundle, Optional<Version> version) {
        String name = MigrationLabels.of(version);
        String snapshot = "schemajob snapshot --file %s writes down what the database has."
                .formatted(version.equals(bundle.head()) ? "schema.yaml" : "schema/" + name + ".yaml");
        return Failure.of(
                        ExitStatus.CONFIG,
                        "Nothing is declared for version %s, so there is nothing to compare with.".formatted(name))
                .where("bundle " + bundle.origin())
                .databaseState("Nothing was changed.")
                .hint(version.isEmpty() ? "schemajob migrate applies what is pending." : snapshot)
                .asException();
    }

    private static long drift(List<Difference> differences) {
        return differences.stream().filter(Difference::isDrift).count();
    }

    /** VERIFICATION_FAILED where there is drift. */
    public static void requireNoDrift(Answer answer) {
        if (SchemaDiff.hasDrift(answer.differences())) {
            throw answer.failure().asException();
        }
    }
}
