package io.schemajob.database;

/**
 * Where a server listens.
 *
 * @param host name or address, without brackets
 * @param port TCP port
 */
public record HostPort(String host, int port) {
    public static final int DEFAULT_PORT = 5432;

    /** As it stands in a JDBC URL: IPv6 addresses in brackets. */
    String inUrl() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return inUrl();
    }
}
