package io.schemajob.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of our own and a server certificate signed by it, as the PEM files that servers and clients
 * read. Made anew for each test run with the JDK's {@code keytool}, so that nothing expires in the repository.
 *
 * @param ca the authority's certificate: what a client is told to trust
 * @param certificate the server's certificate
 * @param key the server's private key, PKCS #8, readable by its owner only, as PostgreSQL demands
 * @param serverContext the same for a server inside this process
 */
public record TestCertificates(Path ca, Path certificate, Path key, SSLContext serverContext) {
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();
    private static final String CA = "ca";
    private static final String SERVER = "server";

    /** A certificate for {@code localhost} and {@code 127.0.0.1}. */
    public static TestCertificates create(Path folder) {
        return create(folder, "dns:localhost,ip:127.0.0.1");
    }

    /**
     * @param folder created if need be; its files are overwritten
     * @param names subject alternative names as {@code keytool} takes them: {@code dns:db.example,ip:10.0.0.1}
     */
    public static TestCertificates create(Path folder, String names) {
        try {
            Files.createDirectories(folder);
            Path store = folder.resolve("keys.p12");
            Files.deleteIfExists(store);
            generate(store, CA, "CN=Schemajob test authority", "-ext", "bc:critical=ca:true");
            generate(store, SERVER, "CN=Schemajob test server", "-signer", CA, "-ext", "san=" + names);
            return export(folder, load(store));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a client inside this process that trusts this authority only. */
    public SSLContext clientContext() {
        try {
            KeyStore trusted = load(ca.resolveSibling("keys.p12"));
            trusted.deleteEntry(SERVER);
            trusted.setCertificateEntry("authority", trusted.getCertificate(CA));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void generate(Path store, String alias, String name, String... more) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair", "-alias", alias));
        command.addAll(List.of("-dname", name, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", new String(STORE_PASSWORD)));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD);
        }
        return keys;
    }

    private static TestCertificates export(Path folder, KeyStore keys) throws IOException, GeneralSecurityException {
        Path ca = folder.resolve("ca.pem");
        Path certificate = folder.resolve("server.pem");
        Path key = folder.resolve("server.key");
        Files.writeString(ca, pem("CERTIFICATE", keys.getCertificate(CA).getEncoded()));
        Certificate own = keys.getCertificate(SERVER);
        Files.writeString(certificate, pem("CERTIFICATE", own.getEncoded()));
        byte[] secret = keys.getKey(SERVER, STORE_PASSWORD).getEncoded();
        Files.writeString(key, pem("PRIVATE KEY", secret));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return new TestCertificates(ca, certificate, key, serverContext(keys));
    }

    private static SSLContext serverContext(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore serverOnly = KeyStore.getInstance("PKCS12");
        serverOnly.load(null, STORE_PASSWORD);
        Certificate[] chain = keys.getCertificateChain(SERVER);
        serverOnly.setKeyEntry(SERVER, keys.getKey(SERVER, STORE_PASSWORD), STORE_PASSWORD, chain);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(serverOnly, STORE_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Text armour of RFC 7468. */
    public static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
