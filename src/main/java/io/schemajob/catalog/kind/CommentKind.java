package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Comments on what has no key of its own for one: indexes, constraints, triggers, policies, sequences of identity columns … */
public final class CommentKind extends AbstractKind {
    private static final String NOUN = "comment";

    /** Classes of more than one word. */
    private static final List<String> WORDS = List.of(
            "materialized view",
            "foreign table column",
            "foreign table",
            "table constraint",
            "foreign-data wrapper",
            "event trigger",
            "access method",
            "domain constraint",
            "statistics object",
            "operator class",
            "operator family",
            "text search configuration",
            "text search dictionary",
            "text search parser",
            "text search template");

    /** Classes of which objects belong to no schema, and are known by their names. */
    private static final List<String> NAMED = List.of(
            "server", "foreign-data wrapper", "publication", "event trigger", "access method", "language", "extension");

    /** The same, known by what they are about. */
    private static final List<String> LINKS = List.of("cast", "transform");

    private static final String SCHEMA = "schema";

    /** What initdb says of {@code public}; it stands for no comment of its own. */
    private static final String STANDARD = "standard public schema";

    /** A name as SQL writes it, and the word behind it. */
    private static final Pattern ON = Pattern.compile("^(\"(?:[^\"]++|\"\")*+\"|[^\" ]+) on ");

    /** From this level on a declaration holds all comments, also of classes of which it has none. */
    public static final int COMPLETE_SINCE = 5;

    /** In declarations of this level comments differ as anything else does; in older ones it is a warning. */
    public static final int COMPARED_SINCE = 3;

    CommentKind() {
        super(NOUN, "comments/*", Phase.ATTACHED, Undeclared.WARNING, "", List.of(Aspect.text("text")));
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(noun(), "comment on %s", object.name(0));
    }

    @Override
    public String saidOf(SchemaObject comment) {
        // pg_identify_object qualifies the types of a cast, and format_type, by which the cast is known, does not.
        return comment.name(0).startsWith("cast (") ? comment.name(0).replace("pg_catalog.", "") : comment.name(0);
    }

    @Override
    public List<TablePart> parts(SchemaObject comment) {
        return TablePart.of(comment.name(0), true);
    }

    @Override
    public boolean harmless(Coverage coverage) {
        return coverage.level() < COMPARED_SINCE;
    }

    /** A declaration without any comment on objects of a class says nothing of these. */
    @Override
    public Undeclared undeclared(SchemaObject found, SchemaObjects declared) {
        String word = word(found.name(0));
        boolean told = declared.of(noun()).keySet().stream()
                .anyMatch(path -> word(path.get(1)).equals(word));
        return (told || complete(declared.coverage())) && !harmless(declared.coverage())
                ? Undeclared.DRIFT
                : Undeclared.WARNING;
    }

    /** Whether a comment that is not mentioned must not be there; operators may comment on what is open to them. */
    public static boolean complete(Coverage coverage) {
        return coverage.level() >= COMPLETE_SINCE && !coverage.openSettings();
    }

    @Override
    public boolean databaseWide(SchemaObject comment) {
        return isNamed(comment) || LINKS.contains(word(comment.name(0)));
    }

    private static boolean isNamed(SchemaObject comment) {
        return NAMED.contains(word(comment.name(0)));
    }

    /** With an object of the whole database its comment goes, also where another bundle owns it. */
    @Override
    public Optional<AccessTarget> target(SchemaObject comment) {
        return isNamed(comment)
                ? Optional.of(new AccessTarget(
                        word(comment.name(0)),
                        comment.name(0).substring(word(comment.name(0)).length() + 1)))
                : Optional.empty();
    }

    @Override
    public boolean goesIfStrict() {
        return true;
    }

    private static String word(String object) {
        return WORDS.stream()
                .filter(word -> object.startsWith(word + " "))
                .findFirst()
                .orElse(object.indexOf(' ') < 0 ? object : object.substring(0, object.indexOf(' ')));
    }

