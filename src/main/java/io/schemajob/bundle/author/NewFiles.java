package io.schemajob.bundle.author;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates files in a folder, all or none, and never in place of others. Each is written under a name that bundles do not
 * look at, and then linked to its own: a link is made whole or not at all, and fails where the name is taken.
 */
final class NewFiles {
    private final Path folder;
    private final List<Path> temporary = new ArrayList<>();
    private final List<Path> created = new ArrayList<>();

    NewFiles(Path folder) {
        this.folder = folder;
    }

    /** @throws SchemajobException {@link ExitStatus#CONFIG}; then nothing was created */
    void write(List<TextFile> files) {
        try {
            for (TextFile file : files) {
                Path target = folder.resolve(file.path());
                Files.createDirectories(target.getParent());
                Path draft = Files.createTempFile(target.getParent(), ".new-", ".sql");
                temporary.add(draft);
                Files.write(draft, file.text().getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < files.size(); i++) {
                create(temporary.get(i), folder.resolve(files.get(i).path()), files.get(i));
            }
        } catch (IOException e) {
            created.forEach(NewFiles::remove);
            throw failure(e);
        } finally {
            temporary.forEach(NewFiles::remove);
        }
    }

    private void create(Path draft, Path target, TextFile file) throws IOException {
        try {
            Files.createLink(target, draft);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // A file system without hard links: not in one instant, but still never in place of another file.
            Files.write(target, file.text().getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
        }
        created.add(target);
        target.toFile().setReadable(true, false);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // What began with a dot is ignored by bundles, and the first failure is the one to tell.
        }
    }

    private SchemajobException failure(IOException e) {
        String what = e instanceof FileAlreadyExistsException taken
                ? "The file %s is there already.".formatted(taken.getFile())
                : e instanceof AccessDeniedException
                        ? "The folder %s cannot be written to.".formatted(folder)
                        : "The scripts could not be written to %s (%s: %s)."
                                .formatted(folder, e.getClass().getSimpleName(), e.getMessage());
        return Failure.of(ExitStatus.CONFIG, what)
                .where("bundle " + folder)
                .databaseState("Nothing was changed, and no script was written.")
                .hint("Correct that, and run the command again.")
                .asException(e);
    }
}
