package io.schemajob.faults;

import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.ArrayList;
import java.util.List;

/** Many small scripts, each of which makes one table, so that what is there tells what was run. */
record NumberedScripts(ScriptFolder folder, int count) {
    static NumberedScripts create(int count) {
        ScriptFolder folder = ScriptFolder.create().with("bundle.yaml", "name: numbered\n");
        for (int i = 1; i <= count; i++) {
            folder.with("migrations/%03d_n.up.sql".formatted(i), "CREATE TABLE numbered_%03d (n int);\n".formatted(i))
                    .with("migrations/%03d_n.down.sql".formatted(i), "DROP TABLE numbered_%03d;\n".formatted(i));
        }
        folder.with("maintenance.sql", "-- task: look  Look\nSELECT 1;\n");
        return new NumberedScripts(folder, count);
    }

    /** What contradicts a history that is a beginning of all scripts, each of them done, none of the others. */
    List<String> contradictions(Postgres.Database database) {
        List<String> found = new ArrayList<>();
        try (OtherSession eye = OtherSession.ofSuperuser(database)) {
            if (eye.value("SELECT to_regclass('flyway_schema_history') IS NULL").equals("t")) {
                return found;
            }
            List<String> rows = eye.rows("SELECT version, success FROM flyway_schema_history ORDER BY installed_rank");
            for (int i = 0; i < rows.size(); i++) {
                if (!rows.get(i).equals("%03d|t".formatted(i + 1))) {
                    found.add("row " + (i + 1) + " is " + rows.get(i));
                }
            }
            List<String> tables =
                    eye.rows("SELECT right(tablename, 3) FROM pg_tables WHERE tablename LIKE 'numbered%' ORDER BY 1");
            List<String> versions =
                    rows.stream().map(row -> row.substring(0, 3)).toList();
            if (!tables.equals(versions)) {
                found.add("tables " + tables + ", history " + versions);
            }
        }
        return found;
    }
}
