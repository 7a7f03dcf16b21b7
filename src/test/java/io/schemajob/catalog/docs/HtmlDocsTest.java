package io.schemajob.catalog.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.report.text.Printable;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page holds everything that is declared, and its policy admits what stands in it and no more. */
class HtmlDocsTest {
    private static final Pattern PART = Pattern.compile("(?s)<(script|style)>(.*?)</\\1>");

    static List<String> bundles() {
        return BundleLoader.builtInNames();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void leavesNothingOut(String bundle) {
        Schema schema =
                SchemaYaml.read(BundleLoader.load(bundle).file("schema.yaml").orElseThrow());
        String page = HtmlDocs.of(bundle, schema, "", BundleHistory.NONE);
        schema.tables().values().forEach(table -> {
            assertThat(page).contains("id=\"table." + table.name() + "\"");
            table.columns()
                    .forEach(column -> assertThat(page).contains("<th scope=\"row\">" + column.name() + "</th>"));
            table.indexes().forEach(index -> assertThat(page).contains("<code>" + index.name() + "</code>"));
            table.checks().forEach(check -> assertThat(page).contains("<code>" + check.name() + "</code>"));
            table.triggers().forEach(trigger -> assertThat(page).contains("<code>" + trigger.name() + "</code>"));
            table.foreignKeys().forEach(key -> assertThat(page).contains("data-to=\"table." + key.table() + "\""));
        });
        schema.views().keySet().forEach(view -> assertThat(page).contains("<h3>" + view + "</h3>"));
        schema.routines().keySet().forEach(routine -> assertThat(page).contains("<h3>" + routine + "</h3>"));
        assertThat(HtmlDocs.of(bundle, schema, "", BundleHistory.NONE))
                .as("the same for the same schema")
                .isEqualTo(page);
    }

    @Test
    void policyAdmitsItsOwnPartsOnly() throws Exception {
        String page = HtmlDocs.of("t", Schema.EMPTY, "", BundleHistory.NONE);
        assertThat(Printable.document(page)).as("it is printed as it is").isEqualTo(page);
        Matcher parts = PART.matcher(page);
        int count = 0;
        while (parts.find()) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(parts.group(2).getBytes("UTF-8"));
            assertThat(page).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
            assertThat(parts.group(2)).doesNotContainIgnoringCase("</script", "<!--");
            count++;
        }
        assertThat(count).isEqualTo(3);
        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("unsafe", "sourceMappingURL", " style=", " onclick=");
        assertThat(page).as("the licence of the library").contains("Permission is hereby granted", "Chris Pettitt");
    }

    /** Further schemas may use names of the main one and of each other. */
    @Test
    void tablesOfSeveralSchemasHaveTheirOwnPlaces() {
        Schema schema = SchemaYaml.read(
                new TextFile(
                        "schema.yaml",
                        """
                tables:
                  users: {columns: {id: integer}, primary_key: [id]}
                  audit.users: {columns: {id: integer}}
                schemas:
                  audit:
                    tables:
                      users:
                        columns: {id: integer, user_id: integer}
                        foreign_keys:
                          own: {columns: [user_id], table: app.users, references: [id]}
                          other: {columns: [id], table: elsewhere.users, references: [id]}
                """));
        RelationName audited = new RelationName("audit", "users");
        BundleHistory.Step step = new BundleHistory.Step("001", "Create", "migrations/001_create.up.sql");
        BundleHistory history = new BundleHistory(
                List.of(step), Map.of(audited, List.of(new BundleHistory.Change(step, 3, "CREATE TABLE audit.users"))));
        String page = HtmlDocs.of("t", schema, "app", history);
        assertThat(page)
                .containsOnlyOnce("id=\"table.users\"")
                .containsOnlyOnce("id=\"table.audit.users\"")
                .containsOnlyOnce("id=\"table.audit/users\"")
                .contains("data-to=\"table.users\" data-columns=\"user_id\" data-optional>")
                .contains("data-to=\"\" data-columns=\"id\" data-optional>", " to elsewhere.users ")
                .contains("<a href=\"#migration.migrations%2F001_create.up.sql\">001_create.up.sql</a> line 3 ")
                .contains("<a href=\"#table.audit/users\">audit.users</a></td>");
    }

    /** A name is another place of the page for every other object, and never markup. */
    @Test
    void namesBecomeIds() {
        assertThat(new RelationName("", "a b\"<c>%'/é").id("table")).isEqualTo("table.a+b%22%3Cc%3E%25%27%2F%C3%A9");
        assertThat(new HtmlText().words("a\n<b>&'\"\u202e").toString()).isEqualTo("a &lt;b&gt;&amp;&#39;&quot;\\u202e");
    }
}
