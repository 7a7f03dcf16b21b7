package io.schemajob.job.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleFolder;
import io.schemajob.catalog.docs.BundleHistory;
import io.schemajob.catalog.docs.RelationName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each statement is told of the table that it is about, under the name that this has at the end. */
class ScriptHistoryTest {
    @TempDir
    private Path folder;

    @Test
    void statementsBelongToTheirTables() {
        Bundle bundle = new BundleFolder(folder)
                .with(
                        "001_create.up.sql",
                        """
                        -- title: Create orders
                        CREATE TABLE orders (
                            id bigint PRIMARY KEY,
                            customer bigint REFERENCES customers
                        );
                        CREATE INDEX orders_customer ON public.orders (customer);
                        CREATE TABLE scratch (id int); INSERT INTO orders VALUES (1);
                        """)
                .with(
                        "002_more.up.sql",
                        """
                        ALTER TABLE orders RENAME TO purchases;
                        COMMENT ON COLUMN purchases.id IS 'x';
                        DROP INDEX orders_customer;
                        DROP TABLE scratch;
                        CREATE VIEW recent AS SELECT * FROM purchases;
                        CREATE TRIGGER t BEFORE INSERT ON purchases EXECUTE FUNCTION f();
                        CREATE TABLE audit.log (id int);
                        """)
                .with("003_none.up.sql", "SELECT 1")
                .load();
        BundleHistory history = ScriptHistory.of(bundle);
        assertThat(history.migrations())
                .extracting(BundleHistory.Step::version, BundleHistory.Step::title)
                .hasSize(3)
                .first()
                .hasToString("(\"001\", \"Create orders\")");
        assertThat(of(history, "", "purchases"))
                .containsExactly(
                        "001:2 CREATE TABLE orders ( id bigint PRIMARY KEY, customer bigint REFERENCES customers )",
                        "001:6 CREATE INDEX orders_customer ON public.orders (customer)",
                        "001:7 INSERT INTO orders VALUES (1)",
                        "002:1 ALTER TABLE orders RENAME TO purchases",
                        "002:2 COMMENT ON COLUMN purchases.id IS 'x'",
                        "002:3 DROP INDEX orders_customer",
                        "002:6 CREATE TRIGGER t BEFORE INSERT ON purchases EXECUTE FUNCTION f()");
        assertThat(of(history, "", "recent")).hasSize(1);
        assertThat(of(history, "audit", "log")).containsExactly("002:7 CREATE TABLE audit.log (id int)");
        assertThat(history.changes().keySet())
                .extracting(RelationName::toString)
                .containsExactlyInAnyOrder("purchases", "recent", "audit.log");
    }

    /** Names in the first schema of the bundle need not be qualified; those in {@code public} are others there. */
    @Test
    void mainSchemaIsTheFirst() {
        Bundle bundle = new BundleFolder(folder)
                .with("bundle.yaml", "name: b\nschemas: [app, audit]\n")
                .with(
                        "001_a.up.sql",
                        "CREATE TABLE app.t (a int); ALTER TABLE t ADD b int; CREATE TABLE public.t (a int)")
                .load();
        BundleHistory history = ScriptHistory.of(bundle);
        assertThat(of(history, "", "t")).hasSize(2);
        assertThat(of(history, "public", "t")).hasSize(1);
    }

    /** The page is made of what is declared; that a script cannot be read is what lint and a run say. */
    @Test
    void unreadableScriptIsListed() {
        Bundle bundle = new BundleFolder(folder)
                .with("001_a.up.sql", "CREATE TABLE t (a text DEFAULT 'x)")
                .load();
        BundleHistory history = ScriptHistory.of(bundle);
        assertThat(history.migrations()).hasSize(1);
        assertThat(history.changes()).isEmpty();
    }

    private static List<String> of(BundleHistory history, String schema, String name) {
        return history.of(new RelationName(schema, name)).stream()
                .map(change -> "%s:%d %s".formatted(change.migration().version(), change.line(), change.statement()))
                .toList();
    }
}
