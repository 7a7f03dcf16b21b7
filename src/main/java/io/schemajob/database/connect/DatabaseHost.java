package io.schemajob.database.connect;

/**
 * One of the servers that a connection names.
 *
 * @param name what TLS checks; empty where only an address was given
 * @param address to connect to; null where the name has to be looked up
 * @param port TCP port
 * @param password for this host; null for none
 */
public record DatabaseHost(String name, String address, int port, String password) {
    public static final int DEFAULT_PORT = 5432;

    public DatabaseHost(String name, int port) {
        this(name, null, port, null);
    }

    /** The name, or the address where there is no name: what messages, the password file and TLS use. */
    public String label() {
        return name.isEmpty() ? address : name;
    }

    /** Label and port, without the password; IPv6 addresses in brackets. */
    @Override
    public String toString() {
        return (label().contains(":") ? "[" + label() + "]" : label()) + ":" + port;
    }
}
