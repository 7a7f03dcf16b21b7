package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.DomainNotNullKind;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotNullKind;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Operations on objects of the described kinds: the kind says the statements, this says when. */
final class ObjectPieces {
    private static final String FOREIGN_TABLE = "foreign table";
    private static final Set<String> TYPES = Set.of("range type", FOREIGN_TABLE);

    private final Scene scene;

    ObjectPieces(Scene scene) {
        this.scene = scene;
    }

    static Piece piece(ObjectKind kind, SchemaObject object) {
        Set<Name> names = kind.names(object).stream()
                .map(name -> new Name(Name.Kind.OBJECT, List.of(name)))
                .collect(Collectors.toCollection(HashSet::new));
        if (kind.noun().equals("aggregate")) {
            kind.names(object).forEach(name -> names.add(Name.function(name)));
        }
        if (TYPES.contains(kind.noun())) {
            kind.names(object).forEach(name -> names.add(Name.typeName(name)));
        }
        if (kind.noun().equals(FOREIGN_TABLE)) {
            names.add(Name.relation(object.name()));
        }
        // By this alone one that is made anew goes before it comes.
        names.add(itself(kind, object));
        if (kind.part() == null) {
            String told = kind.object(object).toString();
            names.add(Name.told(told));
            // Comments know it by the words of pg_identify_object.
            kind.classes().stream()
                    .filter(word -> told.startsWith(kind.noun() + " "))
                    .forEach(word -> names.add(
                            Name.told(word + told.substring(kind.noun().length()))));
        }
        if (kind.shapesColumn(object)) {
            names.add(Name.column(object.name(0), object.name()));
        }
        if (kind.noun().equals(NotNullKind.NOUN) && object.path().get(0).equals("tables")) {
            names.add(Name.constraint(object.name(0), NotNullKind.constraint(object)));
        }
        List<String> create = kind.create(object);
        return new Piece(
                Piece.Kind.valueOf(kind.phase().name()),
                key(kind, object),
                kind.relation(object),
                object.values(),
                create,
                kind.drop(object),
                names,
                kind.mentioning(object),
                needs(kind, object),
                object);
    }

    /** The statements that say of things with these names what goes with them: comments, states of triggers. */
    static List<String> said(Set<Name> names, Schema side) {
        return Kinds.ALL.stream()
                .flatMap(kind -> side.objects().of(kind.noun()).values().stream()
                        .filter(object -> kind.saidOf(object) != null && names.contains(Name.told(kind.saidOf(object))))
                        .flatMap(object -> kind.create(object).stream()))
                .toList();
    }

    private static Name itself(ObjectKind kind, SchemaObject object) {
        return new Name(Name.Kind.OBJECT, List.of(key(kind, object).toString()));
    }

    /** What has to be said of a parent before a child is made, which would inherit its NOT NULL. */
    static Set<Name> beforeChildren(Schema schema, Set<String> parents) {
        ObjectKind kind = Kinds.of(NotNullKind.NOUN);
        return schema.objects().of(NotNullKind.NOUN).values().stream()
                .filter(object -> object.flag(NotNullKind.NO_INHERIT) && parents.contains(object.name(0)))
                .map(object -> itself(kind, object))
                .collect(Collectors.toSet());
    }

    private static Set<Name> needs(ObjectKind kind, SchemaObject object) {
        Set<Name> needs =
                kind.needs(object).stream().map(Name::relation).collect(Collectors.toCollection(HashSet::new));
        if (kind.saidOf(object) != null) {
            needs.add(Name.told(kind.saidOf(object)));
        }
        if (kind.putInto(object) != null) {
            needs.add(Name.told(kind.putInto(object)));
        }
        if (kind.sweptBy(object) != null) {
            needs.add(new Name(Name.Kind.OBJECT, List.of(kind.sweptBy(object))));
        }
        return needs;
    }

    /** Settings have the name of what they set, and are not that. */
    private static ObjectIdentity key(ObjectKind kind, SchemaObject object) {
        return kind.part() == null ? kind.object(object) : kind.object(object).part(kind.part());
    }

    private static ObjectKind kind(Piece piece) {
        return Kinds.of(((SchemaObject) piece.model()).kind());
    }

    /** Whether a change leaves the object in its place. */
    static boolean stays(SchemaObject before, SchemaObject after) {
        ObjectKind kind = Kinds.of(before.kind());
        return kind.settings() || kind.alter(before, after).isPresent() || kind.leftToPerson(before, after) != null;
    }

    /** Whether it is altered, and what stands on it has to make way for that. */
    static boolean isReshaped(SchemaObject before, SchemaObject after) {
        ObjectKind kind = Kinds.of(before.kind());
        return kind.alter(before, after).isPresent() && kind.reshapes(before, after);
    }

    static boolean sweeps(Object model) {
        return model instanceof SchemaObject object && Kinds.of(object.kind()).sweeps(object);
    }

