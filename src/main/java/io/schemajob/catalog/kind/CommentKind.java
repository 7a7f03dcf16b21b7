package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Comments on what has no key of its own for one: indexes, constraints, triggers, policies, aggregates … */
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
        return comment.name(0);
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
        return told && !harmless(declared.coverage()) ? Undeclared.DRIFT : Undeclared.WARNING;
    }

    @Override
    public boolean goesIfStrict() {
        return true;
    }

    private static String word(String object) {
        return WORDS.stream()
                .filter(word -> object.startsWith(word + " "))
                .findFirst()
                .orElse(object.substring(0, object.indexOf(' ')));
    }

    @Override
    public String present() {
        return """
            EXISTS (SELECT FROM pg_catalog.pg_description d
                      LEFT JOIN pg_catalog.pg_class c
                             ON c.oid = d.objoid AND d.classoid = 'pg_catalog.pg_class'::regclass
                     WHERE d.objoid >= 16384 AND d.classoid <> 'pg_catalog.pg_extension'::regclass
                       AND (c.oid IS NULL OR c.relkind IN ('i', 'I', 'f')))
            """;
    }

    /**
     * {@code pg_identify_object} names each as {@code COMMENT} wants it; the schema's name is taken away, since a file is right
     * for a schema of any name.
     */
    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['comments', i.type || ' ' || pg_catalog.replace(i.identity,
                         pg_catalog.quote_ident(n.nspname) || '.', '')] AS path, d.description AS text
              FROM pg_catalog.pg_description d
              JOIN pg_catalog.pg_namespace n ON n.oid = :schema
              LEFT JOIN pg_catalog.pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_catalog.pg_class'::regclass
              LEFT JOIN pg_catalog.pg_proc p ON p.oid = d.objoid AND d.classoid = 'pg_catalog.pg_proc'::regclass
              LEFT JOIN pg_catalog.pg_type t ON t.oid = d.objoid AND d.classoid = 'pg_catalog.pg_type'::regclass
              CROSS JOIN LATERAL pg_catalog.pg_identify_object_as_address(d.classoid, d.objoid, d.objsubid) a
              CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) i
             WHERE d.objoid >= 16384
               AND (c.oid IS NULL OR c.relnamespace = n.oid AND c.relkind IN ('i', 'I', 'f'))
               AND (p.oid IS NULL OR p.pronamespace = n.oid AND p.prokind IN ('a', 'w'))
               AND (t.oid IS NULL OR t.typnamespace = n.oid AND t.typtype = 'r')
               AND (a.object_names[1] = n.nspname OR a.type IN ('type', 'domain constraint')
                    AND a.object_names[1] LIKE pg_catalog.quote_ident(n.nspname) || '.%'
                    OR a.type IN ('operator class', 'operator family') AND a.object_names[2] = n.nspname
                    OR a.type = 'cast' AND pg_catalog.quote_ident(n.nspname) || '.' = ANY (
                           ARRAY[pg_catalog.substring(a.object_names[1], '^.*[.]'),
                                 pg_catalog.substring(a.object_args[1], '^.*[.]')])
                    OR a.type IN ('server', 'foreign-data wrapper', 'publication', 'event trigger', 'access method',
                                  'language'))
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.objid = d.objoid AND e.classid = d.classoid
                                  AND e.deptype = 'e')
            """;
    }

    @Override
    public List<String> create(SchemaObject comment) {
        return List.of(on(comment) + SqlText.literal(comment.text("text")));
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
                        + (type.equals("domain constraint") ? identity.replace(" on ", " ON DOMAIN ") : identity)
                        + " IS ";
            }
        }
        int name = word(object).length();
        return "COMMENT ON " + object.substring(0, name).replace('-', ' ').toUpperCase(Locale.ROOT)
                + object.substring(name) + " IS ";
    }

    @Override
    public List<String> drop(SchemaObject comment) {
        return List.of(on(comment) + "NULL");
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return Optional.of(create(after));
    }
}
