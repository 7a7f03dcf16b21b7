package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of object, in one place. Whoever adds one writes this, registers it in {@link Kinds}, and adds a row of damages
 * to its test; reading, writing, comparing, planning and the table in the docs follow from it.
 */
public interface ObjectKind {
    /** What it is, in the words of PostgreSQL's manual: {@code rule}. */
    String noun();

    /** Where its objects stand in {@code schema.yaml}. */
    List<Place> places();

    /** What is compared; a scalar in {@code schema.yaml} means the first one. */
    List<Aspect> aspects();

    /** The types of {@code pg_identify_object} that it covers; empty for settings of another kind's objects. */
    List<String> classes();

    /** Without it there are none, and {@link #query} is not sent. */
    Sign sign();

    /**
     * One row an object. {@code :schema} is the schema's OID, and {@code :schemas} the list of those that the bundle owns. {@code path} as {@code text[]}, and a column for each aspect, NULL where it is absent. A list is
     * a {@code text[]}, a map one of {@code name=value}.
     *
     * @param major version of the server
     */
    String query(int major);

    Undeclared undeclared();

    Phase phase();

    /** Its name in a report: {@code rule no_delete on orders}. */
    default ObjectIdentity object(SchemaObject object) {
        return object.path().size() < 4
                ? ObjectIdentity.of(noun(), object.name(0))
                : ObjectIdentity.in(object.name(0), noun(), object.name(1));
    }

    /** The table or view that it belongs to, beyond what its path says; or null. */
    default String relation(SchemaObject object) {
        String section = object.path().get(0);
        return section.equals("tables") || section.equals("views")
                ? object.name(0)
                : target(object).map(AccessTarget::relation).orElse(null);
    }

    /** Names that other statements may use for it. */
    default List<String> names(SchemaObject object) {
        return List.of();
    }

    /** The name, of those of {@link #names}, of what takes more away than it says: this one, which is said after it; or null. */
    default String sweptBy(SchemaObject object) {
        return null;
    }

    /** Whether its statements, also those of the way back, take away what is {@link #sweptBy swept by} it. */
    default boolean sweeps(SchemaObject object) {
        return false;
    }

    /** Names of tables, indexes and sequences that it needs, beside those that its statements mention. */
    default List<String> needs(SchemaObject object) {
        return List.of();
    }

    /** The text that mentions what it needs. What stands before tables has no expressions, and data in its literals. */
    default String mentioning(SchemaObject object) {
        String create = String.join("\n", create(object));
        return phase() == Phase.FOUNDATION || phase() == Phase.DEFINITION ? SqlNames.withoutLiterals(create) : create;
    }

    /** The object that it says something of, in words and name, where that is no table; or null. */
    default String saidOf(SchemaObject object) {
        return null;
    }

    /** The parts of tables of which it says something, beside {@link #saidOf}. */
    default List<TablePart> parts(SchemaObject object) {
        return List.of();
    }

    /** The object that it is put into, in words and name, which comes before it; or null. */
    default String putInto(SchemaObject object) {
        return null;
    }

    /** Whether these are settings of an object of another kind: they are never missing, only different. */
    default boolean settings() {
        return false;
    }

    /** Whether such an object is in no schema: it is read and declared once, with the main schema. */
    default boolean databaseWide() {
        return false;
    }

    /** The same of one object. */
    default boolean databaseWide(SchemaObject object) {
        return databaseWide();
    }

    /** Whether its query tells those {@link SchemaObject#isElsewhere() elsewhere}, in a column of that name. */
    default boolean readsElsewhere() {
        return false;
    }

    /** Which part of another kind's object it is, or null. */
    default String part() {
        return settings() ? "settings" : null;
    }

    /** The level of declarations that know this kind, see {@link Kinds#LEVEL}. */
    default int since() {
        return 2;
    }

    /** What of it came after PostgreSQL 14, with the version, for the docs; empty if nothing. */
    default String newer() {
        return "";
    }

    /** Whether a difference from such a declaration is a warning only. */
    default boolean harmless(Coverage coverage) {
        return false;
    }

