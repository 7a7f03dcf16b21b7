package io.schemajob.report.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.report.text.Untrusted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Redactor redactor = new Redactor();

    @Property
    void noRegisteredSecretSurvives(
            @ForAll @Size(max = 5) List<@From("secrets") String> secrets,
            @ForAll @Size(max = 9) List<@From("words") String> words) {
        Redactor own = new Redactor();
        secrets.forEach(own::protect);
        String text = String.join("", words) + String.join("", secrets) + String.join("", words);
        assertThat(own.redactUntrusted(text))
                .satisfies(clean -> secrets.forEach(secret -> assertThat(clean).doesNotContain(secret)));
    }

    @Property
    void noFormOfASecretSurvives(@ForAll("secrets") String secret, @ForAll("words") String word) throws Exception {
        Redactor own = new Redactor();
        own.protect(secret);
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String json = JSON.writeValueAsString(secret);
        List<String> forms = List.of(
                secret,
                url,
                url.replace("+", "%20"),
                json.substring(1, json.length() - 1),
                secret.replace("'", "''"),
                secret.replace("'", "'\\''"));
        for (String form : forms) {
            assertThat(own.redactUntrusted(" " + word + "," + form + "," + word))
                    .doesNotContain(form)
                    .contains(Redactor.MASK);
        }
    }

    @Property
    void textWithoutSecretsIsLeftAlone(@ForAll("words") String text) {
        redactor.protect("canary-7f3a");
        assertThat(redactor.redact(text)).isEqualTo(text);
    }

    @Test
    void aSecretThatContainsAnotherIsMaskedWhole() {
        redactor.protect("abc-1");
        redactor.protect("abc-1-def");
        assertThat(redactor.redact("abc-1-def abc-1")).isEqualTo("*** ***");
    }

    @Test
    void thePasswordInAUrlIsMaskedThoughNobodyRegisteredIt() {
        assertThat(redactor.redact("Unknown option: 'postgres://u:Sdu1@h/d', 'https://h:8080/a@b'"))
                .isEqualTo("Unknown option: 'postgres://u:***@h/d', 'https://h:8080/a@b'");
    }

    @Test
    void nothingIsNoSecret() {
        redactor.protect(null);
        redactor.protect("");
        redactor.protect(" \n");
        assertThat(redactor.redact("a b\n")).isEqualTo("a b\n");
        assertThat(redactor.redact((String) null)).isNull();
    }

    /** A password that is a word of ours neither garbles our sentences nor shows in what others say. */
    @ParameterizedTest
    @ValueSource(strings = {"app", "success", "a", "1", "001", "Migration", "agent-executor", "null", "x y", "é"})
    void aSecretThatIsAWordIsMaskedInTheWordsOfOthersAlone(String secret) {
        redactor.protect(secret);
        String ours = "Migration 001 applied: agent-executor, a success, null, 1 x y é";
        String theirs = Untrusted.text("password=" + secret + ", '" + secret + "'@host, x" + secret + "x");
        assertThat(redactor.redact(ours)).isEqualTo(ours);
        assertThat(redactor.redact(ours + ": " + theirs + " " + ours))
                .isEqualTo(ours + ": password=***, '***'@host, x" + secret + "x " + ours);
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("status", secret).put("error", theirs);
        assertThat(redactor.redact(node).path("status").asText()).isEqualTo(secret);
        assertThat(redactor.redact(node).path("error").asText()).startsWith("password=***, '***'@host");
    }

    @Test
    void theMarksOfOthersWordsAreNeverShown() {
        assertThat(redactor.redact("a" + Untrusted.text("b\ufdd1\ufdd0c") + "d\ufdd1"))
                .isEqualTo("abcd");
        assertThat(redactor.redact(Untrusted.text("cut").substring(0, 3))).isEqualTo("cu");
    }

    /** Base64 in the midst of other bytes begins at any of three places. */
    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "user:", "postgres:"})
    void base64IsMasked(String before) {
        redactor.protect("canary-7f3a/x");
        byte[] bytes = (before + "canary-7f3a/x\n").getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder :
                List.of(Base64.getEncoder(), Base64.getUrlEncoder().withoutPadding())) {
            String encoded = encoder.encodeToString(bytes);
            assertThat(redactor.redact("Basic " + encoded)).contains("***").doesNotContain(encoded.substring(8, 14));
        }
    }

    /** Files end with a line break, excerpts put a text on one line, and what is long is cut. */
    @Test
    void whatBecomesOfASecretOnItsWayIsMaskedToo() {
        redactor.protect("two lines-7\n of it 9&\n");
        assertThat(redactor.redact("(two lines-7\n of it 9&)")).isEqualTo("(***)");
        assertThat(redactor.redact("two lines-7 of it 9&")).isEqualTo("***");
        assertThat(redactor.redact("two lines-7\\n of it 9\\u0026")).isEqualTo("***");
        assertThat(redactor.redact("two+lines-7%0a+of+it+9%26")).isEqualTo("***");
        assertThat(redactor.redact("PASSWORD 'two line…, two…")).isEqualTo("PASSWORD '***…, two…");
    }

    /** Words of JSON's own grammar may be somebody's password. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "143", "\":\"", "status", "},{", "\\u00", "a\tb", "q\"uote"})
    void jsonStaysJsonWhateverThePassword(String password) throws Exception {
        redactor.protect(password);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("status", Untrusted.text("with " + password + " inside"));
        node.put("exitCode", 143);
        node.putNull("hint");
        node.put("verified", true);
        node.putArray("list").add(Untrusted.text(password)).addObject().put("deep", Untrusted.text(password));
        ObjectNode clean = (ObjectNode) JSON.readTree(redactor.redact(node).toString());
        assertThat(clean.path("status").asText()).isEqualTo("with *** inside");
        assertThat(clean.path("exitCode").asInt()).isEqualTo(143);
        assertThat(clean.path("hint").isNull()).isTrue();
        assertThat(clean.path("verified").asBoolean()).isTrue();
        assertThat(clean.path("list").get(0).asText()).isEqualTo("***");
        assertThat(clean.path("list").get(1).path("deep").asText()).isEqualTo("***");
        assertThat(node.path("list").get(0).asText()).as("the original").isEqualTo(Untrusted.text(password));
    }

    /** No asterisks: the mask itself consists of them. */
    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withChars("abc@:/?#%&+ '\"\\\n\t=,;")
                .withChars('\u00e4', '\u20ac', '\u6f22')
                .ofMinLength(3)
                .ofMaxLength(12)
                .filter(secret -> !secret.isBlank() && !SecretForms.isWord(secret));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars("abc@:/?#%&+ '\"\\\n=").ofMaxLength(10);
    }
}
