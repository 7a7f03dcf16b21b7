package io.schemajob.database.tls;

/** Why files of certificates or keys cannot be used; the message is a sentence for people. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean aboutServer;

    private TlsException(String message, boolean aboutServer, Throwable cause) {
        super(message, cause);
        this.aboutServer = aboutServer;
    }

    /** What proves the client's identity cannot be used. */
    static TlsException ofClient(String message, Throwable cause) {
        return new TlsException(message, false, cause);
    }

    /** What the server's identity is checked with cannot be used. */
    static TlsException ofServer(String message, Throwable cause) {
        return new TlsException(message, true, cause);
    }

    /** Whether the server cannot be trusted for it. */
    public boolean isAboutServer() {
        return aboutServer;
    }
}