    /** The same of one aspect. */
    default boolean harmless(Coverage coverage, Aspect aspect) {
        return harmless(coverage);
    }

    /** Whether an aspect is nothing but a name, which is a warning unless the bundle is strict. */
    default boolean isName(Aspect aspect) {
        return false;
    }

    /** What it means that nobody declared this object, beside what was declared. */
    default Undeclared undeclared(SchemaObject found, SchemaObjects declared) {
        return undeclared();
    }

    /** Whether a plan for a strict bundle takes one away of which verify only warns. */
    default boolean goesIfStrict() {
        return false;
    }

    /** Whether it is compared on partitions of a declared table that are not declared themselves. */
    default boolean onPartitions() {
        return false;
    }

    /** Whether it is compared only where the bundle asks for it. */
    default boolean onDemand() {
        return false;
    }

    /** What it belongs to or is about, where that is no table or function of its path. */
    default Optional<AccessTarget> target(SchemaObject object) {
        return Optional.empty();
    }

    /** The roles that must exist for it. */
    default List<String> roles(SchemaObject object) {
        return List.of();
    }

    /** Why it cannot be declared so, or empty. */
    default Optional<String> problem(SchemaObject object) {
        return Optional.empty();
    }

    /**
     * A declared object as a server of this version can have it; empty if it cannot have it at all.
     *
     * @param major 0 if that is unknown
     */
    default Optional<SchemaObject> on(int major, SchemaObject declared) {
        return Optional.of(declared);
    }

    /** What a live schema has where it has no entry for a declared object: what is so by default. */
    default Optional<SchemaObject> implied(SchemaObject declared, Schema live) {
        return settings() ? Optional.of(declared.plain()) : Optional.empty();
    }

    /** What a declaration says of a live object that it does not mention; empty if it is not to be there. */
    default Optional<SchemaObject> assumed(SchemaObject found, Schema declared) {
        return settings() ? Optional.of(found.plain()) : Optional.empty();
    }

    /** What the text of an aspect stands in, so that the server can be asked what it means. */
    default SqlScope scope(SchemaObject object, Aspect aspect, Schema live) {
        return aspect.form() == Aspect.Form.EXPRESSION ? SqlScope.table(object.name(0)) : SqlScope.WORDS;
    }

    List<String> create(SchemaObject object);

    /** What is left to say of settings of a column that a CREATE TABLE of its own list made. */
    default List<String> createBeside(SchemaObject object) {
        return create(object);
    }

    List<String> drop(SchemaObject object);

    /** Drops what is there and creates what is wanted. */
    default List<String> anew(SchemaObject before, SchemaObject after) {
        List<String> statements = new ArrayList<>(drop(before));
        statements.addAll(create(after));
        return statements;
    }

    /** Statements that change it in place; empty if it must be dropped and created. */
    default Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return Optional.empty();
    }

    /**
     * The same on a server of this version.
     *
     * @param major 0 if that is unknown
     */
    default Optional<List<String>> alter(int major, SchemaObject before, SchemaObject after) {
        return alter(before, after);
    }

    /** Whether it says of a column what that is, so that what stands on the column stands on this. */
    default boolean shapesColumn(SchemaObject object) {
        return false;
    }

    /** Whether what stands on it has to make way for {@link #alter}, as it does for a drop. */
    default boolean reshapes(SchemaObject before, SchemaObject after) {
        return false;
    }

    /** What stays of it while what it stands on is made anew; empty if it is dropped and created with that. */
    default Optional<SchemaObject> meanwhile(SchemaObject object) {
        return Optional.empty();
    }

    /** What of it a person has to add where it is created, as a sentence; or null. */
    default String addedByPerson(SchemaObject object) {
        return object.values().values().stream()
                        .anyMatch(value -> value instanceof Map<?, ?> map && map.containsValue(SettingsSql.HIDDEN))
                ? "The values of its options that may be secrets are not declared: add them."
                : null;
    }

    /** Why it cannot be dropped and created where {@link #alter} gives nothing, or null if it can. */
    default String leftToPerson(SchemaObject before, SchemaObject after) {
        return null;
    }
}
