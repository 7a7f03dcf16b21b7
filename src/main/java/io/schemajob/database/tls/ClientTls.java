package io.schemajob.database.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The client's side of TLS as libpq does it. The driver's own reads keys in one form only, checks no list of revoked
 * certificates, and trusts everybody unless {@code sslmode} says {@code verify-…}.
 *
 * <p>One object serves one login: it knows afterwards whether the server asked for a certificate.
 */
public final class ClientTls {
    private final TlsSettings settings;
    private final ClientCertificate certificate;
    private final TrustManager[] trust;

    private ClientTls(TlsSettings settings, ClientCertificate certificate, TrustManager[] trust) {
        this.settings = settings;
        this.certificate = certificate;
        this.trust = trust;
    }

    /** Reads the files, which may be replaced at any time, anew. */
    public static ClientTls load(TlsSettings settings) throws TlsException {
        ClientCertificate certificate = certificate(settings);
        TrustManager[] trust = settings.verifies() ? authorities(settings) : new TrustManager[] {new AnyCertificate()};
        return new ClientTls(settings, certificate, trust);
    }

    /** Made only for a server that speaks TLS: it costs as much as connecting. */
    private SSLContext context() throws SSLException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {certificate}, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new SSLException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /**
     * Puts TLS over a connection.
     *
     * @param host the name that the server is asked for
     */
    public SSLSocket over(Socket socket, String host, int port) throws IOException {
        SSLSocket secured = (SSLSocket) context().getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(settings.protocols().toArray(String[]::new));
        parameters.setServerNames(serverNames(host));
        secured.setSSLParameters(parameters);
        return secured;
    }

    /** What is missing of a certificate that has to be asked for and sent; null if nothing is. */
    public String missingCertificate() {
        if (!settings.certRequired()) {
            return null;
        }
        if (!certificate.requested()) {
            return "the server asked for no certificate";
        }
        return settings.cert() == null ? "there is no certificate to send (sslcert)" : null;
    }

    /** Addresses are not sent, nor what is no name of a host. */
    private List<SNIServerName> serverNames(String host) {
        if (!settings.sendName() || host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
            return List.of();
        }
        try {
            return List.of(new SNIHostName(host));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static ClientCertificate certificate(TlsSettings settings) throws TlsException {
        if (settings.cert() == null) {
            return new ClientCertificate(null, null);
        }
        X509Certificate[] chain = clientChain(settings.cert()).stream()
                .map(X509Certificate.class::cast)
                .toArray(X509Certificate[]::new);
        PrivateKeyFile key = new PrivateKeyFile(settings.key(), settings.keyPassword());
        return new ClientCertificate(chain, key.read(chain[0].getPublicKey()));
    }

    private static TrustManager[] authorities(TlsSettings settings) throws TlsException {
        try {
            KeyStore roots = settings.systemRoots() ? null : roots(settings.rootCert());
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(roots);
            if (settings.crl() != null) {
                KeyStore checked = roots == null ? accepted(factory.getTrustManagers()) : roots;
                PKIXBuilderParameters parameters = new PKIXBuilderParameters(checked, new X509CertSelector());
                parameters.addCertStore(CertStore.getInstance(
                        "Collection", new CollectionCertStoreParameters(revoked(settings.crl()))));
                parameters.setRevocationEnabled(true);
                factory.init(new CertPathTrustManagerParameters(parameters));
            }
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw TlsException.ofServer("The root certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore roots(Path file) throws TlsException, IOException, GeneralSecurityException {
        if (file == null) {
            throw TlsException.ofServer("There is no root certificate (sslrootcert) to check the server's with.", null);
        }
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        for (Certificate root : rootCertificates(file)) {
            roots.setCertificateEntry("root" + roots.size(), root);
        }
        return roots;
    }

    /** The platform's authorities. */
    private static KeyStore accepted(TrustManager[] managers) throws IOException, GeneralSecurityException {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        for (TrustManager manager : managers) {
            for (X509Certificate root : ((X509TrustManager) manager).getAcceptedIssuers()) {
                roots.setCertificateEntry("root" + roots.size(), root);
            }
        }
        return roots;
    }

    private static Collection<? extends Certificate> clientChain(Path file) throws TlsException {
        try {
            return certificates(file);
        } catch (IOException | GeneralSecurityException e) {
            throw TlsException.ofClient("There is no certificate to read in %s (sslcert).".formatted(file), e);
        }
    }

    private static Collection<? extends Certificate> rootCertificates(Path file) throws TlsException {
        try {
            return certificates(file);
        } catch (IOException | GeneralSecurityException e) {
            throw TlsException.ofServer("There is no root certificate to read in %s (sslrootcert).".formatted(file), e);
        }
    }

    /** At least one. */
    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new CertificateException("empty");
            }
            return found;
        }
    }

    private static Collection<?> revoked(Path file) throws TlsException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCRLs(in);
        } catch (IOException | GeneralSecurityException e) {
            throw TlsException.ofServer(
                    "The list of revoked certificates %s (sslcrl) cannot be read.".formatted(file), e);
        }
    }
}
