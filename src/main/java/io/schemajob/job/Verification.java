package io.schemajob.job;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.Version;
import java.sql.Connection;
import java.util.Optional;
import java.util.Set;

/** TEMP */
final class Verification {
    static Verification of(RunContext run, Bundle bundle) {
        return new Verification();
    }

    Set<String> declaredTables() {
        return Set.of("checkpoints");
    }

    void require(Workspace w, Optional<Version> v) {}

    void requireInside(Connection c, Workspace w, Optional<Version> v) {}
}