    /** Whether what stands on something has to make way for these settings of it. */
    static boolean reshapes(Object model) {
        return model instanceof SchemaObject object
                && Kinds.of(object.kind()).settings()
                && isReshaped(object.plain(), object);
    }

    /** Whether it is only said again, after what sweeps it away: to take it away before could fail for what others have by it. */
    private boolean isSaidAgain(Piece piece) {
        return kind(piece).sweptBy((SchemaObject) piece.model()) != null
                && scene.replaced().contains(piece.object())
                && scene.old()
                        .get(piece.object())
                        .definition()
                        .equals(scene.wanted().get(piece.object()).definition());
    }

    /** What of the object stays while what it stands on is made anew; empty if it is dropped and created with that. */
    static Optional<SchemaObject> meanwhile(Object model) {
        return model instanceof SchemaObject object ? Kinds.of(object.kind()).meanwhile(object) : Optional.empty();
    }

    void create(Piece piece, List<Operation> operations, List<Note> notes) {
        create(piece).ifPresent(operations::add);
        SchemaObject object = (SchemaObject) piece.model();
        if (kind(piece).settings()
                && stayed(piece, scene.goal().from()).isEmpty()
                && !SettingsOrigin.comesWithAnother(scene, piece, scene.goal().from())) {
            if (alteration(object.plain(), object, scene.goal().to()).isEmpty()) {
                left(object.plain(), object, notes);
            } else {
                noteWayBack(object, object.plain(), notes);
            }
        }
        String added = kind(piece).addedByPerson((SchemaObject) piece.model());
        if (added != null && stayed(piece, scene.goal().from()).isEmpty()) {
            notes.add(new Note(piece.object(), added, List.of(), false));
        }
    }

    private static void left(SchemaObject before, SchemaObject wanted, List<Note> notes) {
        ObjectKind kind = Kinds.of(wanted.kind());
        notes.add(new Note(kind.object(wanted), kind.leftToPerson(before, wanted), List.of(), true));
    }

    /** Settings that nothing takes away stay after the down script. */
    private void noteWayBack(SchemaObject made, SchemaObject before, List<Note> notes) {
        ObjectKind kind = Kinds.of(made.kind());
        if (kind.settings() && alteration(made, before, scene.goal().from()).isEmpty()) {
            notes.add(new Note(
                    kind.object(made).part("way back"),
                    "The down script leaves it. " + kind.leftToPerson(made, before),
                    List.of(),
                    false));
        }
    }

    private Optional<Operation> create(Piece piece) {
        Optional<SchemaObject> stays = stayed(piece, scene.goal().from());
        if (stays.isPresent()) {
            return operation(
                    piece,
                    piece.kind().creation,
                    altered(stays.get(), (SchemaObject) piece.model()),
                    altered((SchemaObject) piece.model(), stays.get()),
                    scene.creating(piece));
        }
        boolean with =
                SettingsOrigin.comesWithAnother(scene, piece, scene.goal().from());
        return operation(
                piece,
                piece.kind().creation,
                with
                        ? beside(piece, scene.goal().to(), scene.goal().from())
                        : setting(piece, scene.goal().to()),
                with || isSaidAgain(piece)
                        ? List.of()
                        : resetting(piece, scene.goal().from()),
                NotNullChanges.ordered(
                        scene,
                        ((SchemaObject) piece.model()).plain(),
                        (SchemaObject) piece.model(),
                        scene.creating(piece)));
    }

    /** What is there of an object that makes way for what it stands on; with settings of what is made anew nothing is. */
    private Optional<SchemaObject> stayed(Piece piece, Schema other) {
        if (!scene.replaced().contains(piece.object()) || SettingsOrigin.comesWithAnother(scene, piece, other)) {
            return Optional.empty();
        }
        SchemaObject after = (SchemaObject) scene.wanted().get(piece.object()).model();
        return meanwhile(scene.old().get(piece.object()).model())
                .filter(stays -> kind(piece).alter(stays, after).isPresent());
    }

    private static List<String> altered(SchemaObject before, SchemaObject after) {
        return Kinds.of(after.kind()).alter(before, after).orElseThrow();
    }

    Optional<Operation> drop(Piece piece) {
        Optional<SchemaObject> stays = stayed(piece, scene.goal().to());
        if (stays.isPresent()) {
            return operation(
                    piece,
                    piece.kind().removal,
                    altered((SchemaObject) piece.model(), stays.get()),
                    altered(stays.get(), (SchemaObject) piece.model()),
                    scene.dropping(piece));
        }
        boolean with =
                SettingsOrigin.comesWithAnother(scene, piece, scene.goal().to());
        SchemaObject object = (SchemaObject) piece.model();
        if (!with
                && kind(piece).settings()
                && alteration(object, object.plain(), scene.goal().to()).isEmpty()) {
            return Optional.empty();
        }
        return operation(
                piece,
                piece.kind().removal,
                with || isSaidAgain(piece)
                        ? List.of()
                        : resetting(piece, scene.goal().to()),
                with
                        ? beside(piece, scene.goal().from(), scene.goal().to())
                        : setting(piece, scene.goal().from()),
                scene.dropping(piece));
    }

