package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Builds and runs real containers (Debian packages {@code podman} and {@code runc}), without a daemon and without an image
 * registry: the base image is made from the Java of this machine.
 */
public final class Podman {
    private static final List<String> GLOBAL = List.of("podman", "--runtime=runc", "--cgroup-manager=cgroupfs");
    /** The defaults ask for more than a container that is itself limited may have. */
    private static final List<String> LIMITS =
            List.of("--network=host", "--ulimit=nofile=1024:20000", "--ulimit=nproc=4096:4096");

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private Podman() {}

    /** An image with this machine's Java and the C libraries it needs, and nothing else. */
    public static void javaBase(String name) {
        require();
        Path java = realPath(Path.of(System.getProperty("java.home")));
        Program.Result imported =
                Program.of(importLine(name, java)).env(environment()).run();
        Program.Result started = run(Map.of(), List.of("--entrypoint=java"), name, "-version");
        Assumptions.assumeTrue(
                started.exitCode() == 0, "this machine runs no containers: " + imported.text() + started.text());
    }

    /** Podman and its runtime have to be there. */
    public static void require() {
        for (String program : List.of("podman", "runc")) {
            Parts.program(program, "apt-get install --no-install-recommends podman runc");
        }
    }

    private static List<String> importLine(String name, Path java) {
        List<String> line = new ArrayList<>(List.of(
                "/bin/bash",
                "-c",
                "tar -C / -ch --exclude=jmods --exclude=src.zip --exclude=man \"${@:2}\" 2>/dev/null | "
                        + String.join(" ", GLOBAL) + " import --change \"ENV PATH=$1/bin\" - " + name,
                "import",
                java.toString()));
        line.add(java.toString().substring(1));
        libraries(java).forEach(library -> line.add(library.substring(1)));
        return line;
    }

    /** Builds from the checkout. */
    public static Program.Result build(String dockerfile, String tag, String... arguments) {
        return build(Path.of("."), Path.of(dockerfile), tag, arguments);
    }

    /** Builds from a folder. */
    public static Program.Result build(Path context, Path dockerfile, String tag, String... arguments) {
        List<String> line = new ArrayList<>(GLOBAL);
        line.addAll(
                List.of("build", "--runtime=runc", "--isolation=oci", "--file", dockerfile.toString(), "--tag", tag));
        line.addAll(LIMITS);
        line.addAll(List.of(arguments));
        line.add(context.toString());
        return Program.of(line).env(environment()).run();
    }

    /**
     * Runs a container as a restricted pod would: nothing may be written but {@code /tmp}, no capabilities.
     *
     * @param environment given by name, so that no value is an argument of a process
     */
    public static Program.Result run(
            Map<String, String> environment, List<String> options, String image, String... arguments) {
        List<String> line = new ArrayList<>(GLOBAL);
        line.addAll(List.of("run", "--rm", "--read-only", "--tmpfs=/tmp", "--cap-drop=all"));
        line.add("--security-opt=no-new-privileges");
        line.addAll(LIMITS);
        environment.keySet().forEach(name -> line.add("--env=" + name));
        line.addAll(options);
        line.add(image);
        line.addAll(List.of(arguments));
        return Program.of(line).env(environment()).env(environment).run();
    }

    /** Puts a command {@code docker} into a folder, which podman answers. */
    public static Path asDocker(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path docker = Files.writeString(
                folder.resolve("docker"),
                """
                #!/bin/bash
                verb=$1
                shift
                case "$verb" in
                  build) set -- --runtime=runc --isolation=oci %2$s "$@" ;;
                  run) set -- %2$s "$@" ;;
                esac
                exec %1$s "$verb" "$@"
                """
                        .formatted(String.join(" ", GLOBAL), String.join(" ", LIMITS)));
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    /** Writes an image as a registry would have it, its layers compressed. */
    public static void save(String image, Path file) {
        List<String> line = new ArrayList<>(GLOBAL);
        line.addAll(List.of("save", "--format=oci-archive", "--output=" + file, image));
        Program.Result saved = Program.of(line).env(environment()).run();
        if (saved.exitCode() != 0) {
            throw new IllegalStateException(saved.text());
        }
    }

    /** One value of an image's configuration. */
    public static String inspect(String image, String format) {
        List<String> line = new ArrayList<>(GLOBAL);
        line.addAll(List.of("image", "inspect", "--format", format, image));
        return Program.of(line).env(environment()).run().text().strip();
    }

    /** Does nothing where there is no podman: a class that was skipped for want of it comes here too. */
    public static void remove(String... images) {
        if (Parts.find("podman").isEmpty()) {
            return;
        }
        List<String> line = new ArrayList<>(GLOBAL);
        line.addAll(List.of("rmi", "--force"));
        line.addAll(List.of(images));
        Program.of(line).env(environment()).run();
    }

    /** What podman itself needs. */
    public static Map<String, String> environment() {
        return Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "HOME", System.getProperty("user.home"));
    }

    private static TreeSet<String> libraries(Path java) {
        try (Stream<Path> files = Files.walk(java)) {
            TreeSet<String> libraries = new TreeSet<>();
            List<Path> linked = files.filter(file -> file.toString().endsWith(".so") || file.endsWith("bin/java"))
                    .toList();
            for (Path file : linked) {
                Matcher matcher = LIBRARY.matcher(Program.of("/usr/bin/ldd", file.toString())
                        .env(environment())
                        .run()
                        .text());
                matcher.results().map(found -> found.group(1)).forEach(libraries::add);
            }
            libraries.removeIf(library -> library.startsWith(java.toString()));
            return libraries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
