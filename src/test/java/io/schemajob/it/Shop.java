package io.schemajob.it;

import io.schemajob.testing.ScriptFolder;
import java.util.Map;
import java.util.TreeMap;

/**
 * A bundle of three versions, each declared: a table, a second table, and an index that is built concurrently. Its
 * scripts work with golang-migrate as they are.
 */
final class Shop {
    static final String ITEMS = "CREATE TABLE items (id int PRIMARY KEY, name text NOT NULL);\n";
    static final String ORDERS =
            """
            CREATE TABLE orders (
                id int PRIMARY KEY,
                item int NOT NULL REFERENCES items (id)
            );
            """;
    static final String INDEX = "CREATE INDEX CONCURRENTLY orders_item ON orders (item);\n";

    /** Up and down of each version. */
    private static final Map<String, String[]> SCRIPTS = new TreeMap<>(Map.of(
            "1_items", new String[] {ITEMS, "DROP TABLE items;\n"},
            "2_orders", new String[] {ORDERS, "DROP TABLE orders;\n"},
            "3_index", new String[] {INDEX, "DROP INDEX CONCURRENTLY orders_item;\n"}));

    private static final String DECLARED_ITEMS =
            """
            tables:
              items:
                columns:
                  id: {type: integer, nullable: false}
                  name: {type: text, nullable: false}
                primary_key: [id]
            """;

    private static final String DECLARED_ORDERS = DECLARED_ITEMS
            + """
              orders:
                columns:
                  id: {type: integer, nullable: false}
                  item: {type: integer, nullable: false}
                primary_key: [id]
                foreign_keys:
                  orders_item_fkey: {columns: [item], table: items, references: [id]}
            """;

    private static final String DECLARED_INDEX =
            DECLARED_ORDERS + """
            indexes:
              orders_item: [item]
            """.indent(4);

    private Shop() {}

    /** With scripts named as golang-migrate names them: 001, 002, 003. */
    static ScriptFolder golangMigrate() {
        ScriptFolder folder = declared("00");
        SCRIPTS.forEach((name, script) -> folder.with("migrations/00" + name + ".up.sql", script[0])
                .with("migrations/00" + name + ".down.sql", script[1]));
        return folder;
    }

    /** With scripts named as Flyway names them: 2025.1, 2025.2, 2025.3; the second has a revision of Alembic's making. */
    static ScriptFolder flyway() {
        ScriptFolder folder = declared("2025_");
        SCRIPTS.forEach((name, script) -> {
            String title = name.replace("_", "__");
            folder.with("migrations/V2025_" + title + ".sql", script[0])
                    .with("migrations/U2025_" + title + ".sql", script[1]);
        });
        return folder.with(
                "bundle.yaml", "name: shop\nrevisions: {2025_1: 2025_1, 2025_2: ae1027a6acf, 2025_3: 2025_3}\n");
    }

    private static ScriptFolder declared(String prefix) {
        return ScriptFolder.create()
                .with("bundle.yaml", "name: shop\n")
                .with("schema.yaml", DECLARED_INDEX)
                .with("schema/" + prefix + "1.yaml", DECLARED_ITEMS)
                .with("schema/" + prefix + "2.yaml", DECLARED_ORDERS);
    }
}
