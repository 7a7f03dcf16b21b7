package io.schemajob.importer.mapping;

import io.schemajob.importer.target.MappedForeignKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts tables behind those that they refer to; where they refer to each other, it says so. */
public final class LoadOrder {
    private final Map<String, TablePlan> plans = new HashMap<>();
    private final Map<String, Boolean> finished = new HashMap<>();
    private final List<TablePlan> order = new ArrayList<>();
    private boolean cyclic;

    private LoadOrder(List<TablePlan> tables) {
        tables.forEach(table -> plans.put(table.name(), table));
        tables.forEach(this::visit);
    }

    public static LoadOrder of(List<TablePlan> tables) {
        return new LoadOrder(tables);
    }

    public List<TablePlan> tables() {
        return List.copyOf(order);
    }

    /** Whether two tables refer to each other, directly or not. */
    public boolean cyclic() {
        return cyclic;
    }

    private void visit(TablePlan table) {
        Boolean done = finished.get(table.name());
        if (done != null) {
            cyclic |= !done;
            return;
        }
        finished.put(table.name(), false);
        for (MappedForeignKey key : table.target().foreignKeys()) {
            TablePlan parent = key.table() == null ? null : plans.get(key.table());
            if (parent != null && parent != table) {
                visit(parent);
            }
        }
        finished.put(table.name(), true);
        order.add(table);
    }
}
