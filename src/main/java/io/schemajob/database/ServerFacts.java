package io.schemajob.database;

/**
 * What the server says of itself when a session begins.
 *
 * @param majorVersion such as 16
 * @param version as the server prints it
 * @param inRecovery whether it is a read-only replica
 * @param readOnly whether transactions are read-only for another reason
 * @param backendPid the server process of this session
 */
public record ServerFacts(int majorVersion, String version, boolean inRecovery, boolean readOnly, int backendPid) {}
