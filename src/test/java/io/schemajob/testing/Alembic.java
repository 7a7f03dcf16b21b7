package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real Alembic with a project of its own, installed below {@code target/python} once. */
public final class Alembic {
    private static final String MAIN =
            """
            import os, sys
            os.environ["DATABASE_URL"] = sys.argv[1]
            from alembic.config import main
            main(argv=sys.argv[2:])
            """;

    private static final String ENV =
            """
            import os
            from alembic import context
            from sqlalchemy import create_engine, pool
            engine = create_engine(os.environ["DATABASE_URL"], poolclass=pool.NullPool)
            with engine.connect() as connection:
                context.configure(connection=connection)
                with context.begin_transaction():
                    context.run_migrations()
            """;

    private final Path folder;
    private final Path packages;

    private Alembic(Path folder, Path packages) {
        this.folder = folder;
        this.packages = packages;
    }

    /** A project without revisions; skips the test where Alembic cannot be installed. */
    public static Alembic project() {
        Path packages = PythonPackages.install(
                "alembic-1.20.0", "alembic==1.20.0", "sqlalchemy==2.1.9", "psycopg[binary]==3.3.9");
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/alembic")), "p")
                    .toAbsolutePath();
            Files.writeString(folder.resolve("alembic.ini"), "[alembic]\nscript_location = %(here)s\n");
            Files.writeString(folder.resolve("env.py"), ENV);
            Files.createDirectory(folder.resolve("versions"));
            return new Alembic(folder, packages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a revision that runs SQL. */
    public Alembic revision(String id, String downRevision, String up, String down) {
        return revision(
                id,
                """
                from alembic import op
                revision = "%s"
                down_revision = %s
                def upgrade(): op.execute(\"""%s\""")
                def downgrade(): op.execute(\"""%s\""")
                """
                        .formatted(id, downRevision == null ? "None" : '"' + downRevision + '"', up, down));
    }

    /** Adds a revision as it stands in its file. */
    public Alembic revision(String id, String python) {
        try {
            Files.writeString(folder.resolve("versions").resolve(id + ".py"), python);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command that has to succeed and returns what it prints. */
    public String run(Postgres.Database database, String... arguments) {
        String url = "postgresql+psycopg://%s:%s@127.0.0.1:%d/%s"
                .formatted(
                        database.user(), database.password(), database.server().port(), database.name());
        List<String> line =
                new ArrayList<>(List.of(url, "-c", folder.resolve("alembic.ini").toString()));
        line.addAll(List.of(arguments));
        try {
            return PythonPackages.script(packages, MAIN, line.toArray(String[]::new))
                    .strip();
        } catch (IOException e) {
            throw new AssertionError("alembic " + String.join(" ", arguments) + ": " + e.getMessage(), e);
        }
    }
}
