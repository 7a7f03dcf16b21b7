package io.schemajob.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets signals that come too late for a run in the JVM of the test do nothing. Runs that were at work side by side leave the handler of one of
 * them that has ended, and that would end the JVM at its second signal.
 */
final class QuietSignals implements AutoCloseable {
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    /** Whether the signal reaches this process: whoever starts it may have it ignored. */
    static boolean heard(String name) {
        Signal signal = new Signal(name);
        SignalHandler before = Signal.handle(signal, ignored -> {});
        Signal.handle(signal, before);
        return before != SignalHandler.SIG_IGN;
    }

    /** Whatever is installed. */
    void install() {
        for (String name : List.of("TERM", "INT", "HUP")) {
            Signal signal = new Signal(name);
            before.putIfAbsent(signal, Signal.handle(signal, ignored -> {}));
        }
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
