package io.schemajob.database;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;
import org.postgresql.ssl.PGjdbcHostnameVerifier;

/**
 * Encrypts the connection of a login and checks the server's name, which the driver does not know: it connects to an
 * address. The driver makes it by its name.
 */
@RegisterForReflection
public final class LoginTls extends SSLSocketFactory implements HostnameVerifier {
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

    @Override
    public String[] getDefaultCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("The driver connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("The driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("The driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("The driver connects by itself");
    }
}
