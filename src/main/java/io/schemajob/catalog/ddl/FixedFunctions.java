package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlNames;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Functions that cannot be dropped and made again, as what holds on to them can neither: the partition key of a table that
 * stays, a range type of which a table has values, and a view whose rows a table has. Their bodies can be replaced in place.
 */
final class FixedFunctions {
    private static final String RANGE = "range type";
    private static final List<String> OF_RANGES = List.of("canonical", "subtype_diff");

    private final Schema live;
    private final Map<String, Table> tables;
    private final RowTypes rows;

    /** @param tables those of the goal */
    FixedFunctions(Schema live, Map<String, Table> tables, RowTypes rows) {
        this.live = live;
        this.rows = rows;
        this.tables = tables;
    }

    /** The goal with these as they are; notes get them, and left their names. */
    Map<String, Routine> kept(Map<String, Routine> goal, List<Note> notes, Set<Name> left) {
        Map<String, Routine> kept = new LinkedHashMap<>(goal);
        Set<String> fixed = null;
        for (Map.Entry<String, Routine> entry : kept.entrySet()) {
            Routine found = live.routines().get(entry.getKey());
            Routine wanted = entry.getValue();
            if (found == null || RoutineSql.replaces(found, wanted)) {
                continue;
            }
            fixed = fixed == null ? names() : fixed;
            if (fixed.contains(found.name())) {
                entry.setValue(found.with(null, wanted.comment()));
                left.add(Name.function(found.name()));
                notes.add(new Note(
                        wanted.identity(),
                        "It has to be made anew for this, and a partition key, or a range type or view whose values a column has,"
                                + " holds on to it: make a function of another name.",
                        List.of(RoutineSql.create(wanted, false)),
                        true));
            }
        }
        return kept;
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>(rows.called());
        Set<String> types = new HashSet<>();
        live.tables().values().stream()
                .filter(table -> tables.containsKey(table.name()))
                .forEach(table -> {
                    if (table.partitionBy() != null) {
                        names.addAll(SqlNames.called(table.partitionBy()));
                    }
                    table.columns().forEach(column -> types.addAll(SqlNames.mentioned(column.type())));
                });
        for (SchemaObject range : live.objects().of(RANGE).values()) {
            if (Kinds.of(RANGE).names(range).stream().anyMatch(types::contains)) {
                OF_RANGES.stream()
                        .map(range::text)
                        .filter(function -> function != null)
                        .forEach(function -> names.addAll(SqlNames.mentioned(function)));
            }
        }
        return names;
    }
}
