package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.IndexParts;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.TablePart;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is said of indexes, constraints and triggers that PostgreSQL makes by itself: parts of those of a partition's parents, also where
 * these or only their columns change, and what it makes anew at a table whose column gets another type. With that it is lost,
 * and is said again.
 */
final class BroughtParts {
    /**
     * An index, constraint or trigger that somebody wrote.
     *
     * @param table that has it
     * @param names by which it goes and comes
     * @param changes columns with whose types PostgreSQL makes it anew
     * @param columns that the name of a part is made of, null for an expression; null where parts have no names of their own
     * @param label at the end of that name
     */
    private record Part(
            Table table, String name, Set<Name> names, Set<Name> changes, List<String> columns, String label) {
        /** Whether the thing of this name is the part of it that a partition has. */
        private boolean isAt(Table partition, String part, Schema schema) {
            return name.equals(part)
                    || label.equals("fkey") && part.startsWith(name + "_")
                    || columns != null
                            && (label.equals("pkey")
                                    ? part.equals(partition.name() + "_pkey")
                                    : IndexParts.isPart(schema, partition.name(), name, part, columns, label));
        }
    }

    private final Schema schema;
    private final OwnNames ownNames;
    private final List<Table> partitions;

    BroughtParts(Schema schema) {
        this.schema = schema;
        this.ownNames = new OwnNames(schema);
        this.partitions = schema.tables().values().stream()
                .filter(table -> table.partition() != null)
                .toList();
    }

    /** What has to be there before an object says something of such a thing, and with which that is forgotten. */
    Set<Name> needed(SchemaObject object) {
        return Kinds.of(object.kind()).parts(object).stream()
                .flatMap(part -> needed(part).stream())
                .collect(Collectors.toSet());
    }

    private Set<Name> needed(TablePart part) {
        if (part.table() == null) {
            return withIndex(part)
                    .flatMap(table -> needed(table, part).stream())
                    .collect(Collectors.toSet());
        }
        Table table = schema.table(part.table());
        return table == null ? Set.of() : needed(table, part);
    }

    /** The tables that may have an index of this name. */
    private Stream<Table> withIndex(TablePart part) {
        Stream<Table> bringing = partitions.stream().filter(table -> part.name().startsWith(table.name() + "_"));
        Stream<Table> having = part.remembered()
                ? Stream.of()
                : schema.tables().values().stream().filter(table -> table.indexes().stream()
                        .anyMatch(index -> index.name().equals(part.name())));
        return Stream.concat(bringing, having);
    }

    private Set<Name> needed(Table table, TablePart part) {
        List<Part> own = parts(table).stream()
                .filter(one -> one.name().equals(part.name()))
                .toList();
        if (!own.isEmpty()) {
            return part.remembered() ? Set.of() : names(own);
        }
        List<Part> above = table.partition() == null
                ? List.of()
                : schema.ancestors(table).stream()
                        .flatMap(parent -> parts(parent).stream())
                        .toList();
        // A foreign key to a partitioned table is made of further ones to its partitions.
        List<Part> said = Stream.concat(table.foreignKeys().stream().map(key -> part(table, key)), above.stream())
                .filter(one -> one.isAt(table, part.name(), schema))
                .toList();
        return names(said.isEmpty() ? above : said);
    }

    /** Whether an object says something of a part that a partition has here, by the name that it has or PostgreSQL would give it. */
    boolean isOfPart(SchemaObject object) {
        return Kinds.of(object.kind()).parts(object).stream()
                .anyMatch(
                        part -> (part.table() == null ? withIndex(part) : Stream.ofNullable(schema.table(part.table())))
                                .anyMatch(table -> isPart(table, part)));
    }

    private boolean isPart(Table table, TablePart part) {
        return table.partition() != null
                && schema.ancestors(table).stream()
                        .flatMap(parent -> parts(parent).stream())
                        .anyMatch(one -> one.isAt(table, part.name(), schema));
    }

    private static Set<Name> names(List<Part> parts) {
        return parts.stream()
                .flatMap(part -> Stream.concat(part.names().stream(), part.changes().stream()))
                .collect(Collectors.toSet());
    }

    private List<Part> parts(Table table) {
        List<Part> parts = new ArrayList<>();
        table.keys().filter(key -> key.name() != null).forEach(key -> parts.add(part(table, key)));
        table.exclusions()
                .forEach(one -> parts.add(new Part(
                        table,
                        one.name(),
                        names(table, Name.constraint(ownNames.bare(table), one.name()), Name.relation(one.name())),
                        mentioned(table, one.definition()),
                        List.of(),
                        "excl")));
        table.indexes().forEach(index -> parts.add(part(table, index)));
        table.foreignKeys().forEach(key -> parts.add(part(table, key)));
        table.triggers()
                .forEach(trigger -> parts.add(new Part(
                        table,
                        trigger.name(),
                        names(table, Name.told(ObjectIdentity.in(ownNames.bare(table), "trigger", trigger.name()))),
                        Set.of(),
                        null,
                        "")));
        return parts;
    }

    private Part part(Table table, Key key) {
        List<String> columns = Stream.concat(
                        key.columns().stream().map(column -> column.replaceFirst(" WITHOUT OVERLAPS$", "")),
                        key.include().stream())
                .toList();
        return new Part(
                table,
                key.name(),
                names(table, Name.constraint(ownNames.bare(table), key.name()), Name.relation(key.name())),
                columns(table, columns::contains),
                columns,
                key.equals(table.primaryKey()) ? "pkey" : key.isTemporal() ? "excl" : "key");
    }

    private Part part(Table table, Index index) {
        List<String> columns = new ArrayList<>();
        index.keys().forEach(key -> columns.add(key.column()));
        columns.addAll(index.include());
        String words = Stream.concat(
                        index.keys().stream().map(IndexKey::expression), Stream.ofNullable(index.predicate()))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        Set<Name> changes = new HashSet<>(mentioned(table, words));
        changes.addAll(columns(table, columns::contains));
        return new Part(table, index.name(), names(table, Name.relation(index.name())), changes, columns, "idx");
    }

    private Part part(Table table, ForeignKey key) {
        Set<Name> changes = new HashSet<>(columns(table, key.columns()::contains));
        key.references().forEach(column -> changes.add(Name.column(key.table(), column)));
        return new Part(
                table,
                key.name(),
                names(table, Name.constraint(ownNames.bare(table), key.name())),
                changes,
                key.columns(),
                "fkey");
    }

    private Set<Name> mentioned(Table table, String sql) {
        return columns(table, SqlNames.mentioned(sql)::contains);
    }

    private Set<Name> columns(Table table, Predicate<String> which) {
        return table.columns().stream()
                .map(column -> column.name())
                .filter(which)
                .map(column -> Name.column(table.name(), column))
                .collect(Collectors.toSet());
    }

    private Set<Name> names(Table table, Name... names) {
        return Stream.of(names).map(name -> ownNames.seen(table, name)).collect(Collectors.toSet());
    }
}
