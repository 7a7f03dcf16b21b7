package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Functions, indexes, triggers and materialized views that go with an extension ({@code DEPENDS ON EXTENSION}). */
public final class ExtensionDependencyKind extends AbstractKind {
    public static final String NOUN = "dependency on extensions";
    private static final String EXTENSIONS = "extensions";

    private static final String FROM =
            """
              FROM pg_catalog.pg_extension e
              JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'x'
            """;

    ExtensionDependencyKind() {
        super(NOUN, "extension_dependencies/*", Phase.ATTACHED, Undeclared.DRIFT, "", List.of(Aspect.list(EXTENSIONS)));
    }

    @Override
    public int since() {
        return 5;
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(noun(), "dependency on extensions of %s", object.name(0));
    }

    @Override
    public String saidOf(SchemaObject object) {
        return object.name(0);
    }

    @Override
    public List<TablePart> parts(SchemaObject object) {
        return TablePart.of(object.name(0), false);
    }

    @Override
    public Sign sign() {
        return Sign.database("EXISTS (SELECT FROM pg_catalog.pg_depend d"
                + " WHERE d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'x')");
    }

    /** As for comments, the schema's name is taken away. */
    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['extension_dependencies', i.type || ' ' || """
                + CatalogSql.withoutSchema("i.identity")
                + """
                   ] AS path,
                   pg_catalog.array_agg(e.extname::text ORDER BY e.extname) AS extensions
            """
                + FROM
                + """
              JOIN pg_catalog.pg_namespace n ON n.oid = :schema
              LEFT JOIN pg_catalog.pg_trigger t ON t.oid = d.objid AND d.classid = 'pg_catalog.pg_trigger'::regclass
              LEFT JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
              CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) i
             WHERE c.relnamespace = n.oid OR i.schema = pg_catalog.quote_ident(n.nspname)
             GROUP BY 1
            """;
    }

    /** Whether it is the routine that depends, whose name is as {@code pg_identify_object} prints it. */
    public static boolean isOf(SchemaObject object, Routine routine) {
        String name = (routine.procedure() ? "procedure " : "function ")
                + SqlText.name(routine.name())
                + routine.signature().substring(routine.name().length());
        return plain(object.name(0)).equals(plain(name));
    }

    private static String plain(String name) {
        return name.replace("pg_catalog.", "").replace(", ", ",");
    }

    private static List<String> statements(SchemaObject object, List<String> extensions, String verb) {
        String name = object.name(0);
        String type = List.of("materialized view", "procedure", "function", "trigger", "index").stream()
                .filter(word -> name.startsWith(word + " "))
                .findFirst()
                .orElse("function");
        return extensions.stream()
                .map(extension -> "ALTER " + type.toUpperCase(Locale.ROOT) + name.substring(type.length()) + verb
                        + SqlText.name(extension))
                .toList();
    }

    @Override
    public List<String> create(SchemaObject object) {
        return statements(object, object.list(EXTENSIONS), " DEPENDS ON EXTENSION ");
    }

    @Override
    public List<String> drop(SchemaObject object) {
        return statements(object, object.list(EXTENSIONS), " NO DEPENDS ON EXTENSION ");
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        List<String> gone = new ArrayList<>(before.list(EXTENSIONS));
        gone.removeAll(after.list(EXTENSIONS));
        List<String> come = new ArrayList<>(after.list(EXTENSIONS));
        come.removeAll(before.list(EXTENSIONS));
        List<String> statements = new ArrayList<>(statements(after, gone, " NO DEPENDS ON EXTENSION "));
        statements.addAll(statements(after, come, " DEPENDS ON EXTENSION "));
        return Optional.of(statements);
    }
}
