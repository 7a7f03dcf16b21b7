package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A schema as {@code pg_dump --schema-only} prints it, which is independent of the product's own reader of the catalog.
 * Its lines are compared without their order: a column that is added stands at the end of its table.
 */
public final class SchemaDump {
    private static final int CLIENT = 18;

    private SchemaDump() {}

    public static String of(Postgres.Database database) {
        return of(database.server(), database.name(), "--no-owner", "--no-privileges");
    }

    /** The same with owners and privileges. */
    public static String withPrivileges(Postgres.Database database) {
        return of(database.server(), database.name());
    }

    private static String of(Postgres server, String database, String... options) {
        Path program = PostgresClient.bin(CLIENT).resolve("pg_dump");
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "--schema-only", "--exclude-table=flyway_schema_history"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PGHOST", server.host());
        builder.environment().put("PGPORT", String.valueOf(server.port()));
        builder.environment().put("PGDATABASE", database);
        builder.environment().put("PGUSER", server.user());
        builder.environment().put("PGPASSWORD", server.password());
        try {
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** PostgreSQL names the triggers behind foreign keys by their numbers. */
    private static String withoutNumbers(String line) {
        return line.replaceAll("(RI_ConstraintTrigger_[ac]_)\\d+", "$1");
    }

    /** The lines that only one of the two has, behind {@code -} and {@code +}; empty if they say the same. */
    public static String difference(String expected, String found) {
        List<String> missing = lines(expected);
        List<String> extra = lines(found);
        for (String line : lines(expected)) {
            if (extra.remove(line)) {
                missing.remove(line);
            }
        }
        StringBuilder text = new StringBuilder();
        missing.forEach(line -> text.append("- ").append(line).append('\n'));
        extra.forEach(line -> text.append("+ ").append(line).append('\n'));
        return text.toString();
    }

    private static List<String> lines(String dump) {
        List<String> lines = new ArrayList<>();
        dump.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("--") && !line.startsWith("\\"))
                .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
                .map(SchemaDump::withoutNumbers)
                .forEach(lines::add);
        Collections.sort(lines);
        return lines;
    }
}
