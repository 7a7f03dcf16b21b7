package io.schemajob.catalog.model;

import java.util.Set;

/**
 * What a live schema's objects have to be seen with.
 *
 * @param major version of the server; 0 for a declaration
 * @param role that works there, and owns what it makes; null where nobody asked
 * @param roles that exist; empty where nobody asked
 */
public record LiveServer(int major, String role, Set<String> roles) {
    public static final LiveServer NONE = new LiveServer(0, null, Set.of());

    public LiveServer {
        roles = Set.copyOf(roles);
    }

    /** Whether the server is known to lack this role. */
    public boolean lacks(String role) {
        return !roles.isEmpty() && !roles.contains(role);
    }
}
