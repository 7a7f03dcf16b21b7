package io.schemajob.importer.mapping;

import io.schemajob.bundle.source.Problem;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Gathers what is wrong with a mapping, so that one run tells all of it. */
final class Mistakes {
    private final List<SchemajobException> found = new ArrayList<>();

    /** Reads a part; empty if that part is wrong, which is told in the end. */
    <T> Optional<T> in(Supplier<T> part) {
        try {
            return Optional.ofNullable(part.get());
        } catch (SchemajobException e) {
            found.add(e);
            return Optional.empty();
        }
    }

    void check(Runnable part) {
        in(() -> {
            part.run();
            return null;
        });
    }

    void add(SchemajobException mistake) {
        found.add(mistake);
    }

    void addAll(List<SchemajobException> mistakes) {
        found.addAll(mistakes);
    }

    /** @throws SchemajobException CONFIG with all of them, each with file, line and column */
    void refuse() {
        if (found.size() == 1) {
            throw found.get(0);
        }
        if (!found.isEmpty()) {
            String all = found.stream().map(e -> e.failure().message()).collect(Collectors.joining(" "));
            throw Failure.of(ExitStatus.CONFIG, "The mapping has %d mistakes: %s".formatted(found.size(), all))
                    .where(found.get(0).failure().where())
                    .databaseState(Problem.UNTOUCHED)
                    .hint(Problem.CORRECT)
                    .asException();
        }
    }
}
