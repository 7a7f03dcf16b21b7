package io.schemajob.database.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ScramKeysTest {
    @Property(tries = 500)
    void theKeyIsThatOfTheJdk(
            @ForAll @StringLength(min = 1, max = 150) String password,
            @ForAll @Size(min = 1, max = 64) byte[] salt,
            @ForAll @IntRange(min = 1, max = 40) int iterations)
            throws GeneralSecurityException {
        SecretKeyFactory factory = SecretKeyFactory.getInstance(ScramKeys.ALGORITHM);
        byte[] expected = factory.generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
                .getEncoded();
        for (int time = 0; time < 2; time++) {
            assertThat(ScramKeys.derive(factory, 256, password.toCharArray(), salt, iterations))
                    .isEqualTo(expected);
        }
    }

    /** What is kept is told apart by password, salt and iterations, and nobody changes it from outside. */
    @Test
    void onlyTheSameOfAllThreeIsTheSameKey() throws GeneralSecurityException {
        byte[] key = derive("a", "salt", 4096);
        assertThat(derive("b", "salt", 4096)).isNotEqualTo(key);
        assertThat(derive("a", "tlas", 4096)).isNotEqualTo(key);
        assertThat(derive("a", "salt", 4095)).isNotEqualTo(key);
        assertThat(derive("asalt", "", 4096)).isNotEqualTo(derive("as", "alt", 4096));
        key[0]++;
        assertThat(derive("a", "salt", 4096)).isNotEqualTo(key);
    }

    /** The example of RFC 7677, section 3. */
    @Test
    void theProofOfTheRfc() throws GeneralSecurityException {
        byte[] salted = ScramKeys.derive(
                SecretKeyFactory.getInstance(ScramKeys.ALGORITHM),
                256,
                "pencil".toCharArray(),
                Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="),
                4096);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salted, "HmacSHA256"));
        mac.init(new SecretKeySpec(mac.doFinal("Server Key".getBytes()), "HmacSHA256"));
        byte[] signature =
                mac.doFinal(("n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
                        .getBytes());
        assertThat(Base64.getEncoder().encodeToString(signature))
                .as(HexFormat.of().formatHex(signature))
                .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void anotherAlgorithmIsTheJdks() throws GeneralSecurityException {
        SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512");
        byte[] salt = {1, 2, 3};
        assertThat(ScramKeys.derive(factory, 512, "x".toCharArray(), salt, 3))
                .isEqualTo(factory.generateSecret(new PBEKeySpec("x".toCharArray(), salt, 3, 512))
                        .getEncoded());
    }

    /** The place in the driver that the native executable replaces: this says at an upgrade that it has moved. */
    @Test
    void theDriverHasThisMethod() throws ReflectiveOperationException {
        assertThat(Class.forName(ScramKeys.DRIVERS)
                        .getDeclaredMethod(
                                "hi", SecretKeyFactory.class, int.class, char[].class, byte[].class, int.class)
                        .getReturnType())
                .isEqualTo(byte[].class);
    }

    private static byte[] derive(String password, String salt, int iterations) throws GeneralSecurityException {
        // An empty salt is none to the JDK, and PostgreSQL's has sixteen bytes.
        return ScramKeys.derive(
                SecretKeyFactory.getInstance(ScramKeys.ALGORITHM),
                256,
                password.toCharArray(),
                ("0123456789abcdef" + salt).getBytes(),
                iterations);
    }
}
