package io.schemajob.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Locale;

/** Starts the command line inside Quarkus; the exit code is the run's {@link io.schemajob.report.failure.ExitStatus}. */
@QuarkusMain
public final class Main implements QuarkusApplication {

    public static void main(String... args) {
        // Nothing that is printed, read or sent may depend on where the process runs: digits, letters, names of months.
        Locale.setDefault(Locale.ROOT);
        // From JDK 22 on there may be a console without a terminal; this brings back the one that is null then.
        System.setProperty("jdk.console", "java.base");
        Quarkus.run(Main.class, args);
    }

    @Override
    public int run(String... args) {
        return CommandLines.execute(args);
    }
}
