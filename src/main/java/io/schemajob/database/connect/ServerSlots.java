package io.schemajob.database.connect;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.log.Log;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many runs of one process may be on a server at once: many tenants on one server must not use up its connections. A
 * server is a host and a port, as the connection names them.
 */
public final class ServerSlots {
    private static final int LOOK_MILLIS = 100;

    private final int limit;
    private final Map<String, Semaphore> servers = new ConcurrentHashMap<>();

    /** @param limit 0 for none */
    public ServerSlots(int limit) {
        this.limit = limit;
    }

    /** A place on each server that a connection names, until closed. */
    public interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for a place; ends with the reason if the run is stopped meanwhile. */
    public Slot enter(ConnectionSettings connection, CancellationToken cancellation, Log log) {
        Deque<Semaphore> held = new ArrayDeque<>();
        Slot slot = () -> {
            while (!held.isEmpty()) {
                held.pop().release();
            }
        };
        if (limit == 0) {
            return slot;
        }
        try {
            for (String server : names(connection)) {
                Semaphore places = servers.computeIfAbsent(server, name -> new Semaphore(limit, true));
                if (!places.tryAcquire()) {
                    log.debug("Waiting for one of %d places on %s".formatted(limit, server));
                    await(places, cancellation);
                }
                held.push(places);
            }
            return slot;
        } catch (RuntimeException e) {
            slot.close();
            throw e;
        }
    }

    private static void await(Semaphore places, CancellationToken cancellation) {
        try {
            do {
                cancellation.check();
            } while (!places.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts a run", e);
        }
    }

    /** In an order that all keep to, so that no two wait for each other. */
    private static List<String> names(ConnectionSettings connection) {
        return connection.hosts().stream()
                .map(host -> host.toString().toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList();
    }
}
