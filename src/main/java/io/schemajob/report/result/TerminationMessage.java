package io.schemajob.report.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.report.file.OutputFile;
import io.schemajob.report.log.Redactor;
import io.schemajob.report.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one JSON line that {@code kubectl describe pod} shows. Kubernetes cuts it at 4096 bytes, which would leave broken
 * JSON, so long texts are shortened here.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/">Kubernetes:
 *     Determine the Reason for Pod Failure</a>
 */
public final class TerminationMessage {
    public static final int MAX_BYTES = 4096;

    private TerminationMessage() {}

    /** The line, at most {@link #MAX_BYTES} bytes of UTF-8. */
    public static String render(Outcome outcome, Redactor redactor) {
        // Before anything is shortened: half a secret would not be recognised any more.
        ObjectNode node = redactor.redact(outcome.summary());
        for (int length = 2000; ; length /= 2) {
            String line = Printable.json(node.toString());
            if (line.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES || length == 0) {
                return line;
            }
            shorten(node, "error", length);
            shorten(node, "hint", length / 2);
            shorten(node, "bundle", Math.max(length / 4, 60));
        }
    }

    private static void shorten(ObjectNode node, String field, int length) {
        String text = node.path(field).textValue();
        if (text != null && text.length() > length) {
            int end = length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
            node.put(field, text.substring(0, end) + "…");
        }
    }

    /**
     * Writes the line if somebody will read it: Kubernetes creates the default file, so its absence means there is no
     * Kubernetes; a file that was asked for is created.
     *
     * @return why it could not be written, or null
     */
    public static String write(Path file, boolean askedFor, String line) {
        OutputFile target = OutputFile.of(file);
        if (!askedFor && (!Files.isWritable(file) || target.refusal() != null)) {
            return null;
        }
        if (target.refusal() != null) {
            return "The termination message was not written: %s %s.".formatted(file, target.refusal());
        }
        try {
            // Not writeString: it refuses half a surrogate pair, which a cut text may end with.
            target.write(line.getBytes(StandardCharsets.UTF_8));
            return null;
        } catch (IOException e) {
            return "The termination message could not be written to %s (%s)."
                    .formatted(file, e.getClass().getSimpleName());
        }
    }
}
