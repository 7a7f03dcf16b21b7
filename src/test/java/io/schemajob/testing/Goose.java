package io.schemajob.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real goose. */
public final class Goose {
    private static final GoProgram PROGRAM = new GoProgram(
            "goose",
            "v3.30.0",
            "github.com/pressly/goose/v3/cmd/goose",
            "no_clickhouse,no_libsql,no_mssql,no_mysql,no_sqlite3,no_starrocks,no_turso,no_vertica,no_ydb,no_duckdb");

    private Goose() {}

    /** Runs a command on a folder of its files that has to succeed; skips the test where goose cannot be built. */
    public static void run(Path folder, Postgres.Database database, String... command) {
        String url = "postgres://%s:%s@127.0.0.1:%d/%s?sslmode=disable"
                .formatted(
                        database.user(), database.password(), database.server().port(), database.name());
        List<String> line = new ArrayList<>(List.of("-dir", folder.toString(), "postgres", url));
        line.addAll(List.of(command));
        GoProgram.Outcome outcome = PROGRAM.run(line);
        if (outcome.exitCode() != 0) {
            throw new AssertionError("goose " + String.join(" ", command) + ": " + outcome.output());
        }
    }
}
