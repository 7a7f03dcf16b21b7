package io.schemajob.testing;

import java.time.Duration;

/**
 * How long something that must end by itself may take in a test. A quiet machine needs far less; the limit is so long
 * because the machine may be busy with other work. What a test lets it wait for otherwise lasts at least twice as long, so a
 * wait that does not end fails the test all the same.
 */
public final class Promptly {
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private Promptly() {}
}
