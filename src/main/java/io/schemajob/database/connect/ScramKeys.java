package io.schemajob.database.connect;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The key that a login with SCRAM-SHA-256 makes of the password (RFC 5802, {@code Hi}), for the native executable. The JDK's own takes
 * twice as long, as it hashes the padded key again in each of the 4,096 iterations; that was a quarter of our processor
 * time in a run with nothing to do, once for each session. The same password and salt make the same key, so later
 * sessions of a process need not make it again, which RFC 5802 allows (section 5.1).
 *
 * @see ScramKeysInNativeImage where the driver gets it
 */
final class ScramKeys {
    static final String ALGORITHM = "PBKDF2WithHmacSHA256";

    /** The class of the driver that makes them. */
    static final String DRIVERS = "org.postgresql.shaded.com.ongres.scram.common.CryptoUtil";

    private static final String HASH = "SHA-256";
    private static final int KEY_BITS = 256;
    private static final int BLOCK_BYTES = 64;
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    /** A process has a few users; a server chooses the salts. */
    private static final int KEPT = 16;

    /** By a hash of what they are made of, so that no password is held for longer than elsewhere. */
    private static final Map<String, byte[]> KEYS = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > KEPT;
        }
    };

    private ScramKeys() {}

    /**
     * As the JDK's factory makes it; any other algorithm or length is left to that.
     *
     * @param bits length of the key
     */
    static byte[] derive(SecretKeyFactory factory, int bits, char[] password, byte[] salt, int iterations)
            throws GeneralSecurityException {
        if (!factory.getAlgorithm().equals(ALGORITHM) || bits != KEY_BITS) {
            PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, bits);
            byte[] key = factory.generateSecret(spec).getEncoded();
            spec.clearPassword();
            return key;
        }
        byte[] secret = utf8(password);
        String wanted = nameOf(secret, salt, iterations);
        byte[] known;
        synchronized (KEYS) {
            known = KEYS.get(wanted);
        }
        if (known == null) {
            known = iterate(secret, salt, iterations);
            synchronized (KEYS) {
                KEYS.put(wanted, known);
            }
        }
        Arrays.fill(secret, (byte) 0);
        return known.clone();
    }

    private static byte[] utf8(char[] password) {
        var bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] exact = Arrays.copyOf(bytes.array(), bytes.limit());
        Arrays.fill(bytes.array(), (byte) 0);
        return exact;
    }

    private static String nameOf(byte[] secret, byte[] salt, int iterations) throws GeneralSecurityException {
        MessageDigest hash = MessageDigest.getInstance(HASH);
        hash.update(MessageDigest.getInstance(HASH).digest(secret));
        hash.update(salt);
        return HexFormat.of().formatHex(hash.digest()) + ' ' + iterations;
    }

    /** HMAC by hand: the state of the hash after the padded key is made once and copied (RFC 2104, section 4). */
    private static byte[] iterate(byte[] secret, byte[] salt, int iterations) throws GeneralSecurityException {
        byte[] key =
                secret.length > BLOCK_BYTES ? MessageDigest.getInstance(HASH).digest(secret) : secret;
        MessageDigest inner = padded(key, INNER_PAD);
        MessageDigest outer = padded(key, OUTER_PAD);
        byte[] last = Arrays.copyOf(salt, salt.length + Integer.BYTES);
        last[last.length - 1] = 1;
        byte[] result = new byte[KEY_BITS / Byte.SIZE];
        try {
            for (int i = 0; i < iterations; i++) {
                last = ((MessageDigest) outer.clone()).digest(((MessageDigest) inner.clone()).digest(last));
                for (int at = 0; at < result.length; at++) {
                    result[at] ^= last[at];
                }
            }
        } catch (CloneNotSupportedException e) {
            throw new GeneralSecurityException(e);
        }
        return result;
    }

    private static MessageDigest padded(byte[] key, byte pad) throws GeneralSecurityException {
        byte[] block = new byte[BLOCK_BYTES];
        Arrays.fill(block, pad);
        for (int i = 0; i < key.length; i++) {
            block[i] ^= key[i];
        }
        MessageDigest hash = MessageDigest.getInstance(HASH);
        hash.update(block);
        return hash;
    }
}
