package io.schemajob.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real golang-migrate, working on the scripts of a bundle. */
public final class GolangMigrate {
    private static final GoProgram PROGRAM =
            new GoProgram("migrate", "v4.20.0", "github.com/golang-migrate/migrate/v4/cmd/migrate", "postgres");

    private final Path scripts;
    private final Postgres.Database database;

    private GolangMigrate(Path scripts, Postgres.Database database) {
        this.scripts = scripts;
        this.database = database;
    }

    /** On these scripts and this database; its first run skips the test where the tool cannot be built. */
    public static GolangMigrate on(Path scripts, Postgres.Database database) {
        return new GolangMigrate(scripts, database.forGo());
    }

    /** Runs a command that has to succeed and returns what it prints. */
    public String run(String... arguments) {
        GoProgram.Outcome outcome = outcome(arguments);
        if (outcome.exitCode() != 0) {
            throw new AssertionError("migrate " + String.join(" ", arguments) + ": " + outcome.output());
        }
        return outcome.output();
    }

    /** Runs a command that has to fail. */
    public String fails(String... arguments) {
        GoProgram.Outcome outcome = outcome(arguments);
        if (outcome.exitCode() == 0) {
            throw new AssertionError("migrate " + String.join(" ", arguments) + " succeeded: " + outcome.output());
        }
        return outcome.output();
    }

    private GoProgram.Outcome outcome(String... arguments) {
        String url = "postgres://%s:%s@127.0.0.1:%d/%s?sslmode=disable"
                .formatted(
                        database.user(), database.password(), database.server().port(), database.name());
        List<String> line = new ArrayList<>(List.of("-path", scripts.toString(), "-database", url));
        line.addAll(List.of(arguments));
        return PROGRAM.run(line);
    }
}
