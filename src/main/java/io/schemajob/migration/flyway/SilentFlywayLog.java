package io.schemajob.migration.flyway;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/**
 * Flyway's own log would repeat our steps in other words, past the redactor and in the midst of JSON; its errors reach us
 * as exceptions. Public, because Flyway makes it from its name: each of its configurations drops a creator that was set.
 */
@RegisterForReflection
public final class SilentFlywayLog implements LogCreator, Log {
    @Override
    public Log createLogger(Class<?> clazz) {
        return this;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message) {}

    @Override
    public void error(String message, Exception e) {}

    @Override
    public void notice(String message) {}
}
