package io.schemajob.job.verify;

import io.schemajob.bundle.Bundle;
import io.schemajob.catalog.model.Schema;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.List;

/** Sees to it that a bundle declares the schemas that it owns, and no others: none is left out in silence. */
public final class OwnedSchemas {
    private OwnedSchemas() {}

    /** A bundle that owns several schemas declares each of them in its schema.yaml. */
    public static void requireAll(Bundle bundle, Schema newest) {
        List<String> missing = undeclared(bundle, newest);
        if (!missing.isEmpty()) {
            throw refused(
                    bundle,
                    "bundle.yaml names the schemas %s, and schema.yaml says nothing of %s."
                            .formatted(String.join(", ", bundle.schemas()), String.join(", ", missing)),
                    "schemajob snapshot --file schema.yaml writes them; or write schemas: {%s: {}} into schema.yaml, if nothing is to be there."
                            .formatted(missing.get(0)));
        }
        requireOwned(bundle, newest, "schema.yaml");
    }

    /** @param file that declares this */
    static void requireOwned(Bundle bundle, Schema declared, String file) {
        for (String name : declared.further().keySet()) {
            if (!bundle.furtherSchemas().contains(name)) {
                throw refused(
                        bundle,
                        "%s declares the schema %s, which is none of the further schemas of bundle.yaml (%s)."
                                .formatted(
                                        file,
                                        name,
                                        bundle.furtherSchemas().isEmpty()
                                                ? "it has none"
                                                : String.join(", ", bundle.furtherSchemas())),
                        "Write all schemas of the bundle into bundle.yaml, the one with the history first: schemas: [MAIN, %s]; what is in the first stands at the top of schema.yaml."
                                .formatted(name));
            }
        }
    }

    /** The further schemas of which a declaration says nothing. */
    static List<String> undeclared(Bundle bundle, Schema declared) {
        return bundle.furtherSchemas().stream()
                .filter(name -> !declared.further().containsKey(name))
                .toList();
    }

    private static SchemajobException refused(Bundle bundle, String message, String hint) {
        return Failure.of(ExitStatus.CONFIG, message)
                .where("bundle " + bundle.origin())
                .databaseState("Not contacted.")
                .hint(hint)
                .asException();
    }
}
