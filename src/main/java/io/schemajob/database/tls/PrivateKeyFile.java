package io.schemajob.database.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The private key of a client certificate, in the forms that OpenSSL writes: PKCS 8, encrypted or not, and the traditional
 * ones of RSA and EC keys, each as PEM, PKCS 8 as DER too. Java itself reads PKCS 8 in DER only.
 */
final class PrivateKeyFile {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private final Path file;
    private final String password;

    PrivateKeyFile(Path file, String password) {
        this.file = file;
        this.password = password;
    }

    /**
     * Reads the key.
     *
     * @param certified the public key of the certificate: traditional forms do not say of which kind they are
     */
    PrivateKey read(PublicKey certified) throws TlsException {
        try {
            requireMode();
            byte[] content = Files.readAllBytes(file);
            Matcher pem = PEM.matcher(new String(content, StandardCharsets.ISO_8859_1));
            byte[] pkcs8 = pem.find() ? pkcs8(pem.group(1), pem.group(2), certified) : content;
            return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw TlsException.ofClient("The private key %s cannot be used with its certificate.".formatted(file), e);
        }
    }

    private void requireMode() throws IOException, TlsException {
        if (!Files.isRegularFile(file)) {
            throw TlsException.ofClient("The private key %s is not a regular file.".formatted(file), null);
        }
        if (!FileModes.isPrivate(file)) {
            throw TlsException.ofClient(
                    "The private key %s may be read by others; libpq wants mode 0600, or 0640 if root owns it (defaultMode of a mounted secret)."
                            .formatted(file),
                    null);
        }
    }

    private byte[] pkcs8(String kind, String text, PublicKey certified)
            throws IOException, GeneralSecurityException, TlsException {
        if (text.contains("Proc-Type:")) {
            throw TlsException.ofClient(
                    "The private key %s is encrypted in OpenSSL's old form. Convert it: openssl pkcs8 -topk8 -in OLD -out NEW"
                            .formatted(file),
                    null);
        }
        byte[] der = Base64.getMimeDecoder().decode(text);
        return switch (kind) {
            case "PRIVATE KEY" -> der;
            case "ENCRYPTED PRIVATE KEY" -> decrypt(der);
            default -> wrap(der, certified);
        };
    }

    private byte[] decrypt(byte[] der) throws IOException, GeneralSecurityException, TlsException {
        if (password == null) {
            throw TlsException.ofClient(
                    "The private key %s is encrypted, and there is no sslpassword.".formatted(file), null);
        }
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        // The name that the class gives is that of the scheme (PBES2); the parameters print the algorithm
        // (JDK-8231581).
        String algorithm =
                info.getAlgName().equals("PBES2") || info.getAlgName().startsWith("1.2.840.113549.1.5.13")
                        ? info.getAlgParameters().toString()
                        : info.getAlgName();
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())),
                info.getAlgParameters());
        try {
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException e) {
            throw TlsException.ofClient("The private key %s cannot be decrypted with sslpassword.".formatted(file), e);
        }
    }

    /** Puts a traditional key into PKCS 8 (RFC 5208), with the algorithm that the public key names. */
    private static byte[] wrap(byte[] key, PublicKey certified) {
        byte[] algorithm = firstElement(content(certified.getEncoded()));
        return element(SEQUENCE, VERSION_0, algorithm, element(OCTET_STRING, key));
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length < 0x80) {
            element.write(length);
        } else {
            byte[] bytes = BigInteger.valueOf(length).toByteArray();
            int zero = bytes[0] == 0 ? 1 : 0;
            element.write(0x80 | bytes.length - zero);
            element.write(bytes, zero, bytes.length - zero);
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static byte[] content(byte[] element) {
        return Arrays.copyOfRange(element, headerLength(element), element.length);
    }

    private static byte[] firstElement(byte[] elements) {
        int length = elements[1] & 0xff;
        if (length > 0x80) {
            length = new BigInteger(1, Arrays.copyOfRange(elements, 2, headerLength(elements))).intValue();
        }
        return Arrays.copyOf(elements, headerLength(elements) + length);
    }

    private static int headerLength(byte[] element) {
        int length = element[1] & 0xff;
        return length < 0x80 ? 2 : 2 + (length & 0x7f);
    }
}
