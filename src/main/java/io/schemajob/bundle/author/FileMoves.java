package io.schemajob.bundle.author;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Renames files of a folder, all or none, and never in place of others. */
public final class FileMoves {
    private final Path folder;
    private final Deque<Path[]> done = new ArrayDeque<>();

    public FileMoves(Path folder) {
        this.folder = folder;
    }

    /**
     * @param moves new paths by old ones, in ascending order: the last is renamed first, as it may have the name that the one
     *     before it is to get
     * @param further files that are created afterwards, unless they are there
     * @throws SchemajobException {@link ExitStatus#CONFIG}; then nothing was changed
     */
    public void move(Map<String, String> moves, List<TextFile> further) {
        List<String> order = new ArrayList<>(moves.keySet());
        Collections.reverse(order);
        try {
            for (String from : order) {
                move(folder.resolve(from), folder.resolve(moves.get(from)));
            }
            new NewFiles(folder)
                    .write(further.stream()
                            .filter(file -> !Files.exists(folder.resolve(file.path())))
                            .toList());
        } catch (IOException e) {
            undo();
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "A file of %s could not be renamed (%s: %s)."
                                    .formatted(folder, e.getClass().getSimpleName(), e.getMessage()))
                    .where("bundle " + folder)
                    .databaseState("Not contacted. The files are as they were.")
                    .hint("Correct that, and run the command again.")
                    .asException(e);
        } catch (SchemajobException e) {
            undo();
            throw e;
        }
    }

    private void move(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(from, to);
        done.push(new Path[] {from, to});
    }

    private void undo() {
        while (!done.isEmpty()) {
            Path[] pair = done.pop();
            try {
                Files.move(pair[1], pair[0]);
            } catch (IOException e) {
                // The first failure is the one to tell; git knows the files.
            }
        }
    }
}