    @Override
    public Sign sign() {
        return Sign.database(
                """
            EXISTS (SELECT FROM pg_catalog.pg_extension x WHERE x.oid >= 16384)
            OR EXISTS (SELECT FROM pg_catalog.pg_description d
                        WHERE d.objoid = :schema AND d.classoid = 'pg_catalog.pg_namespace'::regclass
                          AND d.description <> '%s')
            OR EXISTS (SELECT FROM pg_catalog.pg_description d
                      LEFT JOIN pg_catalog.pg_class c
                             ON c.oid = d.objoid AND d.classoid = 'pg_catalog.pg_class'::regclass
                     WHERE d.objoid >= 16384
                       AND d.classoid NOT IN ('pg_catalog.pg_extension'::regclass, 'pg_catalog.pg_namespace'::regclass)
                       AND (c.oid IS NULL OR c.relkind IN ('i', 'I', 'f', 'S')))
            """
                        .formatted(STANDARD));
    }

    /** Whether the relation {@code c} is the sequence of an identity column; any other sequence has a key of its own. */
    private static final String OF_IDENTITY =
            """
            EXISTS (SELECT FROM pg_catalog.pg_depend q WHERE q.objid = c.oid AND q.deptype = 'i'
                       AND q.classid = 'pg_catalog.pg_class'::regclass AND q.refclassid = 'pg_catalog.pg_class'::regclass)
            """;

    /**
     * {@code pg_identify_object} names each as {@code COMMENT} wants it. Of what a partition or child has from its parent,
     * pg_dump prints no comments.
     */
    private static final String OBJECTS =
            """
            SELECT ARRAY['comments', CASE i.type WHEN 'schema' THEN 'schema'
                         WHEN 'transform' THEN 'transform FOR ' || """
                    + CatalogSql.withoutSchema("a.object_names[1]")
                    + """
                     || ' LANGUAGE ' || a.object_args[1]
                         ELSE i.type || ' ' || """
                    + CatalogSql.withoutSchema("i.identity")
                    + """
                     END] AS path, d.description AS text
              FROM pg_catalog.pg_description d
              JOIN pg_catalog.pg_namespace n ON n.oid = :schema
              LEFT JOIN pg_catalog.pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_catalog.pg_class'::regclass
              LEFT JOIN pg_catalog.pg_proc p ON p.oid = d.objoid AND d.classoid = 'pg_catalog.pg_proc'::regclass
              LEFT JOIN pg_catalog.pg_type t ON t.oid = d.objoid AND d.classoid = 'pg_catalog.pg_type'::regclass
              LEFT JOIN pg_catalog.pg_trigger g ON g.oid = d.objoid AND d.classoid = 'pg_catalog.pg_trigger'::regclass
              LEFT JOIN pg_catalog.pg_trigger gp ON gp.oid = g.tgparentid
              LEFT JOIN pg_catalog.pg_constraint k ON k.oid = d.objoid AND d.classoid = 'pg_catalog.pg_constraint'::regclass
              CROSS JOIN LATERAL pg_catalog.pg_identify_object_as_address(d.classoid, d.objoid, d.objsubid) a
              CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) i
             WHERE (d.objoid >= 16384 OR d.objoid = :schema AND d.classoid = 'pg_catalog.pg_namespace'::regclass)
               AND (c.oid IS NULL OR c.relnamespace = n.oid AND (c.relkind IN ('i', 'I', 'f') OR c.relkind = 'S' AND %s))
               AND (gp.oid IS NULL OR gp.tgenabled <> g.tgenabled)
               AND (k.oid IS NULL OR NOT (k.contype = 'f' AND k.conparentid <> 0 OR k.contype = 'c' AND NOT k.conislocal AND k.contypid = 0))
               AND (p.oid IS NULL OR p.pronamespace = n.oid AND p.prokind IN ('a', 'w'))
               AND (t.oid IS NULL OR t.typnamespace = n.oid AND t.typtype = 'r')
               AND (CASE i.type WHEN 'schema' THEN d.objoid = n.oid
                                     AND NOT (n.nspname = 'public' AND d.description = '%s')
                         WHEN 'cast' THEN d.objoid IN (%s) WHEN 'transform' THEN d.objoid IN (%s)
                         WHEN 'language' THEN d.objoid IN (%s) ELSE a.object_names[1] = n.nspname END
                    OR a.type IN ('type', 'domain constraint')
                       AND pg_catalog.starts_with(a.object_names[1], pg_catalog.quote_ident(n.nspname) || '.')
                    OR a.type IN ('operator class', 'operator family') AND a.object_names[2] = n.nspname
                    OR a.type IN ('server', 'foreign-data wrapper', 'publication', 'event trigger', 'access method'))
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.objid = d.objoid AND e.classid = d.classoid
                                  AND e.deptype = 'e')
            """
                            .formatted(OF_IDENTITY, STANDARD, HeldSql.CASTS, HeldSql.TRANSFORMS, HeldSql.LANGUAGES);

