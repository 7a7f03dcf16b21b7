package io.schemajob.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the command line inside Quarkus; the exit code is the run's {@link io.schemajob.report.ExitStatus}. */
@QuarkusMain
public final class Main implements QuarkusApplication {

    public static void main(String... args) {
        // JDK 22 to 24 hand out a console where there is no terminal, and colours would end up in logs.
        System.setProperty("jdk.console", "java.base");
        Quarkus.run(Main.class, args);
    }

    @Override
    public int run(String... args) {
        return CommandLines.execute(args);
    }
}
