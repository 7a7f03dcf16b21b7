package io.schemajob.job;

import io.schemajob.database.connect.ServerSlots;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the runs of one process share, where a run by itself would make it anew: what is read of the bundle, and the
 * places on each server. All of these runs have the same settings but for what a target of a fleet says.
 */
public final class SharedResources implements AutoCloseable {
    private final boolean sharing;
    private final ServerSlots servers;
    private final Map<List<?>, Object> readings = new ConcurrentHashMap<>();

    private SharedResources(boolean sharing, int perServer) {
        this.sharing = sharing;
        this.servers = new ServerSlots(perServer);
    }

    /** For a run that is alone in its process. */
    static SharedResources none() {
        return new SharedResources(false, 0);
    }

    /** @param perServer how many runs at once on one server; 0 for no limit */
    public static SharedResources of(int perServer) {
        return new SharedResources(true, perServer);
    }

    /**
     * What was read before, or else reads it. It must not depend on what a target says.
     *
     * @param name tells readings of one type apart
     */
    public <T> T once(Class<T> type, String name, Supplier<T> reader) {
        return sharing ? type.cast(readings.computeIfAbsent(List.of(type, name), key -> reader.get())) : reader.get();
    }

    ServerSlots servers() {
        return servers;
    }

    @Override
    public void close() {}
}
