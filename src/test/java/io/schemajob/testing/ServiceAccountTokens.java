package io.schemajob.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Signs what the kubelet would project into a pod: service account tokens, RS256 or ES256, with an audience and a short
 * life.
 */
public final class ServiceAccountTokens {
    /** What the tokens name as their issuer. */
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String algorithm;
    private final KeyPair keys;

    private ServiceAccountTokens(String algorithm, KeyPair keys) {
        this.algorithm = algorithm;
        this.keys = keys;
    }

    /** With a new key of 2048 bits. */
    public static ServiceAccountTokens rs256() {
        return generate("RS256", "RSA", 2048);
    }

    /** With a new key on P-256. */
    public static ServiceAccountTokens es256() {
        return generate("ES256", "EC", 256);
    }

    /** @param validity from now; negative for a token that has expired */
    public String sign(String namespace, String account, String audience, Duration validity) {
        Instant now = Instant.now();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", "system:serviceaccount:" + namespace + ":" + account);
        claims.put("aud", List.of(audience));
        claims.put("iat", now.minusSeconds(3600).getEpochSecond());
        claims.put("nbf", now.minusSeconds(3600).getEpochSecond());
        claims.put("exp", now.plus(validity).getEpochSecond());
        Map<String, String> owner = Map.of("name", account, "uid", uid(namespace, account));
        claims.put("kubernetes.io", Map.of("namespace", namespace, "serviceaccount", owner));
        String signed = part(Map.of("alg", algorithm, "typ", "JWT")) + "." + part(claims);
        return signed + "." + encode(signature(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    /** In PEM, for OpenBao's JWT method. */
    public String publicKeyPem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    PublicKey publicKey() {
        return keys.getPublic();
    }

    /** The JCA name of the algorithm that signs and verifies. */
    String signatureAlgorithm() {
        return algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
    }

    String algorithm() {
        return algorithm;
    }

    /** Always the same for one account, as in a cluster. */
    static String uid(String namespace, String account) {
        return UUID.nameUUIDFromBytes((namespace + "/" + account).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private byte[] signature(byte[] content) {
        try {
            Signature signature = Signature.getInstance(signatureAlgorithm());
            signature.initSign(keys.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(Map<String, ?> content) {
        try {
            return encode(JSON.writeValueAsBytes(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static ServiceAccountTokens generate(String algorithm, String keyType, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
            generator.initialize(size);
            return new ServiceAccountTokens(algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
