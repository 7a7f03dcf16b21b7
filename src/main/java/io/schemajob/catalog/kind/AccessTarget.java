package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object that somebody owns or may use, as {@code owners} and {@code grants} name it: {@code table orders}, {@code column
 * orders.total}, {@code function touch(integer)}, {@code schema}.
 *
 * @param word its class
 * @param identity its name as SQL writes it; empty for the schema
 */
public record AccessTarget(String word, String identity) {
    /** Everybody. */
    static final String PUBLIC = "public";

    private static final List<String> ROUTINES = List.of("function", "procedure", "aggregate");
    private static final List<String> RELATIONS = List.of("table", "view", "materialized view", "foreign table");

    private static final List<String> DATABASE_WIDE = List.of(
            "language", "foreign-data wrapper", "server", "publication", "event trigger", "access method", "extension");

    /** Longer words come before those that they begin with. */
    private static final List<String> WORDS = List.of(
            "table",
            "view",
            "materialized view",
            "foreign table",
            "sequence",
            "column",
            "function",
            "procedure",
            "aggregate",
            "type",
            "language",
            "foreign-data wrapper",
            "server",
            "collation",
            "conversion",
            "operator class",
            "operator family",
            "operator",
            "text search dictionary",
            "text search configuration",
            "statistics",
            "publication",
            "event trigger");

    private static final Pattern COLUMN =
            Pattern.compile("(\"(?:[^\"]++|\"\")*+\"|[^\".]+)\\.(\"(?:[^\"]++|\"\")*+\"|[^\".]+)");

    /** Empty where the text names no such object. */
    static Optional<AccessTarget> of(String text) {
        if (text.equals("schema")) {
            return Optional.of(new AccessTarget("schema", ""));
        }
        return WORDS.stream()
                .filter(word -> text.startsWith(word + " ") && text.length() > word.length() + 1)
                .findFirst()
                .map(word -> new AccessTarget(word, text.substring(word.length() + 1)))
                .filter(target -> !target.word.equals("column")
                        || COLUMN.matcher(target.identity).matches());
    }

    /** As {@code owners} and {@code grants} name it. */
    String text() {
        return isSchema() ? word : word + " " + identity;
    }

    /** Whether it is in no schema. */
    boolean isDatabaseWide() {
        return DATABASE_WIDE.contains(word);
    }

    /** As findings name it. */
    public ObjectIdentity object() {
        return isSchema()
                ? ObjectIdentity.worded(word, word)
                : isColumn() ? ObjectIdentity.column(relation(), column()) : ObjectIdentity.of(word, key());
    }

    /** As the model names it; of an aggregate over all rows, with its asterisk. */
    ObjectIdentity kept() {
        return word.equals("aggregate") ? ObjectIdentity.of(word, key().replace("()", "(*)")) : object();
    }

    boolean isSchema() {
        return word.equals("schema");
    }

    boolean isColumn() {
        return word.equals("column");
    }

    boolean isRoutine() {
        return ROUTINES.contains(word);
    }

    private boolean isView() {
        return word.equals("view") || word.equals("materialized view");
    }

    /** The same as the schema has it: where that is another sort of view or routine, its owner and privileges are no others. */
    AccessTarget asIn(Schema schema) {
        String kind = isView() && schema.views().containsKey(relation())
                ? schema.views().get(relation()).kind()
                : isRoutineOf(schema) ? schema.routines().get(key()).kind() : word;
        return new AccessTarget(kind, identity);
    }

    /** The table or view that it is, or is a column of; or null. */
    String relation() {
        return isColumn() ? part(1) : RELATIONS.contains(word) ? SqlNames.unquoted(identity) : null;
    }

    /** The column's name. */
    String column() {
        return part(2);
    }

    private String part(int number) {
        Matcher parts = COLUMN.matcher(identity);
        return parts.matches() ? SqlNames.unquoted(parts.group(number)) : identity;
    }

    /** Its name as the model stores it; of a routine, its signature. */
    private String key() {
        int bracket = identity.lastIndexOf('(');
        return isRoutine() && bracket > 0
                ? SqlNames.unquoted(identity.substring(0, bracket)) + identity.substring(bracket)
                : SqlNames.unquoted(identity);
    }

    /** {@code ON TABLE orders}. */
    String on() {
        String type = RELATIONS.contains(word) || isColumn()
                ? "TABLE"
                : isRoutine()
                        ? "ROUTINE"
                        : word.equals("server")
                                ? "FOREIGN SERVER"
                                : word.replace('-', ' ').toUpperCase(Locale.ROOT);
        return "ON " + type + " " + (isSchema() ? "%I" : isColumn() ? SqlText.name(relation()) : identity);
    }

    /** {@code ALTER TABLE orders}; of a view and a routine that may be of another sort by then, in words that cover both. */
    String alter() {
        String type = isRoutine()
                ? "ROUTINE"
                : isView() ? "TABLE" : word.replace('-', ' ').toUpperCase(Locale.ROOT);
        return "ALTER " + type + " " + (isSchema() ? "%I" : identity);
    }

    /** The statement as it is, or run with the name of the schema in the place of {@code %I}. */
    String statement(String sql) {
        return isSchema() ? inSchema(sql) : sql;
    }

    /** A declaration is right for a schema of any name: the run's is the first on the path. */
    static String inSchema(String sql) {
        return "DO $do$\nBEGIN\n    " + execute(sql) + ";\nEND\n$do$";
    }

    /** The same inside of a block. */
    static String execute(String sql) {
        return "EXECUTE format(" + SqlText.literal(sql) + ", current_schema())";
    }

    /** Part of a statement that is run so, whose percent signs are none of {@code format}. */
    static String inFormat(String part) {
        return part.replace("%", "%%");
    }

    static String grantee(String role) {
        return role.equals(PUBLIC) ? "PUBLIC" : SqlText.name(role);
    }

    /**
     * Whether a schema has it, or neither has: what only a server knows of, such as a sequence behind an identity column,
     * counts as there.
     */
    public boolean in(Schema side, Schema other) {
        return in(side)
                || !in(other)
                        && List.of("sequence", "function", "procedure", "aggregate", "type")
                                .contains(word);
    }

    public boolean in(Schema side) {
        return switch (word) {
            case "schema" -> true;
            case "column" -> hasColumn(side);
            case "table", "view", "materialized view", "foreign table" -> hasRelation(side);
            case "sequence" -> side.sequences().containsKey(key());
            case "function", "procedure" -> side.routines().containsKey(key());
            case "type" -> hasType(side);
            case "extension" -> side.extensions().containsKey(key());
            default -> hasObject(side);
        };
    }

    /** Whether it is a function or procedure of this schema. */
    public boolean isRoutineOf(Schema side) {
        return isRoutine() && side.routines().containsKey(key());
    }

    private boolean hasRelation(Schema side) {
        return side.tables().containsKey(relation())
                || side.views().containsKey(relation())
                || side.objects().of(ForeignTableKind.NOUN).containsKey(ForeignTableKind.path(relation()));
    }

    private boolean hasColumn(Schema side) {
        return side.tables().containsKey(relation())
                ? side.tables().get(relation()).column(column()).isPresent()
                : hasRelation(side);
    }

    private boolean hasType(Schema side) {
        return side.types().containsKey(key())
                || side.objects().of("range type").containsKey(List.of("types", key(), "range"));
    }

    private boolean hasObject(Schema side) {
        String name = key().replace("()", "(*)");
        return side.objects().of(word).keySet().stream()
                .anyMatch(path -> path.get(1).equals(name) || path.get(1).equals(identity));
    }
}
