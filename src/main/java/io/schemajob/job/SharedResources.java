package io.schemajob.job;

import io.schemajob.database.connect.ServerSlots;
import io.schemajob.database.session.IdleSessions;
import io.schemajob.vault.VaultSession;
import io.schemajob.vault.settings.VaultSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the runs of one process share, where a run by itself would make it anew: what is read of the bundle, the
 * login to Vault, the places on each server, and sessions. All of these runs have the same settings but for what a target of a fleet says.
 */
public final class SharedResources implements AutoCloseable {
    /** Targets may be in several databases by turns. */
    private static final int IDLE_SESSIONS = 8;

    private final boolean sharing;
    private final ServerSlots servers;
    private final Map<List<?>, Object> readings = new ConcurrentHashMap<>();

    private final IdleSessions idle;

    /** Null as long as nobody has logged in. */
    private volatile VaultSession login;

    private SharedResources(boolean sharing, int perServer, IdleSessions idle) {
        this.sharing = sharing;
        this.servers = new ServerSlots(perServer);
        this.idle = idle;
    }

    /** For a run that is alone in its process. */
    static SharedResources none() {
        return new SharedResources(false, 0, IdleSessions.none());
    }

    /**
     * @param parallel how many runs at once
     * @param perServer how many of them on one server; 0 for no limit
     */
    public static SharedResources of(int parallel, int perServer) {
        return new SharedResources(true, perServer, new IdleSessions(Math.max(parallel, IDLE_SESSIONS), perServer > 0));
    }

    /**
     * What was read before, or else reads it. It must not depend on what a target says.
     *
     * @param name tells readings of one type apart
     */
    public <T> T once(Class<T> type, String name, Supplier<T> reader) {
        return sharing ? type.cast(readings.computeIfAbsent(List.of(type, name), key -> reader.get())) : reader.get();
    }

    /**
     * Logs in to Vault for all runs, if that is where their connections come from; so what is wrong with the login is told
     * once. Users that Vault makes for one run hang on a login of their own.
     */
    public void logIn(RunContext run) {
        boolean possible = sharing && login == null && run.settings().variable(VaultSettings.ADDRESS) != null;
        if (possible && run.settings().text(Setting.VAULT_DATABASE_ROLE) == null) {
            login = Credentials.logIn(run);
        }
    }

    /** The login of all runs for one of them; null if there is none. */
    VaultSession login(RunContext run) {
        VaultSession common = login;
        return common == null
                ? null
                : common.sharedBy(Credentials.vaultSettings(run.settings()), run.cancellation(), run.log());
    }

    ServerSlots servers() {
        return servers;
    }

    IdleSessions idle() {
        return idle;
    }

    @Override
    public void close() {
        idle.close();
        if (login != null) {
            login.close();
        }
    }
}
