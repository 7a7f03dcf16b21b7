package io.schemajob.faults;

import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import java.nio.file.Path;

/** The bundle of all cells: tables, an index that is built concurrently, a check, an import, maintenance; and its fleet. */
record FaultBundle(ScriptFolder folder, Path source, Path targets) {
    static final String SCHEMA =
            """
            tables:
              made_1:
                columns:
                  id: {type: integer, nullable: false}
                  n: {type: integer}
                primary_key: [id]
                indexes:
                  made_1_n: [n]
              made_2:
                columns:
                  id: {type: integer, nullable: false}
                primary_key: [id]
              made_4:
                columns:
                  id: {type: integer, nullable: false}
                primary_key: [id]
            """;

    static FaultBundle create() {
        ScriptFolder folder = ScriptFolder.create()
                .with("bundle.yaml", "name: faults\n")
                .with("schema.yaml", SCHEMA)
                .with("verify/none.sql", "SELECT id AS said_in_check FROM made_1 WHERE id < 0;\n")
                .with("maintenance.sql", "-- task: clean  Delete what is old\nDELETE FROM made_1 WHERE n < 0;\n")
                .with(
                        "import.yaml",
                        """
                        tables:
                          made_1: {columns: {id: id, n: n}}
                          made_2: {columns: {id: id}}
                        layout: |
                          CREATE TABLE made_1 (id INTEGER PRIMARY KEY, n INTEGER);
                          CREATE TABLE made_2 (id INTEGER PRIMARY KEY);
                        """);
        script(folder, "001_first", table("made_1", "id int PRIMARY KEY, n int"), "DROP TABLE made_1;\n");
        script(folder, "002_second", table("made_2", "id int PRIMARY KEY"), "DROP TABLE made_2;\n");
        script(
                folder,
                "003_index",
                "CREATE INDEX CONCURRENTLY made_1_n ON made_1 (n);\n",
                "DROP INDEX CONCURRENTLY made_1_n;\n");
        script(folder, "004_last", table("made_4", "id int PRIMARY KEY"), "DROP TABLE made_4;\n");
        folder.with("targets.yaml", "targets:\n- {name: alpha, schema: alpha}\n- {name: beta, schema: beta}\n");
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE made_1 (id INTEGER PRIMARY KEY, n INTEGER)",
                "CREATE TABLE made_2 (id INTEGER PRIMARY KEY)",
                "INSERT INTO made_1 VALUES (1, 10), (2, 20)",
                "INSERT INTO made_2 VALUES (5)");
        return new FaultBundle(folder, file.path(), folder.path().resolve("targets.yaml"));
    }

    private static String table(String name, String columns) {
        return "CREATE TABLE %s (%s);\n".formatted(name, columns);
    }

    private static void script(ScriptFolder folder, String name, String up, String down) {
        folder.with("migrations/" + name + ".up.sql", up).with("migrations/" + name + ".down.sql", down);
    }
}
