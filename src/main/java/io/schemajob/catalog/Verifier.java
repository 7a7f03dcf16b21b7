package io.schemajob.catalog;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaDiff;
import io.schemajob.catalog.model.Schema;
import io.schemajob.report.failure.SchemajobException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proves that a database is what its bundle declares: catalog and required rows at one moment, then the bundle's own
 * checks, each in a clean session; nothing leaves a trace.
 */
public final class Verifier {
    private Verifier() {}

    /** Runs the checks on the connection too. */
    public static VerificationReport verify(Connection connection, VerificationRequest request) throws SQLException {
        return verify(connection, request, CheckSessions.same(connection));
    }

    /**
     * Verifies on a connection in autocommit (then in transactions of its own) or inside the caller's open transaction
     * (then behind savepoints that are rolled back, so the caller may go on with it).
     *
     * @param sessions where the bundle's checks run
     * @throws SQLException when the catalog or a required row cannot be read
     * @throws io.schemajob.report.failure.SchemajobException with {@link io.schemajob.report.failure.ExitStatus#CONFIG} when a check is
     *     no valid SQL though the schema is as declared
     */
    public static VerificationReport verify(Connection connection, VerificationRequest request, CheckSessions sessions)
            throws SQLException {
        Comparison comparison = compare(connection, request);
        List<Violation> violations = new ArrayList<>();
        for (TextFile check : request.checks()) {
            run(request.schema(), check, sessions, comparison.drifts() > 0).ifPresent(violations::add);
        }
        Schema declared = request.declared() == null ? Schema.EMPTY : request.declared();
        return new VerificationReport(
                request.declared() != null,
                comparison.differences(),
                violations,
                ComparedCounts.of(declared, comparison.live(), request.checks().size()));
    }

    private record Comparison(Schema live, List<Difference> differences) {
        long drifts() {
            return differences.stream().filter(Difference::isDrift).count();
        }
    }

    /**
     * Where an extension is in a schema of its own, its types and functions are printed with that schema. A declared
     * schema may name them either way, as it was written on a server that has the extension there or in public.
     */
    private static Comparison compare(Connection connection, VerificationRequest request) throws SQLException {
        Comparison comparison = compare(connection, request, ReadOnlyWork.Path.DECLARED);
        if (comparison.drifts() == 0 || !ExtensionCheck.elsewhere(connection)) {
            return comparison;
        }
        Comparison other = compare(connection, request, ReadOnlyWork.Path.WITH_EXTENSIONS);
        return other.drifts() < comparison.drifts() ? other : comparison;
    }

    private static Comparison compare(Connection connection, VerificationRequest request, ReadOnlyWork.Path path)
            throws SQLException {
        Schema declared = request.declared() == null ? null : request.declared().linked(request.schema());
        Look look =
                ReadOnlyWork.run(connection, request.schema(), path, () -> look(connection, request, declared, path));
        List<Difference> differences =
                declared == null ? new ArrayList<>() : differences(connection, request, path, declared, look.live());
        look.others().stream().filter(other -> !differences.contains(other)).forEach(differences::add);
        return new Comparison(look.live(), differences);
    }

    /** In what a live schema differs, which was read with this path. */
    static List<Difference> differences(
            Connection connection, VerificationRequest request, ReadOnlyWork.Path path, Schema declared, Schema live)
            throws SQLException {
        DeclaredWording wording = DeclaredWording.of(connection, request.schema(), path, declared, live);
        List<Difference> differences = new ArrayList<>();
        SchemaDiff.compare(wording.declared(), live, request.options()).stream()
                .map(wording::explained)
                .forEach(differences::add);
        differences.addAll(wording.notes());
        return differences;
    }

    private record Look(Schema live, List<Difference> others) {}

    private static Look look(
            Connection connection, VerificationRequest request, Schema declared, ReadOnlyWork.Path path)
            throws SQLException {
        Schema live = Schema.EMPTY;
        List<Difference> others = new ArrayList<>();
        if (declared != null) {
            live = request.live().read(connection, declared.objects().coverage().privileges(), path);
            others.addAll(RowCheck.missingRows(connection, request.schema(), declared, live));
        }
        others.addAll(ExtensionCheck.missing(connection, request.extensions()));
        return new Look(live, others);
    }

    /**
     * Checks are written for the declared schema. Where that is not what is there, one that breaks is no fault of the
     * bundle, and must not keep the drift that broke it from being told.
     */
    private static Optional<Violation> run(String schema, TextFile check, CheckSessions sessions, boolean drift)
            throws SQLException {
        try {
            return sessions.run(
                    check.text(),
                    session -> ReadOnlyWork.run(
                            session,
                            schema,
                            ReadOnlyWork.Path.OF_SESSION,
                            () -> Optional.ofNullable(ChecksRunner.run(session, check))));
        } catch (SchemajobException e) {
            if (!drift) {
                throw e;
            }
            String reason = "could not run: " + e.failure().message();
            return Optional.of(new Violation(check.path(), List.of(reason), false));
        }
    }
}
