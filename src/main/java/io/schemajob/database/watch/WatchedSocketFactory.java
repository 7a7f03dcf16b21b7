package io.schemajob.database.watch;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import jdk.net.ExtendedSocketOptions;
import org.postgresql.PGProperty;

/**
 * Makes the sockets of a login, with keepalives that notice a dead peer within seconds; the kernel's own take more than
 * two hours. The driver makes the factory from its name, so the two meet by a number in the driver's properties.
 */
@RegisterForReflection
public final class WatchedSocketFactory extends DriverSocketFactory {
    /** Driver properties, all optional, for those who know their network better; in seconds and probes. */
    static final String KEEPALIVES_IDLE = "schemajob.keepalives_idle";

    static final String KEEPALIVES_INTERVAL = "schemajob.keepalives_interval";
    static final String KEEPALIVES_COUNT = "schemajob.keepalives_count";

    /** What the logins at work have opened last; cancel requests open sockets too, when their login is long over. */
    private static final Map<String, AtomicReference<WatchedSocket>> LAST = new ConcurrentHashMap<>();

    private static final AtomicLong LOGINS = new AtomicLong();

    private final String login;
    private final Properties properties;

    /** As the driver calls it. */
    public WatchedSocketFactory(Properties properties) {
        this.login = PGProperty.SOCKET_FACTORY_ARG.getOrDefault(properties);
        this.properties = properties;
    }

    /** Makes a login use this factory; the result is handed to {@link #take}. */
    public static String announce(Properties properties) {
        String login = String.valueOf(LOGINS.incrementAndGet());
        PGProperty.SOCKET_FACTORY.set(properties, WatchedSocketFactory.class.getName());
        PGProperty.SOCKET_FACTORY_ARG.set(properties, login);
        LAST.put(login, new AtomicReference<>());
        return login;
    }

    /**
     * The socket that the login ended with: of several hosts or ways of encryption the last one that was tried. Null if
     * none was opened.
     */
    public static WatchedSocket take(String login) {
        return LAST.remove(login).get();
    }

    @Override
    public Socket createSocket() throws IOException {
        WatchedSocket socket = new WatchedSocket();
        set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVES_IDLE, 10);
        set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVES_INTERVAL, 5);
        set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVES_COUNT, 3);
        AtomicReference<WatchedSocket> last = LAST.get(login);
        if (last != null) {
            last.set(socket);
        }
        return socket;
    }

    private void set(Socket socket, SocketOption<Integer> option, String name, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, Integer.valueOf(properties.getProperty(name, String.valueOf(value))));
        }
    }
}