    /** What an extension's own files do not say of it; empty where somebody took that away. */
    private static final String EXTENSIONS =
            """
            SELECT ARRAY['comments', 'extension ' || pg_catalog.quote_ident(x.extname)], COALESCE(d.description, '')
              FROM pg_catalog.pg_extension x
              LEFT JOIN pg_catalog.pg_description d
                     ON d.objoid = x.oid AND d.classoid = 'pg_catalog.pg_extension'::regclass
              LEFT JOIN pg_catalog.pg_available_extensions v ON v.name = x.extname
             WHERE x.oid >= 16384 AND COALESCE(d.description, '') <> COALESCE(v.comment, '')
            """;

    @Override
    public String query(int major) {
        return OBJECTS + " UNION ALL " + EXTENSIONS;
    }

    @Override
    public List<String> create(SchemaObject comment) {
        return List.of(statement(comment, SqlText.literal(comment.text("text"))));
    }

    private static String statement(SchemaObject comment, String text) {
        return comment.name(0).equals(SCHEMA)
                ? AccessTarget.inSchema("COMMENT ON SCHEMA %I IS " + AccessTarget.inFormat(text))
                : on(comment) + text;
    }

    /** Without a comment of its own, {@code public} has the one that initdb gave it. */
    private static String none(SchemaObject comment) {
        return comment.name(0).equals(SCHEMA)
                ? "DO $do$\nBEGIN\n    EXECUTE format('COMMENT ON SCHEMA %I IS %L', current_schema(),\n"
                        + "                   CASE current_schema() WHEN 'public' THEN " + SqlText.literal(STANDARD)
                        + " END);\nEND\n$do$"
                : statement(comment, "NULL");
    }

    /** The statement for the comment that a domain's check has, if it has one: a check that is made anew loses it. */
    public static List<String> onDomainCheck(SchemaObjects objects, String domain, String check) {
        String name = "domain constraint %s on %s".formatted(SqlText.name(check), SqlText.name(domain));
        SchemaObject comment = objects.of(NOUN).get(List.of("comments", name));
        return comment == null ? List.of() : List.of(on(comment) + SqlText.literal(comment.text("text")));
    }

    private static String on(SchemaObject comment) {
        // An aggregate over all rows has no arguments to its name, and an asterisk to COMMENT.
        String object = comment.name(0).replaceFirst("^(aggregate .*)\\(\\)$", "$1(*)");
        for (String type :
                List.of("table constraint", "domain constraint", "statistics object", "foreign table column")) {
            if (object.startsWith(type + " ")) {
                String identity = object.substring(type.length() + 1);
                String word = type.equals("statistics object")
                        ? "STATISTICS"
                        : type.equals("foreign table column") ? "COLUMN" : "CONSTRAINT";
                return "COMMENT ON " + word + " "
                        + (type.equals("domain constraint")
                                ? ON.matcher(identity).replaceFirst("$1 ON DOMAIN ")
                                : identity)
                        + " IS ";
            }
        }
        int name = word(object).length();
        return "COMMENT ON " + object.substring(0, name).replace('-', ' ').toUpperCase(Locale.ROOT)
                + object.substring(name) + " IS ";
    }

    /** What the files of the extension say. */
    private static String usual(SchemaObject comment) {
        String name = comment.name(0).substring("extension ".length());
        return """
            DO $comment$
            BEGIN
                EXECUTE format('COMMENT ON EXTENSION %%s IS %%L', %s,
                               (SELECT comment FROM pg_available_extensions WHERE quote_ident(name) = %s));
            END
            $comment$"""
                .formatted(SqlText.literal(name), SqlText.literal(name));
    }

    @Override
    public List<String> drop(SchemaObject comment) {
        return List.of(comment.name(0).startsWith("extension ") ? usual(comment) : none(comment));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return Optional.of(create(after));
    }
}
