package io.schemajob.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What PostgreSQL keeps of a password (RFC 5803), with one iteration in place of 4,096: tests connect ten thousands of times,
 * and in a JVM without its best compiler, the hashes were two thirds of each connection. Servers since 16 have
 * {@code scram_iterations} for it; older ones take a verifier that was made elsewhere just so.
 */
final class ScramVerifier {
    private static final byte[] SALT = ascii("only for tests");

    private ScramVerifier() {}

    /** The password itself where SASLprep might change it, which is the server's business. */
    static String of(String password) {
        if (!password.matches("[ -~]+")) {
            return password;
        }
        byte[] salted = hmac(ascii(password), SALT, new byte[] {0, 0, 0, 1});
        return "SCRAM-SHA-256$1:%s$%s:%s"
                .formatted(
                        text(SALT),
                        text(sha256(hmac(salted, ascii("Client Key")))),
                        text(hmac(salted, ascii("Server Key"))));
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
