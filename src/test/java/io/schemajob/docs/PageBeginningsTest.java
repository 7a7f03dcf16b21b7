package io.schemajob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every page says first for whom it is, and the index leads to every page. */
class PageBeginningsTest {
    @Test
    void everyPageSaysForWhomItIs() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readString(page)).as(page.toString()).containsPattern("\\A# [^\n]+\n\nFor [a-z]");
        }
    }

    @Test
    void theIndexLeadsToEveryPage() throws IOException {
        String index = Files.readString(Path.of("docs/README.md"));
        for (Path page : pages()) {
            if (!page.endsWith("README.md")) {
                assertThat(index).contains("(" + page.getFileName() + ")");
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            List<Path> pages = files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            assertThat(pages).hasSizeGreaterThan(15);
            return pages;
        }
    }
}
