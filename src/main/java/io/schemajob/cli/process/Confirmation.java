package io.schemajob.cli.process;

import io.schemajob.bundle.script.Migration;
import io.schemajob.report.text.Printable;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What all commands that can destroy something ask for: {@code --yes}, or an answer where there is a terminal. */
public final class Confirmation {
    @Option(names = "--yes", description = "go ahead without asking")
    public boolean yes;

    /** Whether the migrations may be rolled back. */
    public boolean rollback(List<Migration> migrations) {
        String versions = migrations.stream()
                .map(migration -> migration.version().toString())
                .collect(Collectors.joining(", "));
        return given("Roll back migration %s? Data in dropped tables is lost.".formatted(versions));
    }

    /** Whether the question is answered with yes; without a terminal only {@code --yes} says so. */
    public boolean given(String question) {
        if (yes) {
            return true;
        }
        return System.console() != null
                && "yes".equals(System.console().readLine("%s Type yes to go on: ", Printable.line(question)));
    }
}
