package io.schemajob.report.file;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * A file that somebody names for us to write. Not everything with a name is one: a pipe without a reader would hold us
 * for ever, and to replace {@code /dev/stdout} would take it from everybody. So what is named is looked at first: a
 * regular file, or one that is not there yet, is written; an open stream is written to; everything else is left alone.
 */
public final class OutputFile {
    private static final Pattern STREAM = Pattern.compile("/dev/(stdout|stderr|fd/\\d+)|/proc/(self|\\d+)/fd/\\d+");
    private static final Path NOWHERE = Path.of("/dev/null");
    private static final int MOST_LINKS = 40;

    /** Writing to a stream that another process has opened; its reader may be gone. */
    private static final int PATIENCE_SECONDS = 5;

    private static final int S_IFMT = 0170000;
    private static final int S_IFIFO = 0010000;
    private static final int S_IFSOCK = 0140000;

    private final Path target;
    private final boolean stream;

    private OutputFile(Path target, boolean stream) {
        this.target = target;
        this.stream = stream;
    }

    /** Follows links, also to what is not there yet, and says what stands at their end. */
    public static OutputFile of(Path named) {
        Path path = named.toAbsolutePath().normalize();
        try {
            for (int links = 0; links < MOST_LINKS; links++) {
                if (STREAM.matcher(path.toString()).matches()) {
                    return new OutputFile(path, true);
                }
                if (!Files.isSymbolicLink(path)) {
                    break;
                }
                path = path.resolveSibling(Files.readSymbolicLink(path)).normalize();
            }
        } catch (IOException e) {
            // What cannot be followed cannot be written either, and then that is told.
        }
        return new OutputFile(path, false);
    }

    /** Why it will not be written, as the end of a sentence that begins with its name; null if it can be. */
    public String refusal() {
        if (stream) {
            return Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? null : "is no open stream";
        }
        if (target.equals(NOWHERE) || Files.isRegularFile(target) || !Files.exists(target)) {
            return null;
        }
        return "is " + kind();
    }

    /** Whether it is standard output, so that nothing else may be printed there. */
    public boolean isStandardOutput() {
        return stream && (target.endsWith("stdout") || target.toString().matches("/(dev|proc/self)/fd/1"));
    }

    /** Whether what is written there can be read again. */
    public boolean keeps() {
        return !target.equals(NOWHERE);
    }

    /** Writes over what was there, or into the stream. */
    public void write(byte[] content) throws IOException {
        refuse();
        if (stream) {
            toStream(content);
        } else {
            Files.write(target, content);
        }
    }

    /**
     * Writes the file whole or not at all; into a stream as {@link #write} does.
     *
     * @param attributes of the new file
     */
    public void replace(byte[] content, FileAttribute<?>... attributes) throws IOException {
        refuse();
        if (stream || !keeps()) {
            write(content);
            return;
        }
        Path draft = Files.createTempFile(target.getParent(), ".schemajob", null, attributes);
        try {
            Files.write(draft, content);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Where to write it piece by piece, for {@link #take}: beside the file, or where temporary files are. */
    public Path draft() {
        if (stream || !keeps()) {
            String name = "schemajob-" + ProcessHandle.current().pid() + "-" + target.getFileName() + ".partial";
            return Path.of(System.getProperty("java.io.tmpdir"), name);
        }
        return Path.of(target + ".partial");
    }

    /** Puts a finished file in its place, or its content into the stream. */
    public void take(Path finished) throws IOException {
        refuse();
        if (stream || !keeps()) {
            write(Files.readAllBytes(finished));
            Files.delete(finished);
        } else {
            Files.move(finished, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void refuse() throws IOException {
        if (refusal() != null) {
            throw new FileSystemException(target.toString(), null, refusal());
        }
    }

    private void toStream(byte[] content) throws IOException {
        String name = target.toString();
        if (isStandardOutput()) {
            write(FileDescriptor.out, content);
        } else if (name.equals("/dev/stderr") || name.matches("/(dev|proc/self)/fd/2")) {
            write(FileDescriptor.err, content);
        } else {
            requireOpenForWriting();
            Bounded.run("writing to " + target, PATIENCE_SECONDS, (Callable<Void>) () -> {
                try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.APPEND)) {
                    out.write(content);
                }
                return null;
            });
        }
    }

    /** Files that this very process has open for reading, such as its own libraries, have such names too. */
    private void requireOpenForWriting() throws IOException {
        Path real = Path.of(target.toString().replaceFirst("^/dev/fd/", "/proc/self/fd/"));
        String info = Files.readString(Path.of(real.toString().replace("/fd/", "/fdinfo/")));
        boolean writable =
                info.lines().filter(line -> line.startsWith("flags:")).anyMatch(line -> line.matches(".*[1-3567]"));
        if (!writable) {
            throw new FileSystemException(target.toString(), null, "is not open for writing");
        }
    }

    /** Never closed: it is ours for as long as we live. */
    private static void write(FileDescriptor descriptor, byte[] content) throws IOException {
        FileOutputStream out = new FileOutputStream(descriptor);
        out.write(content);
        out.flush();
    }

    private String kind() {
        if (Files.isDirectory(target)) {
            return "a folder";
        }
        try {
            int type = (Integer) Files.getAttribute(target, "unix:mode") & S_IFMT;
            return type == S_IFIFO ? "a named pipe" : type == S_IFSOCK ? "a socket" : "a device";
        } catch (IOException | UnsupportedOperationException e) {
            return "no regular file";
        }
    }
}
