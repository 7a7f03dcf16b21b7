package io.schemajob.importer.mapping;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The mapping put together with both schemas: nothing is left to find out but the values.
 *
 * @param tables in the order in which they are loaded
 * @param cyclic whether some refer to each other, so that no order is right for every row
 */
public record ImportPlan(List<TablePlan> tables, boolean cyclic) {
    /** Expressions for the OIDs of the tables, for an IN. */
    public String regclasses() {
        return tables.stream().map(table -> table.target().regclass()).collect(Collectors.joining(", "));
    }

    public Optional<TablePlan> table(String target) {
        return tables.stream().filter(table -> table.name().equals(target)).findFirst();
    }
}
