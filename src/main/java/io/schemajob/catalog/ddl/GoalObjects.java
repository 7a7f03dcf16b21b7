package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.UserType.Composite;
import io.schemajob.catalog.model.UserType.Domain;
import io.schemajob.catalog.model.UserType.Enumeration;
import io.schemajob.catalog.model.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The live objects that both sides have, with what changes of them.
 *
 * @param left gets what a person has to change first
 * @param rows which views have rows in columns of tables
 */
record GoalObjects(Changes changes, List<Note> notes, Set<Name> left, RowTypes rows) {

    /**
     * The indexes of a table or view.
     *
     * @param relation its name
     * @param parts those that are parts of an incomplete one of the parent, which PostgreSQL drops with that
     * @param partitioned whether its indexes are made of those of its partitions, which nothing but making it anew completes
     */
    List<Index> indexes(
            String relation, boolean partitioned, Set<String> parts, List<Index> declared, List<Index> live) {
        Map<String, Index> found = live.stream().collect(Collectors.toMap(Index::name, Function.identity()));
        List<Index> goal = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Index index : declared) {
            known.add(index.name());
            ObjectIdentity object = ObjectIdentity.in(relation, "index", index.name());
            boolean anew = changes.missing(object) | changes.changed(object, "definition");
            boolean invalid = changes.changed(object, "state");
            boolean options = changes.says(object, "options");
            Index partner = found.get(index.name());
            if (anew || partner == null) {
                goal.add(index);
            } else {
                Index kept = options ? partner.withOptions(index.options()) : partner;
                goal.add(invalid && partitioned ? kept.withState(index.valid()) : kept);
                if (invalid && !partitioned) {
                    notes.add(new Note(object, "It is invalid; schemajob repair builds it again.", List.of(), true));
                }
            }
        }
        for (Index index : live) {
            ObjectIdentity object = ObjectIdentity.in(relation, "index", index.name());
            if (!known.contains(index.name()) && !changes.goes(object) && !parts.contains(index.name())) {
                goal.add(index);
                if (changes.mayStay(object)) {
                    notes.add(Note.undeclared(object, IndexSql.drop(index, false)));
                }
            }
        }
        return goal;
    }

    List<Trigger> triggers(String relation, List<Trigger> declared, List<Trigger> live) {
        return parts(declared, live, Trigger::name, name -> ObjectIdentity.in(relation, "trigger", name));
    }

    /** What is declared; of that, the live one where no more than the name differs, which it has by now. */
    <T> List<T> parts(
            List<T> declared, List<T> live, Function<T, String> name, Function<String, ObjectIdentity> identity) {
        Map<String, T> found = live.stream().collect(Collectors.toMap(name, Function.identity()));
        List<T> goal = new ArrayList<>();
        for (T part : declared) {
            ObjectIdentity object = identity.apply(name.apply(part));
            T partner = found.remove(name.apply(part));
            boolean anew = changes.missing(object) | changes.changed(object, "definition");
            goal.add(anew || partner == null ? part : partner);
        }
        found.keySet().forEach(other -> changes.goes(identity.apply(other)));
        return goal;
    }

    /** Its columns alone differ where the types below them do: then the view is made anew around these. */
    View view(View declared, View live) {
        ObjectIdentity object = declared.identity();
        changes.changed(object, "columns");
        boolean anew = changes.changed(object, "kind") | changes.changed(object, "definition");
        if (rows.hold(live.name()) && (anew || changes.changed(object, "options"))) {
            left.add(Name.relation(live.name()));
            notes.add(new Note(object, RowTypes.WHY, List.of(), true));
            return live;
        }
        return new View(
                live.name(),
                declared.materialized(),
                anew ? declared.definition() : live.definition(),
                columns(live.name(), anew ? declared.columns() : live.columns(), live.columns()),
                changes.value(object, "options", declared, live, View::options),
                indexes(live.name(), false, Set.of(), declared.indexes(), live.indexes()),
                triggers(live.name(), declared.triggers(), live.triggers()),
                null,
                changes.comment(object, live.comment()));
    }

    /** @param relation the view or composite type of which they are */
    private List<Column> columns(String relation, List<Column> goal, List<Column> live) {
        return goal.stream()
                .map(column -> live.stream()
                        .filter(other -> other.name().equals(column.name()))
                        .findFirst()
                        .map(other -> column.withComment(
                                changes.comment(ObjectIdentity.column(relation, column.name()), other.comment())))
                        .orElse(column))
                .toList();
    }

    Routine routine(Routine declared, Routine live) {
        ObjectIdentity object = declared.identity();
        changes.changed(object, "kind");
        boolean body = changes.changed(object, "body");
        return new Routine(
                live.signature(),
                live.name(),
                declared.procedure(),
                changes.value(object, "arguments", declared, live, Routine::arguments),
                changes.value(object, "result", declared, live, Routine::result),
                changes.value(object, "language", declared, live, Routine::language),
                changes.value(object, "volatility", declared, live, Routine::volatility),
                changes.value(object, "strictness", declared, live, Routine::strict),
                changes.value(object, "security", declared, live, Routine::securityDefiner),
                changes.value(object, "leakproof", declared, live, Routine::leakproof),
                changes.value(object, "parallel", declared, live, Routine::parallel),
                changes.value(object, "settings", declared, live, Routine::configuration),
                body ? declared.body() : live.body(),
                body ? declared.sqlBody() : live.sqlBody(),
                changes.value(object, "library", declared, live, Routine::library),
                changes.value(object, "transforms", declared, live, Routine::transforms),
                null,
                changes.comment(object, live.comment()));
    }

    Sequence sequence(Sequence declared, Sequence live) {
        ObjectIdentity object = declared.identity();
        return new Sequence(
                live.name(),
                changes.value(object, "type", declared, live, Sequence::type),
                changes.value(object, "start", declared, live, Sequence::start),
                changes.value(object, "increment", declared, live, Sequence::increment),
                changes.value(object, "minimum", declared, live, Sequence::minimum),
                changes.value(object, "maximum", declared, live, Sequence::maximum),
                changes.value(object, "cache", declared, live, Sequence::cache),
                changes.value(object, "cycle", declared, live, Sequence::cycle),
                changes.value(object, "owned by", declared, live, Sequence::ownedBy),
                null,
                changes.comment(object, live.comment()));
    }

    UserType type(UserType declared, UserType live) {
        ObjectIdentity object = declared.identity();
        String comment = changes.comment(object, live.comment());
        if (changes.changed(object, "kind")) {
            return declared.with(null, comment);
        } else if (declared instanceof Enumeration a && live instanceof Enumeration b) {
            List<String> values = changes.value(object, "values", a, b, Enumeration::values);
            return new Enumeration(live.name(), values, null, comment);
        } else if (declared instanceof Composite a && live instanceof Composite b) {
            List<Column> attributes = changes.value(object, "attributes", a, b, Composite::attributes);
            return new Composite(live.name(), columns(live.name(), attributes, b.attributes()), null, comment);
        }
        Domain a = (Domain) declared;
        Domain b = (Domain) live;
        return new Domain(
                live.name(),
                changes.value(object, "type", a, b, Domain::type),
                changes.value(object, "nullability", a, b, Domain::nullable),
                changes.value(object, "default", a, b, Domain::defaultValue),
                changes.value(object, "collation", a, b, Domain::collation),
                parts(a.checks(), b.checks(), Check::name, name -> ObjectIdentity.domainCheck(live.name(), name)),
                null,
                comment);
    }
}
