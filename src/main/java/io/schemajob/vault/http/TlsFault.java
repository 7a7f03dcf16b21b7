package io.schemajob.vault.http;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.vault.settings.VaultSettings;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Tells TLS errors that trying again cannot mend, and that have a remedy of their own, from a connection that merely
 * broke. The JDK gives most of them away by type, the rest by text.
 */
final class TlsFault {
    private TlsFault() {}

    /** Empty when the trouble may pass. */
    public static Optional<Failure> in(Throwable trouble, VaultSettings settings) {
        String vault = "Vault at " + settings.address();
        if (has(trouble, CertificateExpiredException.class) || has(trouble, CertificateNotYetValidException.class)) {
            return fault(
                    vault + " shows a certificate that is not valid today.",
                    "Renew Vault's certificate, or look at the clock of this node.");
        }
        if (has(trouble, CertPathBuilderException.class) || has(trouble, CertPathValidatorException.class)) {
            return fault(
                    vault + " shows a certificate that is not signed by " + authority(settings) + ".", trust(settings));
        }
        if (has(trouble, CertificateException.class)) {
            return fault(
                    vault + " shows a certificate for other names than '"
                            + settings.address().getHost() + "'.",
                    "Use a name that the certificate lists in " + VaultSettings.ADDRESS
                            + ", or have the certificate list this one.");
        }
        return VaultReply.causes(trouble)
                .filter(SSLException.class::isInstance)
                .map(Throwable::getMessage)
                .filter(text -> text != null)
                .flatMap(text -> fromText(text, vault).stream())
                .findFirst();
    }

    private static Optional<Failure> fromText(String text, String vault) {
        if (text.contains("nrecognized SSL message")) {
            return fault(
                    vault + " does not speak TLS on that port.",
                    "Write http:// in " + VaultSettings.ADDRESS + " if that is meant, or use the TLS port.");
        }
        if (text.contains("Received fatal alert")) {
            return fault(
                    vault + " refused the TLS connection: " + text + ".",
                    "Client certificates are not supported; the listener must not demand one.");
        }
        return Optional.empty();
    }

    private static String authority(VaultSettings settings) {
        return settings.caCert() == null
                ? "an authority that this image knows"
                : "the authority in " + settings.caCert() + " (" + VaultSettings.CA_CERT + ")";
    }

    private static String trust(VaultSettings settings) {
        return settings.caCert() == null
                ? "Mount the PEM file of the authority that signed it and name it in " + VaultSettings.CA_CERT + "."
                : "Put the authority that signed it into " + settings.caCert() + ".";
    }

    private static boolean has(Throwable trouble, Class<? extends Throwable> type) {
        return VaultReply.causes(trouble).anyMatch(type::isInstance);
    }

    private static Optional<Failure> fault(String message, String hint) {
        return Optional.of(Failure.of(ExitStatus.CONFIG, message).hint(hint));
    }
}
