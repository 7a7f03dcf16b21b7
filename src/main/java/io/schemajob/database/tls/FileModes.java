package io.schemajob.database.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who may read a file that holds a secret.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-CLIENTCERT">libpq: the rule for keys</a>
 */
public final class FileModes {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private FileModes() {}

    /**
     * libpq's rule for keys: nobody but the owner, or root and a group that may read it. For password files libpq knows
     * the first half only; but a secret that Kubernetes mounts always belongs to root, and a job that does not run as root
     * could read none.
     */
    public static boolean isPrivate(Path file) throws IOException {
        Set<PosixFilePermission> allowed = EnumSet.copyOf(OWNERS);
        if (Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"))) {
            allowed.add(PosixFilePermission.GROUP_READ);
        }
        return allowed.containsAll(Files.getPosixFilePermissions(file));
    }
}
