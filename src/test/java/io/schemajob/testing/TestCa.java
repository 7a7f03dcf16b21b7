package io.schemajob.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A private certificate authority for tests of TLS, made with the JDK's own {@code keytool} so that nothing else has to
 * be installed.
 */
public final class TestCa {
    private static final String STORE_PASSWORD = "only-for-tests";
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final Path folder;
    private int issued;

    private TestCa(Path folder) {
        this.folder = folder;
    }

    /** A new authority in a temporary folder. */
    public static TestCa create() {
        try {
            TestCa ca = new TestCa(TemporaryFolders.create("schemajob-ca"));
            ca.keytool(store("ca"), "-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c");
            ca.writePem("ca", "ca");
            return ca;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The authority's own certificate as PEM: what clients have to trust. */
    public Path certificate() {
        return folder.resolve("ca.crt");
    }

    /** Issues a server certificate; alternative names are {@code dns:localhost}, {@code ip:127.0.0.1} and the like. */
    public synchronized Certificate issue(String commonName, String... alternativeNames) {
        String name = "server" + ++issued;
        try {
            keytool(store(name), "-genkeypair", "-alias", name, "-dname", "CN=" + commonName);
            keytool(store(name), "-certreq", "-alias", name, "-file", name + ".csr");
            keytool(
                    store("ca"),
                    "-gencert",
                    "-alias",
                    "ca",
                    "-rfc",
                    "-infile",
                    name + ".csr",
                    "-outfile",
                    name + ".pem",
                    "-ext",
                    "san=" + String.join(",", alternativeNames));
            keytool(store(name), "-importcert", "-noprompt", "-alias", "ca", "-file", "ca.crt");
            keytool(store(name), "-importcert", "-noprompt", "-alias", name, "-file", name + ".pem");
            writePem(name, name);
            return new Certificate(folder.resolve(name + ".crt"), folder.resolve(name + ".key"), keyStore(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A list of revoked certificates, PEM.
     *
     * @param all whether all certificates that were issued until now are on it; else none is
     */
    public synchronized Path revocationList(boolean all) {
        try {
            String file = all ? "all.crl" : "none.crl";
            List<String> arguments = new ArrayList<>(List.of("-gencrl", "-alias", "ca", "-rfc", "-file", file));
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (int i = 1; all && i <= issued; i++) {
                try (InputStream in = Files.newInputStream(folder.resolve("server" + i + ".crt"))) {
                    X509Certificate certificate = (X509Certificate) factory.generateCertificate(in);
                    arguments.addAll(
                            List.of("-id", certificate.getSerialNumber().toString()));
                }
            }
            keytool(store("ca"), arguments.toArray(String[]::new));
            return folder.resolve(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * An issued certificate with its key.
     *
     * @param certificate PEM
     * @param privateKey PEM, PKCS 8
     * @param keyStore PKCS 12 with both, password {@link #keyStorePassword()}
     */
    public record Certificate(Path certificate, Path privateKey, Path keyStore) {
        public String keyStorePassword() {
            return STORE_PASSWORD;
        }
    }

    private static List<String> store(String name) {
        return List.of("-keystore", name + ".p12", "-storetype", "PKCS12", "-storepass", STORE_PASSWORD);
    }

    private Path keyStore(String name) {
        return folder.resolve(name + ".p12");
    }

    private void keytool(List<String> store, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(store);
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
        }
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(arguments[0] + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void writePem(String name, String alias) throws IOException {
        try (InputStream in = Files.newInputStream(keyStore(name))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, STORE_PASSWORD.toCharArray());
            byte[] key = keys.getKey(alias, STORE_PASSWORD.toCharArray()).getEncoded();
            byte[] certificate = keys.getCertificate(alias).getEncoded();
            Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key));
            Files.writeString(folder.resolve(name + ".crt"), pem("CERTIFICATE", certificate));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + PEM.encodeToString(content) + "\n-----END " + label + "-----\n";
    }
}
