package io.schemajob.database.tls;

import java.nio.file.Path;
import java.util.List;

/**
 * How a connection is encrypted and who proves to be whom. Names and meanings are libpq's.
 *
 * @param mode {@code disable} to {@code verify-full}
 * @param direct whether TLS begins without a request for it
 * @param rootCert file of the authorities to trust; null for none
 * @param systemRoots whether the platform's authorities are trusted
 * @param crl file of revoked certificates; null for none
 * @param cert the client's certificate and those that lead to its authority; null for none
 * @param key of that certificate; null for none
 * @param keyPassword of the key; null for none
 * @param certRequired whether a server that asks for no certificate is refused
 * @param sendName whether the server is told the name it is asked for
 * @param protocols those of Java that may be spoken
 */
public record TlsSettings(
        String mode,
        boolean direct,
        Path rootCert,
        boolean systemRoots,
        Path crl,
        Path cert,
        Path key,
        String keyPassword,
        boolean certRequired,
        boolean sendName,
        List<String> protocols) {

    public static final String DEFAULT_MODE = "prefer";

    /** Whether the server may be spoken to in plain text. */
    public boolean optional() {
        return List.of("disable", "allow", "prefer").contains(mode);
    }

    /** Whether the server's certificate is checked: as libpq does wherever it has authorities to check against. */
    public boolean verifies() {
        return mode.startsWith("verify-") || rootCert != null || systemRoots;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "sslmode=" + mode;
    }
}
