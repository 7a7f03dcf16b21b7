package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of commands in the documentation, as a reader copies it. Its fence says how it is kept true: {@code cluster}
 * when it needs a Kubernetes cluster, {@code test=CLASS#NAME} when that test class runs it.
 *
 * @param fence the words after {@code bash}, or empty
 */
public record DocBlock(Path document, String fence, String text) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```bash ?([^\\n]*)\\n(.*?)^```$");

    /** All blocks of a document, in order. */
    public static List<DocBlock> of(Path document) {
        try {
            Matcher matcher = BLOCK.matcher(Files.readString(document));
            return matcher.results()
                    .map(found -> new DocBlock(document, found.group(1), found.group(2)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All blocks of the pages below {@code docs} and {@code examples}, and of these before them. */
    public static List<DocBlock> all(String... first) {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> examples = Files.walk(Path.of("examples"))) {
            return Stream.concat(
                            Stream.of(first).map(Path::of),
                            Stream.concat(docs, examples)
                                    .filter(file -> file.toString().endsWith(".md"))
                                    .sorted())
                    .flatMap(file -> of(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one block of a document that a test names. */
    public static String text(String document, Class<?> test, String name) {
        String fence = "test=" + test.getSimpleName() + "#" + name;
        List<DocBlock> found = of(Path.of(document)).stream()
                .filter(block -> block.fence().equals(fence))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(document + " has " + found.size() + " blocks marked " + fence);
        }
        return found.get(0).text();
    }
}
