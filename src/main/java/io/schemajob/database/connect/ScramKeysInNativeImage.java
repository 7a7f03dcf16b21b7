package io.schemajob.database.connect;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;

/**
 * Takes the place of the driver's own in the native executable (docs/decisions/0049): the driver has no hook for it, and a
 * security provider has to be there when the executable is built. A build with a driver that has no such method fails. On
 * the JVM, whose compiler has instructions for SHA-256, the driver's stays.
 */
@TargetClass(className = ScramKeys.DRIVERS)
final class ScramKeysInNativeImage {
    @Substitute
    static byte[] hi(SecretKeyFactory factory, int bits, char[] password, byte[] salt, int iterations)
            throws GeneralSecurityException {
        return ScramKeys.derive(factory, bits, password, salt, iterations);
    }
}
