package io.schemajob.catalog;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection that counts the statements sent through it. */
final class CountingConnection {
    private static final Set<String> MAKE_STATEMENTS = Set.of("prepareStatement", "createStatement");

    private CountingConnection() {}

    static Connection of(Connection connection, AtomicInteger count) {
        return (Connection) Proxy.newProxyInstance(
                CountingConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    if (MAKE_STATEMENTS.contains(method.getName())) {
                        count.incrementAndGet();
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
