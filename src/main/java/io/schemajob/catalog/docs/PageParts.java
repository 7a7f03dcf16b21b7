package io.schemajob.catalog.docs;

import io.schemajob.bundle.source.EmbeddedFile;
import io.schemajob.report.text.Printable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Style and scripts of the page. They are part of it, so that it is one file, and its policy admits them by their hashes
 * and nothing else.
 */
final class PageParts {
    private static final String ROOT = "/docs/";
    private static final List<String> SCRIPTS =
            List.of("schema.js", "drawing.js", "camera.js", "diagram.js", "search.js", "page.js");
    /** In its WebJar. */
    private static final String DAGRE = "/META-INF/resources/webjars/dagre/0.8.4/";

    private PageParts() {}

    static String style() {
        return text(ROOT + "page.css");
    }

    /** dagre, which lays the diagram out, with its licence. */
    static String library() {
        return "/*! dagre\n" + text(DAGRE + "LICENSE") + "*/\n" + text(DAGRE + "dist/dagre.min.js");
    }

    static String script() {
        return SCRIPTS.stream()
                .map(name -> text(ROOT + name))
                .collect(Collectors.joining("\n", "\"use strict\";\n(() => {\n", "})();\n"));
    }

    static String policy(String style, String library, String script) {
        return "default-src 'none'; style-src %s; script-src %s %s; base-uri 'none'; form-action 'none'"
                .formatted(hash(style), hash(library), hash(script));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As it is printed: a control character in a string of the library is escaped, which means the same there. */
    private static String text(String path) {
        return Printable.document(new String(EmbeddedFile.read(path), StandardCharsets.UTF_8));
    }
}
