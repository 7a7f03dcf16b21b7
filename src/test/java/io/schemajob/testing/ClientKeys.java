package io.schemajob.testing;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The private key of a certificate in the forms that people have it in. */
public final class ClientKeys {
    private ClientKeys() {}

    /**
     * The forms, by names of files.
     *
     * @param password of the encrypted one
     */
    public static Map<String, byte[]> forms(TestCa.Certificate certificate, String password) throws Exception {
        String text = Files.readString(certificate.privateKey());
        byte[] pkcs8 = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        // The traditional form is what PKCS 8 has as its last element: an octet string of the rest of the file.
        int start = 0;
        while (!(pkcs8[start] == 0x04 && (pkcs8[start + 1] & 0xff) == pkcs8.length - start - 2)) {
            start++;
        }
        byte[] sec1 = Arrays.copyOfRange(pkcs8, start + 2, pkcs8.length);
        return Map.of(
                "pkcs8.pem", text.getBytes(),
                "pkcs8.der", pkcs8,
                "sec1.pem", pem("EC PRIVATE KEY", sec1).getBytes(),
                "encrypted.pem",
                        pem("ENCRYPTED PRIVATE KEY", encrypted(pkcs8, password)).getBytes());
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
    }

    private static byte[] encrypted(byte[] pkcs8, String password) throws Exception {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray()));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.ENCRYPT_MODE, key);
        byte[] pbes2 = {0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x05, 0x0d};
        byte[] scheme = der(0x30, pbes2, cipher.getParameters().getEncoded());
        return der(0x30, scheme, der(0x04, cipher.doFinal(pkcs8)));
    }

    /** An element of ASN.1; the lengths here need one byte or two. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.size() >= 0x80) {
            element.write(content.size() < 0x100 ? 0x81 : 0x82);
        }
        if (content.size() >= 0x100) {
            element.write(content.size() >> 8);
        }
        element.write(content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
