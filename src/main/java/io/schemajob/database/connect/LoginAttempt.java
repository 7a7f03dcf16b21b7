package io.schemajob.database.connect;

import io.schemajob.database.tls.ClientTls;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One try to log in to one address of one host: what the classes that the driver makes by their names need to know, and
 * what they find out. The driver hands them nothing but its properties, so they meet by a number in those.
 */
final class LoginAttempt implements AutoCloseable {
    private static final String PROPERTY = "schemajob.login-attempt";
    private static final Map<String, LoginAttempt> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final String number = String.valueOf(NUMBERS.incrementAndGet());
    private final DatabaseHost host;
    private final LoginMethods methods;
    private final ClientTls tls;
    private final boolean certificateRequired;
    private volatile String asked = LoginMethods.NONE;
    private volatile String refusal;
    private volatile boolean passwordless;

    /**
     * Begins one.
     *
     * @param tls null where the connection is not encrypted
     * @param certificateRequired whether the server has to ask for the client's certificate
     */
    LoginAttempt(DatabaseHost host, LoginMethods methods, ClientTls tls, boolean certificateRequired) {
        this.host = host;
        this.methods = methods;
        this.tls = tls;
        this.certificateRequired = certificateRequired;
        OPEN.put(number, this);
    }

    /** The attempt that these properties of the driver belong to. */
    static LoginAttempt of(Properties properties) {
        return OPEN.get(properties.getProperty(PROPERTY));
    }

    void mark(Properties properties) {
        properties.setProperty(PROPERTY, number);
    }

    DatabaseHost host() {
        return host;
    }

    ClientTls tls() {
        return tls;
    }

    /** Notes how the server asks who we are; whether that may be answered. */
    boolean ask(String method) {
        asked = method;
        return require(method);
    }

    /** Whether the server let us in as it may. */
    boolean acceptable() {
        if (tls == null && certificateRequired) {
            refusal = "sslcertmode=require: the connection is not encrypted";
            return false;
        }
        if (tls != null && tls.missingCertificate() != null) {
            refusal = "sslcertmode=require: " + tls.missingCertificate();
            return false;
        }
        return require(asked);
    }

    private boolean require(String method) {
        if (!methods.allows(method)) {
            refusal = method.equals(LoginMethods.NONE)
                    ? "the server asks for no login, which require_auth=%s does not allow".formatted(methods.required())
                    : "the server asks for login by %s, which require_auth=%s does not allow"
                            .formatted(method, methods.required());
            return false;
        }
        return true;
    }

    void refuse(String why) {
        refusal = why;
    }

    void refuseForWantOfPassword() {
        passwordless = true;
        refusal = "the server asks for a password, and there is none";
    }

    boolean lacksPassword() {
        return passwordless;
    }

    /** Why we did not log in, a half sentence; null if it was not up to us. */
    String refusal() {
        return refusal;
    }

    @Override
    public void close() {
        OPEN.remove(number);
    }
}
