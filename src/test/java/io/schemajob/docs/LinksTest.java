package io.schemajob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link leads to a file and, with an anchor, to a heading in it: in the pages, and where code names a page. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HTML_LINK = Pattern.compile("(?:href|src)=\"([^\"#]*)(?:#([^\"]+))?\"");
    private static final Pattern NAMED_PAGE = Pattern.compile("\\b(docs/[\\w/-]+\\.md)(?:#([\\w-]+))?");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.+?)(?: #+)?");

    @Test
    void linksOfThePagesLeadSomewhere() throws IOException {
        List<Path> pages = pages();
        assertThat(pages).hasSizeGreaterThan(40).contains(Path.of("README.md"), Path.of("kubernetes/README.md"));
        List<String> broken = new ArrayList<>();
        for (Path page : pages) {
            String text = withoutCode(Files.readString(page));
            Stream.of(LINK, HTML_LINK)
                    .flatMap(pattern -> pattern.matcher(text).results())
                    .filter(link -> !link.group(1).contains("://"))
                    .filter(link -> !leads(page, link))
                    .forEach(link -> broken.add(page + ": " + link.group()));
        }
        assertThat(broken).isEmpty();
    }

    /** Messages, comments and templates name pages from the root of the repository. */
    @Test
    void pagesThatCodeNamesAreThere() throws IOException {
        List<String> broken = new ArrayList<>();
        int named = 0;
        for (Path file : sources()) {
            for (MatchResult page :
                    NAMED_PAGE.matcher(Files.readString(file)).results().toList()) {
                named++;
                if (!leads(Path.of("README.md"), page)) {
                    broken.add(file + ": " + page.group());
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(named).isGreaterThan(10);
    }

    @Test
    void anchorsAreThoseOfGitHub() {
        assertThat(
                        anchors(
                                "# A page\n## 2. Vault\n```bash\n# no heading\n```\n## bundle.yaml\n## up, down `-a`\n## 2. Vault\n"))
                .containsExactlyInAnyOrder("a-page", "2-vault", "bundleyaml", "up-down--a", "2-vault-1");
    }

    private static boolean leads(Path from, MatchResult link) {
        Path folder = from.toAbsolutePath().getParent();
        Path target =
                link.group(1).isEmpty() ? from : folder.resolve(link.group(1)).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return link.group(2) == null || anchors(read(target)).contains(link.group(2));
    }

    /** As GitHub makes them: lower case, letters, digits, hyphens; the second of a name ends in {@code -1}. */
    private static Set<String> anchors(String page) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        withoutCode(page)
                .lines()
                .map(HEADING::matcher)
                .filter(heading -> heading.matches())
                .forEach(heading -> {
                    String anchor = heading.group(1)
                            .replaceAll("]\\([^)]*\\)", "")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-');
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    anchors.add(before == 0 ? anchor : anchor + "-" + before);
                });
        return anchors;
    }

    private static String withoutCode(String page) {
        return page.replaceAll("(?ms)^ *```.*?^ *```$", "");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(files(Path.of("."), 1, ".md"));
        for (String folder : List.of("docs", "examples", "bench", "kubernetes", "helm", "vault")) {
            pages.addAll(files(Path.of(folder), Integer.MAX_VALUE, ".md"));
        }
        return pages;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>(List.of(Path.of("pom.xml"), Path.of(".ci/run")));
        for (String folder : List.of("src/main", "src/kubernetes", "helm", "kubernetes", "vault", "bench/harness")) {
            sources.addAll(files(
                    Path.of(folder),
                    Integer.MAX_VALUE,
                    ".java",
                    ".yaml",
                    ".yml",
                    ".tpl",
                    ".txt",
                    ".sh",
                    ".py",
                    ".sql"));
        }
        return sources;
    }

    private static List<Path> files(Path folder, int depth, String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .filter(Files::isRegularFile)
                    .map(Path::normalize)
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.isDirectory(file) ? "" : Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
