package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;

/** Text search parsers, templates and dictionaries, which one statement defines. */
final class TextSearchKind extends AbstractKind {
    private final String word;
    private final String catalog;
    private final String columns;

    private TextSearchKind(String word, String section, String catalog, String columns, List<Aspect> aspects) {
        super(
                "text search " + word,
                section + "/*",
                Phase.DEFINITION,
                Undeclared.STRICT_DRIFT,
                "text search " + word,
                aspects);
        this.word = word;
        this.catalog = catalog;
        this.columns = columns;
    }

    static TextSearchKind parser() {
        return new TextSearchKind(
                "parser",
                "text_search_parsers",
                "pg_ts_parser prs",
                "%s AS start, %s AS gettoken, %s AS end, %s AS lextypes, %s AS headline"
                        .formatted(
                                CatalogSql.function("x.prsstart"),
                                CatalogSql.function("x.prstoken"),
                                CatalogSql.function("x.prsend"),
                                CatalogSql.function("x.prslextype"),
                                CatalogSql.function("x.prsheadline")),
                List.of(
                        Aspect.text("start"),
                        Aspect.text("gettoken"),
                        Aspect.text("end"),
                        Aspect.text("lextypes"),
                        Aspect.text("headline")));
    }

    static TextSearchKind template() {
        return new TextSearchKind(
                "template",
                "text_search_templates",
                "pg_ts_template tmpl",
                "%s AS lexize, %s AS init"
                        .formatted(CatalogSql.function("x.tmpllexize"), CatalogSql.function("x.tmplinit")),
                List.of(Aspect.text("lexize"), Aspect.text("init")));
    }

    static TextSearchKind dictionary() {
        return new TextSearchKind(
                "dictionary",
                "text_search_dictionaries",
                "pg_ts_dict dict",
                """
                (SELECT CASE WHEN pg_catalog.pg_ts_template_is_visible(t.oid) THEN pg_catalog.quote_ident(t.tmplname)
                             ELSE pg_catalog.format('%I.%I', t.tmplnamespace::regnamespace::text, t.tmplname) END
                   FROM pg_catalog.pg_ts_template t WHERE t.oid = x.dicttemplate) AS template, x.dictinitoption AS options
                """,
                List.of(Aspect.text("template"), Aspect.sql("options")));
    }

    @Override
    public List<String> names(SchemaObject object) {
        return List.of(object.name());
    }

    private String table() {
        return catalog.substring(0, catalog.indexOf(' '));
    }

    @Override
    public Sign sign() {
        return Sign.inSchema(table());
    }

    @Override
    public String query(int major) {
        String prefix = catalog.substring(catalog.indexOf(' ') + 1);
        return "SELECT ARRAY['" + places().get(0).elements().get(0) + "', x." + prefix + "name]::text[] AS path, "
                + columns
                + " FROM pg_catalog." + table() + " x WHERE x." + prefix + "namespace = :schema AND "
                + CatalogSql.ours("x", table());
    }

    @Override
    public List<String> create(SchemaObject object) {
        String definition = SettingsSql.definition(
                aspects().stream()
                        .filter(aspect -> !aspect.key().equals("options"))
                        .toList(),
                object);
        if (object.text("options") != null) {
            definition = definition.substring(0, definition.length() - 1) + ", " + object.text("options") + ")";
        }
        return List.of("CREATE TEXT SEARCH " + word + " " + SqlText.name(object.name()) + " " + definition);
    }

    @Override
    public List<String> drop(SchemaObject object) {
        return List.of("DROP TEXT SEARCH " + word + " " + SqlText.name(object.name()));
    }
}
