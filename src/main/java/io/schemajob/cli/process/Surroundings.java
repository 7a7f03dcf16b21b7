package io.schemajob.cli.process;

import java.util.Map;

/**
 * What a command sees of the process that it runs in, so that a caller which runs one in its own process can say what
 * that is.
 *
 * @param environment the variables
 * @param streams where it prints
 * @param terminal whether a person sits there
 * @param width of the lines of standard output in characters; {@link Integer#MAX_VALUE} where it is no terminal
 * @param colour whether the log may be coloured
 */
public record Surroundings(
        Map<String, String> environment, Streams streams, boolean terminal, int width, boolean colour) {
    public static Surroundings ofProcess() {
        return new Surroundings(
                Environment.read(), Streams.standard(), Terminal.isThere(), Terminal.width(), Streams.colour());
    }
}
