package io.schemajob.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
        assertThat(own.redact(text))
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
            assertThat(own.redact(word + form + word)).doesNotContain(form).contains(Redactor.MASK);
        }
    }

    @Property
    void textWithoutSecretsIsLeftAlone(@ForAll("words") String text) {
        redactor.protect("canary-7f3a");
        assertThat(redactor.redact(text)).isEqualTo(text);
    }

    @Test
    void aSecretThatContainsAnotherIsMaskedWhole() {
        redactor.protect("abc");
        redactor.protect("abcdef");
        assertThat(redactor.redact("abcdef abc")).isEqualTo("*** ***");
    }

    @Test
    void nothingAndWhatIsTooShortIsIgnored() {
        redactor.protect(null);
        redactor.protect("");
        redactor.protect("ab");
        assertThat(redactor.redact("ab")).isEqualTo("ab");
        assertThat(redactor.redact((String) null)).isNull();
    }

    /** Words of JSON's own grammar may be somebody's password. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "143", "\":\"", "status", "},{", "\\u00", "a\tb", "q\"uote"})
    void jsonStaysJsonWhateverThePassword(String password) throws Exception {
        redactor.protect(password);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("status", "with " + password + " inside");
        node.put("exitCode", 143);
        node.putNull("hint");
        node.put("verified", true);
        node.putArray("list").add(password).addObject().put("deep", password);
        ObjectNode clean = (ObjectNode) JSON.readTree(redactor.redact(node).toString());
        assertThat(clean.path("status").asText()).isEqualTo("with *** inside");
        assertThat(clean.path("exitCode").asInt()).isEqualTo(143);
        assertThat(clean.path("hint").isNull()).isTrue();
        assertThat(clean.path("verified").asBoolean()).isTrue();
        assertThat(clean.path("list").get(0).asText()).isEqualTo("***");
        assertThat(clean.path("list").get(1).path("deep").asText()).isEqualTo("***");
        assertThat(node.path("list").get(0).asText()).as("the original").isEqualTo(password);
    }

    /** No asterisks: the mask itself consists of them. */
    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withChars("abc@:/?#%&+ '\"\\\n\t=,;")
                .withChars('\u00e4', '\u20ac', '\u6f22')
                .ofMinLength(3)
                .ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars("abc@:/?#%&+ '\"\\\n=").ofMaxLength(10);
    }
}
