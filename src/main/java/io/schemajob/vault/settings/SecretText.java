package io.schemajob.vault.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.file.InputFile;
import io.schemajob.report.log.Redactor;
import io.schemajob.report.text.Blanks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a token or secret ID that was handed to us, and recognises what people take for one. */
public final class SecretText {
    /** Bytes; tokens of identity providers with many groups have some tens of thousands. */
    private static final int LONGEST = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private SecretText() {}

    /** The text of a file that holds nothing else; blanks and line breaks around it do not count. */
    public static String read(Path file, String setting, Redactor redactor) {
        try {
            byte[] content = InputFile.read(file, LONGEST);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()
                    .strip();
            redactor.protect(text);
            if (text.isEmpty()) {
                throw unusable(setting, file, "is empty").asException();
            }
            mistake(text).ifPresent(mistake -> {
                throw Failure.of(ExitStatus.CONFIG, setting + ": the file " + file + " holds " + mistake.what() + ".")
                        .hint(mistake.hint())
                        .asException();
            });
            return text;
        } catch (CharacterCodingException e) {
            throw unusable(setting, file, "is not text").asException(e);
        } catch (IOException e) {
            throw unusable(setting, file, "cannot be read").asException(e);
        }
    }

    private static Failure unusable(String setting, Path file, String why) {
        return Failure.of(ExitStatus.CONFIG, setting + ": the file " + file + " " + why + ".")
                .hint("Mount it into the pod (serviceAccountToken projection or Secret), or correct " + setting + ".");
    }

    /**
     * What somebody took for a secret.
     *
     * @param what behind "holds"
     * @param hint what to do
     */
    record Mistake(String what, String hint) {}

    /** What is wrong with a secret, judged by its looks; nothing of it is repeated. */
    static Optional<Mistake> mistake(String text) {
        if (text.startsWith("{")) {
            return Optional.of(json(text));
        }
        if (text.lines().count() > 1) {
            return Optional.of(new Mistake(
                    "several lines", "Write the bare value alone: `vault write -field=NAME …` prints nothing else."));
        }
        return Blanks.first(text)
                .map(character -> new Mistake(character, "Write the value again without it; nobody can see it."));
    }

    private static Mistake json(String text) {
        if (object(text).path("wrap_info").isObject()) {
            return new Mistake(
                    "a wrapped answer of Vault (wrap_info), not the secret itself",
                    "Unwrap it once and store what is in it: vault unwrap -field=NAME WRAPPING_TOKEN");
        }
        return new Mistake(
                "JSON, not the bare value", "Store the value alone: `vault write -field=NAME …` prints nothing else.");
    }

    private static JsonNode object(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** Whether it may be a token of Vault or OpenBao, such as one that wraps an answer. */
    public static boolean looksLikeToken(String text) {
        return text.matches("(hvs|hvb|hvr|sbr|s|b|r)\\..+");
    }
}
