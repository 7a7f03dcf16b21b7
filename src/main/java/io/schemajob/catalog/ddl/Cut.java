package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.ObjectIdentity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts the way into scripts: each is one transaction, but for a statement that cannot run in one, which stands alone. What
 * must be committed before the next thing happens ends a script.
 */
final class Cut {
    private final List<List<Operation>> scripts = new ArrayList<>();
    private List<Operation> current = new ArrayList<>();
    private final Set<ObjectIdentity> objects = new HashSet<>();
    private final List<Operation> extensions = new ArrayList<>();

    private Cut() {}

    static List<List<Operation>> scripts(List<Operation> sorted) {
        Cut cut = new Cut();
        sorted.stream()
                .filter(operation ->
                        !operation.up().isEmpty() || !operation.down().isEmpty())
                .forEach(cut::add);
        cut.end();
        return cut.scripts;
    }

    private void add(Operation operation) {
        if (extensions.stream().anyMatch(earlier -> usesNewValue(earlier, operation))) {
            endAfterEnums();
        }
        if (operation.alone() || objects.contains(operation.apartFrom())) {
            end();
        }
        current.add(operation);
        objects.add(operation.object());
        if (operation.rank() == Rank.EXTEND_ENUM) {
            extensions.add(operation);
        }
        if (operation.alone()) {
            end();
        }
    }

    /** The new values come first and get a script for themselves; the rest stays together. */
    private void endAfterEnums() {
        int last = 0;
        for (int i = 0; i < current.size(); i++) {
            last = current.get(i).rank() == Rank.EXTEND_ENUM ? i + 1 : last;
        }
        scripts.add(List.copyOf(current.subList(0, last)));
        current = new ArrayList<>(current.subList(last, current.size()));
        objects.clear();
        current.forEach(operation -> objects.add(operation.object()));
        extensions.clear();
    }

    private void end() {
        if (!current.isEmpty()) {
            scripts.add(List.copyOf(current));
            current = new ArrayList<>();
            objects.clear();
            extensions.clear();
        }
    }

    private static boolean usesNewValue(Operation earlier, Operation operation) {
        return operation.rank() != Rank.EXTEND_ENUM && operation.up().stream().anyMatch(sql -> uses(sql, earlier));
    }

    /** PostgreSQL refuses to use a value of an enum in the transaction that has added it. */
    private static boolean uses(String sql, Operation extension) {
        return extension.effect().creates().stream()
                .anyMatch(value -> sql.contains(value.words().get(0)));
    }
}
