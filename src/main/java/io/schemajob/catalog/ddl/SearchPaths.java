package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts each statement of a script where names mean what they mean in its schema's section: a change of the search path
 * stands between the statements of two schemas.
 */
public final class SearchPaths {
    private static final ObjectIdentity OBJECT = ObjectIdentity.worded("search path", "search path");

    private final String main;
    private final List<String> behind;
    private final Map<Operation, String> schemas = new IdentityHashMap<>();

    /**
     * The paths of a plan.
     *
     * @param main the schema that is first on the path when a script begins
     * @param behind schemas that stand on every path, such as {@code public} and those of extensions
     */
    SearchPaths(String main, List<String> behind) {
        this.main = main;
        this.behind = behind;
    }

    /** Whether it only changes the path. */
    public static boolean isPath(Operation operation) {
        return operation.object().equals(OBJECT);
    }

    void belongs(Operation operation, String schema) {
        schemas.put(operation, schema);
    }

    void replaces(Operation before, Operation after) {
        schemas.put(after, schemas.get(before));
    }

    /** @param local whether it ends with the transaction */
    String statement(String schema, boolean local) {
        String path = Stream.concat(Stream.of(schema), behind.stream())
                .distinct()
                .map(SqlText::name)
                .collect(Collectors.joining(", "));
        return "SET " + (local ? "LOCAL " : "") + "search_path = " + path;
    }

    List<Operation> in(List<Operation> script) {
        List<Operation> whole = new ArrayList<>();
        String current = main;
        for (Operation operation : script) {
            String schema = schemas.getOrDefault(operation, current);
            if (!operation.up().isEmpty() && !schema.equals(current)) {
                whole.add(path(operation, true, schema));
                current = schema;
            }
            whole.add(operation);
        }
        return backwards(whole);
    }

    /** The way back runs the last operation first. */
    private List<Operation> backwards(List<Operation> script) {
        List<Operation> whole = new ArrayList<>();
        String current = main;
        for (int i = script.size() - 1; i >= 0; i--) {
            Operation operation = script.get(i);
            String schema = schemas.getOrDefault(operation, current);
            if (!operation.down().isEmpty() && !schema.equals(current)) {
                whole.add(0, path(operation, false, schema));
                current = schema;
            }
            whole.add(0, operation);
        }
        return List.copyOf(whole);
    }

    private Operation path(Operation of, boolean up, String schema) {
        List<String> set = List.of(statement(schema, !of.alone()));
        Operation path = Operation.of(of.rank(), OBJECT, null, up ? set : List.of(), up ? List.of() : set, Effect.NONE);
        return of.alone() ? path.onItsOwn() : path;
    }
}
