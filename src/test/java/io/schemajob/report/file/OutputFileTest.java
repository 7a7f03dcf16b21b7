package io.schemajob.report.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.report.result.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, what is left alone, and what only looks like a file. */
class OutputFileTest {
    @TempDir
    Path folder;

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    @Test
    void regularFilesAreWrittenAlsoThroughLinks() throws IOException {
        Path data = Files.createDirectory(folder.resolve("..data"));
        Path real = Files.writeString(data.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("..data/file"));
        Path twice = Files.createSymbolicLink(folder.resolve("twice"), link);
        OutputFile.of(twice).write("new".getBytes(UTF_8));
        assertThat(real).hasContent("new");
        OutputFile.of(twice)
                .replace(
                        "replaced".getBytes(UTF_8),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        assertThat(real).hasContent("replaced");
        assertThat(Files.isSymbolicLink(link) && Files.isSymbolicLink(twice)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-------");
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(real);
        }
    }

    @Test
    void linkToNothingMakesTheFileItNames() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("later"));
        OutputFile.of(link).replace("x".getBytes(UTF_8));
        assertThat(folder.resolve("later")).hasContent("x");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void whatIsNoFileIsLeftAlone() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), pipe());
        assertThat(OutputFile.of(link).refusal()).isEqualTo("is a named pipe");
        assertThat(OutputFile.of(folder).refusal()).isEqualTo("is a folder");
        assertThat(OutputFile.of(Path.of("/dev/full")).refusal()).isEqualTo("is a device");
        assertThat(OutputFile.of(Path.of("/dev/fd/987")).refusal()).isEqualTo("is no open stream");
        assertThatThrownBy(() -> OutputFile.of(link).replace(new byte[1])).isInstanceOf(IOException.class);
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void streamsAreKnownByAnyOfTheirNames() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/stdout"));
        for (String name : new String[] {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", link.toString()}) {
            OutputFile file = OutputFile.of(Path.of(name));
            assertThat(file.isStandardOutput()).as(name).isTrue();
            assertThat(file.refusal()).as(name).isNull();
            assertThat(file.draft().toString())
                    .as(name)
                    .doesNotStartWith("/dev")
                    .doesNotStartWith("/proc");
        }
        assertThat(OutputFile.of(Path.of("/dev/stderr")).isStandardOutput()).isFalse();
        assertThat(OutputFile.of(Path.of("/dev/stderr")).refusal()).isNull();
    }

    @Test
    void nothingIsKeptWhereNothingIsKept() throws IOException {
        OutputFile nowhere = OutputFile.of(Path.of("/dev/null"));
        nowhere.replace(new byte[1]);
        assertThat(nowhere.refusal()).isNull();
        assertThat(nowhere.keeps()).isFalse();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    /** Whatever this process has open for reading only, such as its libraries, has such a name too. */
    @Test
    void streamThatIsOpenForReadingOnlyIsNotWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("library"), "as it was");
        try (var in = Files.newInputStream(file);
                var open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path fd : open) {
                if (Files.exists(fd) && Files.isSameFile(fd, file)) {
                    assertThatThrownBy(() -> OutputFile.of(fd).write(new byte[1]))
                            .hasMessageContaining("not open for writing");
                }
            }
            assertThat(in.read()).isPositive();
        }
        assertThat(file).hasContent("as it was");
    }

    @Test
    void termination() throws IOException, InterruptedException {
        Path pipe = pipe();
        assertThat(TerminationMessage.write(pipe, false, "{}")).isNull();
        assertThat(TerminationMessage.write(pipe, true, "{}")).contains("was not written", "is a named pipe");
        assertThat(TerminationMessage.write(Path.of("/dev/null"), true, "{}")).isNull();
    }

    @Test
    void inputIsBoundedInSizeAndTime() throws IOException {
        assertThatThrownBy(() -> InputFile.read(Path.of("/dev/zero"), 1000)).hasMessageContaining("1000 bytes");
        assertThat(InputFile.read(Files.writeString(folder.resolve("f"), "x"), 1))
                .containsExactly('x');
        assertThatThrownBy(() -> InputFile.read(folder, 1)).isInstanceOf(IOException.class);
    }
}
