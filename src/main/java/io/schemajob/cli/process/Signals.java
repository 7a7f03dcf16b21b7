package io.schemajob.cli.process;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets SIGTERM, SIGINT and SIGHUP stop the run in good order instead of ending the process under it. A second signal ends it at
 * once; the server then rolls back and releases the lock by itself.
 */
public final class Signals implements AutoCloseable {
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    private Signals() {}

    public static Signals install(CancellationToken cancellation) {
        Signals signals = new Signals();
        signals.handle("HUP", ExitStatus.HANGUP, cancellation);
        signals.handle("TERM", ExitStatus.TERMINATED, cancellation);
        signals.handle("INT", ExitStatus.INTERRUPTED, cancellation);
        return signals;
    }

    private void handle(String name, ExitStatus status, CancellationToken cancellation) {
        Signal signal = new Signal(name);
        SignalHandler handler = received -> {
            if (cancellation.stopped()) {
                Runtime.getRuntime().halt(status.code());
            }
            cancellation.stop(Failure.of(status, "The run was stopped by SIG" + name + ".")
                    .hint("Run the job again."));
        };
        SignalHandler earlier = Signal.handle(signal, handler);
        if (earlier == SignalHandler.SIG_IGN) {
            // Whoever starts us says that it is not to stop us: nohup does so with SIGHUP.
            Signal.handle(signal, earlier);
        } else {
            before.put(signal, earlier);
        }
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
