package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlParts;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Publications of tables of this schema, of all tables, or of nothing yet. */
final class PublicationKind extends AbstractKind {
    private static final List<String> USUAL = List.of("delete", "insert", "truncate", "update");

    PublicationKind() {
        super(
                "publication",
                "publications/*",
                Phase.ATTACHED,
                Undeclared.WARNING,
                "publication,publication relation,publication namespace",
                List.of(
                        Aspect.list("tables"),
                        Aspect.flag("all_tables"),
                        Aspect.list("schemas"),
                        Aspect.list("publish").usually(USUAL),
                        Aspect.flag("publish_via_partition_root"),
                        Aspect.text("publish_generated_columns")));
    }

    @Override
    public boolean databaseWide() {
        return true;
    }

    @Override
    public boolean readsElsewhere() {
        return true;
    }

    @Override
    public String newer() {
        return "`schemas`, rows and columns 15, `publish_generated_columns` 18";
    }

    @Override
    public Sign sign() {
        return Sign.filled("pg_publication");
    }

    @Override
    public String query(int major) {
        String parts = major < 15
                ? "''"
                : """
                  COALESCE(' (' || (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum)
                                      FROM pg_catalog.pg_attribute a
                                     WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', '')
                  || COALESCE(' WHERE (' || pg_catalog.pg_get_expr(r.prqual, r.prrelid, true) || ')', '')
                  """;
        String schemas = major < 15
                ? "NULL::text[]"
                : """
                  ARRAY(SELECT CASE WHEN n.pnnspid = :schema THEN 'CURRENT_SCHEMA' ELSE n.pnnspid::regnamespace::text END
                          FROM pg_catalog.pg_publication_namespace n WHERE n.pnpubid = p.oid ORDER BY 1)
                  """;
        String schemasOf = major < 15
                ? ""
                : "UNION ALL SELECT n.pnnspid FROM pg_catalog.pg_publication_namespace n WHERE n.pnpubid = p.oid";
        return """
            SELECT ARRAY['publications', p.pubname]::text[] AS path, p.puballtables::text AS all_tables,
                   ARRAY(SELECT r.prrelid::regclass::text || %s FROM pg_catalog.pg_publication_rel r
                          WHERE r.prpubid = p.oid ORDER BY 1) AS tables,
                   %s AS schemas,
                   COALESCE(NULLIF(pg_catalog.array_remove(ARRAY[CASE WHEN p.pubdelete THEN 'delete' END,
                       CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubtruncate THEN 'truncate' END,
                       CASE WHEN p.pubupdate THEN 'update' END], NULL), '{}'), ARRAY['none']) AS publish,
                   p.pubviaroot::text AS publish_via_partition_root, %s AS publish_generated_columns,
                   COALESCE((SELECT pg_catalog.bool_and(s.schema NOT IN :schemas)
                               FROM (SELECT c.relnamespace AS schema FROM pg_catalog.pg_publication_rel r
                                       JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
                                      WHERE r.prpubid = p.oid %s) s), false) AS elsewhere
              FROM pg_catalog.pg_publication p
             WHERE %s
            """
                .formatted(
                        parts,
                        schemas,
                        major < 18 ? "NULL" : "CASE p.pubgencols WHEN 's' THEN 'stored' END",
                        schemasOf,
                        CatalogSql.ours("p", "pg_publication"));
    }

    @Override
    public String mentioning(SchemaObject publication) {
        return String.join("\n", create(publication.without("publish")));
    }

    @Override
    public List<String> create(SchemaObject publication) {
        List<String> with = new ArrayList<>();
        if (publication.values().containsKey("publish")) {
            with.add(events(publication));
        }
        if (publication.flag("publish_via_partition_root")) {
            with.add("publish_via_partition_root = true");
        }
        if (publication.text("publish_generated_columns") != null) {
            with.add("publish_generated_columns = " + publication.text("publish_generated_columns"));
        }
        List<String> what = members(publication.list("tables"), publication.list("schemas"));
        return List.of("CREATE PUBLICATION " + SqlText.name(publication.name())
                + (publication.flag("all_tables")
                        ? " FOR ALL TABLES"
                        : what.isEmpty() ? "" : " FOR " + String.join(", ", what))
                + (with.isEmpty() ? "" : " WITH (" + String.join(", ", with) + ")"));
    }

    private static List<String> members(List<String> tables, List<String> schemas) {
        List<String> what = new ArrayList<>();
        if (!tables.isEmpty()) {
            // Without ONLY the children of a table come with it, and may not be named again.
            what.add("TABLE ONLY " + String.join(", ONLY ", tables));
        }
        if (!schemas.isEmpty()) {
            what.add("TABLES IN SCHEMA " + String.join(", ", schemas));
        }
        return what;
    }

    private static String events(SchemaObject publication) {
        List<String> events = publication.values().containsKey("publish") ? publication.list("publish") : USUAL;
        return "publish = " + SqlText.literal(events.equals(List.of("none")) ? "" : String.join(", ", events));
    }

    /** In place: subscribers cannot go on with what was written before a publication was made anew. */
    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        if (before.flag("all_tables") != after.flag("all_tables")) {
            return Optional.empty();
        }
        String alter = "ALTER PUBLICATION " + SqlText.name(after.name()) + " ";
        List<String> statements = new ArrayList<>();
        if (SettingsSql.differs(before, after, "tables") || SettingsSql.differs(before, after, "schemas")) {
            List<String> all = members(after.list("tables"), after.list("schemas"));
            List<String> names =
                    before.list("tables").stream().map(PublicationKind::table).toList();
            String change = all.isEmpty()
                    ? "DROP " + String.join(", ", members(names, before.list("schemas")))
                    : "SET " + String.join(", ", all);
            statements.add(alter + change);
        }
        List<String> settings = new ArrayList<>();
        if (SettingsSql.differs(before, after, "publish")) {
            settings.add(events(after));
        }
        if (SettingsSql.differs(before, after, "publish_via_partition_root")) {
            settings.add("publish_via_partition_root = " + after.flag("publish_via_partition_root"));
        }
        if (SettingsSql.differs(before, after, "publish_generated_columns")) {
            String columns = after.text("publish_generated_columns");
            settings.add("publish_generated_columns = " + (columns == null ? "none" : columns));
        }
        if (!settings.isEmpty()) {
            statements.add(alter + "SET (" + String.join(", ", settings) + ")");
        }
        return Optional.of(statements);
    }

    /** A table without its columns and rows. */
    private static String table(String member) {
        return SqlParts.upTo(member, " (", " WHERE ");
    }

    @Override
    public Optional<SchemaObject> meanwhile(SchemaObject publication) {
        return publication.list("tables").isEmpty() ? Optional.empty() : Optional.of(publication.without("tables"));
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return "A publication of all tables can become one of some only by making it anew, and subscribers cannot go on with"
                + " what was written before that.";
    }

    @Override
    public List<String> drop(SchemaObject publication) {
        return List.of("DROP PUBLICATION " + SqlText.name(publication.name()));
    }
}
