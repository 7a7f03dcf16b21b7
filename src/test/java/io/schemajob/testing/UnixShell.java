package io.schemajob.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shells of the images that our scripts run in, each with the small programs that come with it. */
public enum UnixShell {
    /** {@code sh} of the machine with GNU's programs, as in Debian's images, where it is dash. */
    DEBIAN {
        @Override
        List<String> program() {
            return List.of("/bin/sh");
        }

        @Override
        String tools() {
            return "/usr/bin:/bin";
        }
    },
    /** Busybox alone, as in Alpine's images. */
    BUSYBOX {
        @Override
        List<String> program() {
            return List.of(busybox().toString(), "sh");
        }

        @Override
        String tools() {
            Path links = TemporaryFolders.create("busybox");
            Program.Result made = Program.of(busybox().toString(), "--install", "-s", links.toString())
                    .run();
            if (made.exitCode() != 0) {
                throw new IllegalStateException(made.text());
            }
            return links.toString();
        }
    };

    abstract List<String> program();

    /** The folders of a {@code PATH}. */
    abstract String tools();

    /** A script in this shell, with nothing in its environment but the way to its programs and those of {@code first}. */
    public Program script(Path first, Path script, String... arguments) {
        List<String> line = new ArrayList<>(program());
        line.add(script.toAbsolutePath().toString());
        line.addAll(List.of(arguments));
        return Program.of(line).env("PATH", first + ":" + tools());
    }

    private static Path busybox() {
        return Parts.program("busybox", "apt-get install busybox");
    }
}
