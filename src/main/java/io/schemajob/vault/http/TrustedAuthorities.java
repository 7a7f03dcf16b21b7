package io.schemajob.vault.http;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.vault.settings.VaultSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the authorities of a PEM file and in no others, which is what {@code VAULT_CACERT} means everywhere. */
final class TrustedAuthorities {
    private TrustedAuthorities() {}

    /** @throws io.schemajob.report.failure.SchemajobException CONFIG when the file cannot be read or holds no certificate */
    static SSLContext only(Path pem) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (Certificate certificate : read(pem)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime lacks TLS.", e);
        }
    }

    private static Collection<? extends Certificate> read(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw unusable(pem, "holds no certificate").asException();
            }
            return certificates;
        } catch (IOException e) {
            throw unusable(pem, "cannot be read").asException(e);
        } catch (CertificateException e) {
            throw unusable(pem, "is not a PEM file of certificates").asException(e);
        }
    }

    private static Failure unusable(Path pem, String why) {
        return Failure.of(ExitStatus.CONFIG, VaultSettings.CA_CERT + ": the file " + pem + " " + why + ".")
                .hint("Mount the PEM certificate of the authority that signed Vault's certificate, or unset the"
                        + " variable to trust the public ones.");
    }
}
