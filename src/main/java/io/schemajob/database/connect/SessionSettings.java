package io.schemajob.database.connect;

import java.time.Duration;

/**
 * How every session of a run is prepared.
 *
 * @param applicationName shown in {@code pg_stat_activity}; the server cuts it at 63 bytes
 * @param schema first on the search path
 * @param ownerRole taken by {@code SET ROLE}, or null
 * @param lockTimeout for statements of migrations; zero waits for ever
 * @param statementTimeout for statements of migrations; zero is no limit
 * @param connectTimeout how long the server may be unreachable
 */
public record SessionSettings(
        String applicationName,
        String schema,
        String ownerRole,
        Duration lockTimeout,
        Duration statementTimeout,
        Duration connectTimeout) {

    public SessionSettings withConnectTimeout(Duration limit) {
        return new SessionSettings(applicationName, schema, ownerRole, lockTimeout, statementTimeout, limit);
    }
}
