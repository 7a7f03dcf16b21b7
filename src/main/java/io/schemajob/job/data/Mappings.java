package io.schemajob.job.data;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the mapping of a run: the file that was named, or the bundle's own. */
final class Mappings {
    private Mappings() {}

    static ImportMapping find(Bundle bundle, Path named) {
        if (named != null) {
            return ImportMapping.read(read(named));
        }
        return bundle.file(ImportMapping.FILE).map(ImportMapping::read).orElseThrow(() -> Failure.of(
                        ExitStatus.CONFIG, "The bundle %s has no %s.".formatted(bundle.name(), ImportMapping.FILE))
                .where("bundle %s (%s)".formatted(bundle.name(), bundle.origin()))
                .databaseState("Not contacted.")
                .hint("schemajob import sqlite FILE --suggest writes a first draft; name it with --mapping FILE.")
                .asException());
    }

    static TextFile read(Path file) {
        try {
            return new TextFile(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "The mapping %s could not be read (%s)."
                                    .formatted(file, e.getClass().getSimpleName()))
                    .databaseState("Not contacted.")
                    .hint("Check the path, and that the file is UTF-8.")
                    .asException(e);
        }
    }
}
