package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.kind.NotNullKind;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Partitions that have a NOT NULL before and after that of their parent comes or goes. PostgreSQL drops theirs together with the
 * parent's; and from 18 on one that is there before the parent's keeps its name and stays their own.
 */
final class KeptNotNulls {
    private static final int NAMED_SINCE = 18;

    private final Scene scene;
    private final String column;
    private final List<Table> tables = new ArrayList<>();

    KeptNotNulls(Scene scene, String parent, String column) {
        this.scene = scene;
        this.column = column;
        if (!isNotValid(parent)) {
            collect(parent);
        }
    }

    /** What belongs to one of these has it from there. */
    private void collect(String parent) {
        for (Table child : scene.children().getOrDefault(parent, List.of())) {
            if (child.partition() != null) {
                boolean changes = scene.goal().carried().contains(Name.notNull(child.name(), column));
                if (!changes && sides().allMatch(side -> isRequired(child, side))) {
                    tables.add(child);
                } else {
                    collect(child.name());
                }
            }
        }
    }

    private Stream<Schema> sides() {
        return Stream.of(scene.goal().from(), scene.goal().to());
    }

    /** Such a one of the parent is made a whole one in ways of its own. */
    private boolean isNotValid(String parent) {
        return sides().anyMatch(side -> NotNullKind.isNotValid(parent, column, side));
    }

    private boolean isRequired(Table table, Schema side) {
        return column(table, side) != null && !column(table, side).nullable();
    }

    private Column column(Table table, Schema side) {
        Table there = side.tables().get(table.name());
        return there == null ? null : there.column(column).orElse(null);
    }

    /** Behind the statement that drops that of the parent. */
    List<String> setAgain() {
        return tables.stream()
                .map(this::alter)
                .map(alter -> alter + "SET NOT NULL")
                .toList();
    }

    /** Before the statement that makes that of the parent. */
    List<String> dropBefore() {
        return scene.goal().from().objects().server().major() < NAMED_SINCE
                ? List.of()
                : tables.stream()
                        .filter(table -> !isInKey(table))
                        .map(this::alter)
                        .map(alter -> alter + "DROP NOT NULL")
                        .toList();
    }

    private boolean isInKey(Table table) {
        return sides().map(side -> side.tables().get(table.name()).primaryKey())
                .allMatch(key -> key != null && key.columns().contains(column));
    }

    private String alter(Table table) {
        return SqlText.alter(table.name(), column);
    }

    /** Primary keys that go with the old ones go before, and others come after. */
    Effect among(Effect effect) {
        Set<Name> creates = new HashSet<>(effect.creates());
        Set<Name> drops = new HashSet<>(effect.drops());
        tables.forEach(table -> {
            creates.add(Name.notNull(table.name(), column));
            drops.add(Name.notNull(table.name(), column));
        });
        return new Effect(creates, drops, effect.uses(), effect.releases(), effect.inBody(), effect.inOldBody());
    }

    static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