    private static Optional<Operation> operation(
            Piece piece, Rank rank, List<String> up, List<String> down, Operation.Effect effect) {
        return up.isEmpty() && down.isEmpty()
                ? Optional.empty()
                : Optional.of(Operation.on(piece, rank, up, down, effect));
    }

    /** What CREATE TABLE has not said already. */
    private static List<String> beside(Piece piece, Schema side, Schema other) {
        SchemaObject object = (SchemaObject) piece.model();
        if (object.kind().equals(DomainNotNullKind.NOUN)) {
            return List.of();
        }
        boolean column = object.path().get(0).equals("tables") && object.path().size() == 4;
        Table table = column && !other.tables().containsKey(object.name(0))
                ? side.tables().get(object.name(0))
                : null;
        return table != null && new ParentColumns(table, side, other).writes(object.name())
                ? kind(piece).createBeside(object)
                : piece.create();
    }

    /**
     * Empty if it cannot be altered, or only in what has no way.
     *
     * @param side the schema that has it afterwards
     */
    private Optional<List<String>> alteration(SchemaObject before, SchemaObject after, Schema side) {
        ObjectKind kind = Kinds.of(after.kind());
        if (kind.noun().equals(DomainNotNullKind.NOUN)
                && new DomainNotNulls(scene.goal().from(), scene.goal().to()).isMoving(after.name())) {
            return Optional.of(List.of());
        }
        int major = scene.goal().from().objects().server().major();
        Optional<List<String>> altered = kind.noun().equals(NotNullKind.NOUN)
                ? new NotNullChanges(scene, side).statements(before, after)
                : kind.alter(major, before, after);
        boolean function =
                after.path().get(0).equals("functions") && side.routines().containsKey(after.name(0));
        return altered.isEmpty() && function
                ? Optional.of(FunctionReplacement.statements(side.routines().get(after.name(0)), side))
                : altered;
    }

    /** On what is there already settings are altered, which can mean less than to make them with it. */
    private List<String> setting(Piece piece, Schema side) {
        SchemaObject object = (SchemaObject) piece.model();
        return kind(piece).settings() ? alteration(object.plain(), object, side).orElse(List.of()) : piece.create();
    }

    private List<String> resetting(Piece piece, Schema side) {
        SchemaObject object = (SchemaObject) piece.model();
        return kind(piece).settings() ? alteration(object, object.plain(), side).orElse(List.of()) : piece.drop();
    }

    void change(Piece before, Piece after, List<Operation> operations, List<Note> notes) {
        ObjectKind kind = kind(after);
        boolean goes =
                SettingsOrigin.comesWithAnother(scene, before, scene.goal().to());
        boolean comes =
                SettingsOrigin.comesWithAnother(scene, after, scene.goal().from());
        if (goes || comes) {
            operation(
                            after,
                            goes ? after.kind().removal : after.kind().creation,
                            comes ? after.create() : List.of(),
                            goes ? before.create() : List.of(),
                            scene.changing(before, after))
                    .ifPresent(operations::add);
            return;
        }
        SchemaObject old = (SchemaObject) before.model();
        SchemaObject wanted = (SchemaObject) after.model();
        Optional<List<String>> up = alteration(old, wanted, scene.goal().to());
        if (up.isEmpty()) {
            left(old, wanted, notes);
            return;
        }
        Optional<List<String>> down = alteration(wanted, old, scene.goal().from());
        noteWayBack(wanted, old, notes);
        operations.add(Operation.on(
                after,
                NotNullChanges.goes(scene, old, wanted) ? after.kind().removal : after.kind().creation,
                up.get(),
                down.orElseGet(() -> kind.settings() ? List.of() : kind.anew(wanted, old)),
                changing(before, after)));
    }

    private Operation.Effect changing(Piece before, Piece after) {
        Operation.Effect effect = isReshaped((SchemaObject) before.model(), (SchemaObject) after.model())
                ? scene.reshaping(before, after).alike()
                : scene.changing(before, after);
        SchemaObject old = (SchemaObject) before.model();
        SchemaObject wanted = (SchemaObject) after.model();
        boolean exempts = wanted.flag(NotNullKind.NO_INHERIT) && !old.flag(NotNullKind.NO_INHERIT);
        return NotNullChanges.ordered(
                scene,
                old,
                wanted,
                exempts
                        ? new Operation.Effect(
                                Set.of(itself(kind(after), wanted)), Set.of(), effect.uses(), effect.releases())
                        : effect);
    }
}
