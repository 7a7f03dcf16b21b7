package io.schemajob.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.postgresql.shaded.com.ongres.scram.common.ScramFunctions;
import org.postgresql.shaded.com.ongres.scram.common.ScramMechanism;
import org.postgresql.shaded.com.ongres.scram.common.StringPreparation;

/**
 * What PostgreSQL keeps of a password (RFC 5803), with one iteration in place of 4,096: tests connect ten thousands of times,
 * and in a JVM without its best compiler, the hashes were two thirds of each connection. Servers since 16 have
 * {@code scram_iterations} for it; older ones take a verifier that was made elsewhere just so.
 */
final class ScramVerifier {
    private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;
    private static final byte[] SALT = "only for tests".getBytes(StandardCharsets.US_ASCII);

    private ScramVerifier() {}

    /** The password itself where SASLprep might change it, which is the server's business. */
    static String of(String password) {
        if (!password.matches("[ -~]+")) {
            return password;
        }
        byte[] salted = ScramFunctions.saltedPassword(
                SHA_256, StringPreparation.NO_PREPARATION, password.toCharArray(), SALT, 1);
        byte[] storedKey = ScramFunctions.storedKey(SHA_256, ScramFunctions.clientKey(SHA_256, salted));
        byte[] serverKey = ScramFunctions.serverKey(SHA_256, salted);
        return "SCRAM-SHA-256$1:%s$%s:%s".formatted(text(SALT), text(storedKey), text(serverKey));
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
