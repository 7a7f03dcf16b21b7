package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster with the "restricted" profile, and whoever has to trust the images, relies on. */
class DockerfilesTest {
    private static final Path FOLDER = Path.of("src/main/docker");

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
    void runsAsANumberedUserWithoutAShell(String name) throws IOException {
        List<String> last = lastStage(name);
        // Kubernetes cannot tell whether a named user is root.
        assertThat(last).filteredOn(line -> line.startsWith("USER ")).last().isEqualTo("USER 65532:65532");
        List<String> start = last.stream()
                .filter(line -> line.startsWith("ENTRYPOINT ") || line.startsWith("CMD ") || line.startsWith("RUN "))
                .toList();
        assertThat(start)
                .hasSizeGreaterThan(1)
                .allMatch(line -> line.matches("(ENTRYPOINT|CMD|RUN) \\[\".*\"]"))
                .noneMatch(line -> line.contains("\"sh\"") || line.contains("bash") || line.contains("\"-c\""));
        assertThat(last).contains("CMD [\"migrate\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
    void saysWhatItIs(String name) throws IOException {
        String labels = String.join("\n", lastStage(name));
        for (String label : List.of("title", "description", "licenses", "source", "version", "revision")) {
            assertThat(labels).contains("org.opencontainers.image." + label + "=");
        }
        assertThat(labels).contains("version=\"${VERSION}\"", "revision=\"${REVISION}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
    void pinsWhatItIsBuiltFrom(String name) throws IOException {
        List<String> lines = instructions(name);
        List<String> images = lines.stream()
                .filter(line -> line.matches("ARG \\w+_IMAGE=.*"))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .toList();
        assertThat(images)
                .isNotEmpty()
                .allMatch(image -> image.matches("\\S+(:\\S*\\d+\\.\\d+\\.\\d+\\S*|@sha256:\\w{64})"));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("FROM "))
                .allMatch(line -> line.matches("FROM (scratch|\\$\\{\\w+_IMAGE})( AS \\w+)?"));
        assertThat(lines).noneMatch(line -> line.startsWith("ADD "));
    }

    @Test
    void theNativeImageHasNothingButWhatItsBuildPutTogether() throws IOException {
        List<String> last = lastStage("Dockerfile.native");
        assertThat(last.get(0)).isEqualTo("FROM scratch");
        assertThat(last)
                .filteredOn(line -> line.startsWith("COPY "))
                .containsExactly("COPY --from=build /project/image/ /");
        assertThat(last).noneMatch(line -> line.startsWith("RUN "));
    }

    /** The context has what is copied and no more: neither tests nor anybody's local files. */
    @Test
    void theContextHasWhatIsCopied() throws IOException {
        List<String> context = Files.readAllLines(Path.of(".dockerignore"));
        assertThat(context).first().isEqualTo("*");
        List<String> allowed = context.stream()
                .skip(1)
                .map(line -> line.replaceFirst("^!", ""))
                .toList();
        List<String> copied = Stream.concat(
                        instructions("Dockerfile.native").stream(), instructions("Dockerfile.jvm").stream())
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                .map(line -> line.replaceFirst("COPY (--\\S+ )*", "").split(" ")[0])
                .toList();
        assertThat(copied).isNotEmpty().allMatch(path -> allowed.stream().anyMatch(path::startsWith));
        assertThat(allowed).allMatch(path -> copied.stream().anyMatch(copy -> copy.startsWith(path)));
        assertThat(allowed).noneMatch(path -> "src/test".startsWith(path));
    }

    /** The pom names the same runtime for images that jib builds. */
    @Test
    void jibBuildsOnTheSameRuntime() throws IOException {
        Matcher base =
                Pattern.compile("ARG BASE_IMAGE=(\\S+)").matcher(String.join("\n", instructions("Dockerfile.jvm")));
        assertThat(base.find()).isTrue();
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<quarkus.jib.base-jvm-image>" + base.group(1) + "</quarkus.jib.base-jvm-image>")
                .contains("<quarkus.jib.user>65532:65532</quarkus.jib.user>");
    }

    /** Nothing but SQL on top of the image of this version, which says how it runs. */
    @ParameterizedTest
    @ValueSource(strings = {"own-image", "github-actions"})
    void theExamplesAddNothingButSql(String example) throws IOException {
        Path folder = Path.of("examples", example);
        String version = Files.readString(Path.of("pom.xml"))
                .replaceFirst("(?s).*?<artifactId>schemajob</artifactId>\\s*<version>([^<]+)</version>.*", "$1");
        List<String> lines = Files.readAllLines(folder.resolve("Dockerfile"));
        assertThat(lines).first().isEqualTo("FROM ghcr.io/schemajob/schemajob:" + version);
        assertThat(lines.subList(1, lines.size())).isNotEmpty().allSatisfy(line -> {
            assertThat(line).matches("COPY [a-z]+ /bundles(/[a-z]+)?|ENV SCHEMAJOB_BUNDLE=/bundles/[a-z]+");
            if (line.startsWith("COPY ")) {
                assertThat(folder.resolve(line.split(" ")[1])).isDirectory();
            }
        });
    }

    private static List<String> lastStage(String name) throws IOException {
        List<String> lines = instructions(name);
        int from = 0;
        for (int i = 0; i < lines.size(); i++) {
            from = lines.get(i).startsWith("FROM ") ? i : from;
        }
        return lines.subList(from, lines.size());
    }

    /** One line each, without comments. */
    private static List<String> instructions(String name) throws IOException {
        String text = Files.readString(FOLDER.resolve(name))
                .replaceAll("(?m)^#.*\\n", "")
                .replaceAll("\\s*\\\\\\n\\s*", " ");
        return text.lines().filter(line -> !line.isBlank()).toList();
    }
}
