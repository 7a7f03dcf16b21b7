package io.schemajob.testing;

import java.util.List;

/** Starts a command on a terminal of a certain width, and copies what stands there to standard output. */
public final class PseudoTerminal {
    private static final String SCRIPT =
            """
            import fcntl, os, pty, struct, sys, termios
            pid, terminal = pty.fork()
            if pid == 0:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(sys.argv[1]), 0, 0))
                os.execvp(sys.argv[2], sys.argv[2:])
            while True:
                try:
                    text = os.read(terminal, 65536)
                except OSError:
                    break
                if not text:
                    break
                os.write(1, text.replace(b'\\r\\n', b'\\n'))
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    private PseudoTerminal() {}

    /** For {@link App#startedBy}; needs a {@code PATH}. */
    public static List<String> of(int columns) {
        return List.of("python3", "-c", SCRIPT, String.valueOf(columns));
    }
}
