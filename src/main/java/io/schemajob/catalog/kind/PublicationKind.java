package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;

/** Publications of tables of this schema, or of all tables. */
final class PublicationKind extends AbstractKind {
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
                        Aspect.list("publish").usually(List.of("delete", "insert", "truncate", "update")),
                        Aspect.flag("publish_via_partition_root"),
                        Aspect.text("publish_generated_columns")));
    }

    @Override
    public boolean databaseWide() {
        return true;
    }

    @Override
    public String newer() {
        return "`schemas`, rows and columns 15, `publish_generated_columns` 18";
    }

    @Override
    public String present() {
        return CatalogSql.any("pg_publication");
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
        String inSchema = major < 15
                ? ""
                : "OR EXISTS (SELECT FROM pg_catalog.pg_publication_namespace n WHERE n.pnpubid = p.oid AND n.pnnspid IN :schemas)";
        return """
            SELECT ARRAY['publications', p.pubname]::text[] AS path, p.puballtables::text AS all_tables,
                   ARRAY(SELECT r.prrelid::regclass::text || %s FROM pg_catalog.pg_publication_rel r
                          WHERE r.prpubid = p.oid ORDER BY 1) AS tables,
                   %s AS schemas,
                   COALESCE(NULLIF(pg_catalog.array_remove(ARRAY[CASE WHEN p.pubdelete THEN 'delete' END,
                       CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubtruncate THEN 'truncate' END,
                       CASE WHEN p.pubupdate THEN 'update' END], NULL), '{}'), ARRAY['none']) AS publish,
                   p.pubviaroot::text AS publish_via_partition_root, %s AS publish_generated_columns
              FROM pg_catalog.pg_publication p
             WHERE %s AND (p.puballtables %s
                           OR EXISTS (SELECT FROM pg_catalog.pg_publication_rel r
                                        JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
                                       WHERE r.prpubid = p.oid AND c.relnamespace IN :schemas))
            """
                .formatted(
                        parts,
                        schemas,
                        major < 18 ? "NULL" : "CASE p.pubgencols WHEN 's' THEN 'stored' END",
                        CatalogSql.ours("p", "pg_publication"),
                        inSchema);
    }

    @Override
    public List<String> create(SchemaObject publication) {
        List<String> what = new ArrayList<>();
        if (!publication.list("tables").isEmpty()) {
            what.add("TABLE " + String.join(", ", publication.list("tables")));
        }
        if (!publication.list("schemas").isEmpty()) {
            what.add("TABLES IN SCHEMA " + String.join(", ", publication.list("schemas")));
        }
        List<String> with = new ArrayList<>();
        if (publication.values().containsKey("publish")) {
            String events = String.join(", ", publication.list("publish"));
            with.add("publish = " + SqlText.literal(events.equals("none") ? "" : events));
        }
        if (publication.flag("publish_via_partition_root")) {
            with.add("publish_via_partition_root = true");
        }
        if (publication.text("publish_generated_columns") != null) {
            with.add("publish_generated_columns = " + publication.text("publish_generated_columns"));
        }
        return List.of("CREATE PUBLICATION " + SqlText.name(publication.name())
                + (publication.flag("all_tables")
                        ? " FOR ALL TABLES"
                        : what.isEmpty() ? "" : " FOR " + String.join(", ", what))
                + (with.isEmpty() ? "" : " WITH (" + String.join(", ", with) + ")"));
    }

    @Override
    public List<String> drop(SchemaObject publication) {
        return List.of("DROP PUBLICATION " + SqlText.name(publication.name()));
    }
}
