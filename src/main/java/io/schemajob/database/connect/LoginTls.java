package io.schemajob.database.connect;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.schemajob.database.watch.DriverSocketFactory;
import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSession;
import org.postgresql.ssl.PGjdbcHostnameVerifier;

/**
 * Encrypts the connection of a login and checks the server's name, which the driver does not know: it connects to an
 * address. The driver makes it by its name.
 */
@RegisterForReflection
public final class LoginTls extends DriverSocketFactory implements HostnameVerifier {
    private final LoginAttempt attempt;

    public LoginTls(Properties properties) {
        this.attempt = LoginAttempt.of(properties);
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return attempt.tls().over(socket, attempt.host().label(), port);
    }

    @Override
    public boolean verify(String address, SSLSession session) {
        return PGjdbcHostnameVerifier.INSTANCE.verify(attempt.host().label(), session);
    }
}
