package io.schemajob.report.log;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.schemajob.report.text.Printable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** In which forms a secret can stand in a text: as it is, and as URLs, JSON, SQL, shells and base64 write it. */
final class SecretForms {
    private static final Pattern WORDS = Pattern.compile("\\p{L}+([-_. ]\\p{L}+)*+");
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+([-_.][0-9]+)*+");
    private static final int SHORTEST = 3;
    private static final int SHORT = 5;
    private static final int LONGEST_WORD = 16;
    private static final int LONGEST_NUMBER = 14;

    private SecretForms() {}

    /**
     * Whether the secret may be a word or number of an ordinary sentence. To mask it there would garble the sentence,
     * and tell the secret to whoever knows the sentence.
     */
    static boolean isWord(String secret) {
        return secret.length() < SHORTEST
                || secret.length() < SHORT && secret.codePoints().allMatch(Character::isLetterOrDigit)
                || secret.length() <= LONGEST_WORD && WORDS.matcher(secret).matches()
                || secret.length() <= LONGEST_NUMBER && NUMBERS.matcher(secret).matches();
    }

    /** Every form, the secret itself among them. */
    static Set<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String percent = url.replace("+", "%20");
        String json = new String(JsonStringEncoder.getInstance().quoteAsString(secret));
        forms.add(secret);
        forms.add(url);
        forms.add(percent);
        forms.add(lowerEscapes(url));
        forms.add(lowerEscapes(percent));
        forms.add(json);
        // As Go writes JSON, Vault's language.
        forms.add(json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"));
        forms.add(secret.replace("'", "''"));
        forms.add(secret.replace("'", "'\\''"));
        forms.add(secret.replace("\\", "\\\\").replace("'", "\\'"));
        forms.add(secret.replace("\"", "\"\""));
        forms.add(secret.replace("\\", "\\\\"));
        // Excerpts and tables put a text on one line.
        forms.add(secret.replaceAll("\\s+", " "));
        forms.add(Printable.line(secret));
        addBase64(forms, secret.getBytes(StandardCharsets.UTF_8));
        return forms;
    }

    /** By itself, and in the midst of other bytes, as in a header {@code Authorization: Basic}. */
    private static void addBase64(Set<String> forms, byte[] secret) {
        for (Base64.Encoder encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
            forms.add(encoder.encodeToString(secret));
            forms.add(encoder.withoutPadding().encodeToString(secret));
            for (int before = 0; before < 3 && secret.length >= LONGEST_WORD / 2; before++) {
                byte[] bytes = new byte[before + secret.length];
                System.arraycopy(secret, 0, bytes, before, secret.length);
                String text = encoder.withoutPadding().encodeToString(bytes);
                forms.add(text.substring((before * 8 + 5) / 6, bytes.length * 8 / 6));
            }
        }
    }

    private static String lowerEscapes(String url) {
        return Pattern.compile("%[0-9A-F]{2}").matcher(url).replaceAll(escape -> escape.group()
                .toLowerCase(Locale.ROOT));
    }
}
