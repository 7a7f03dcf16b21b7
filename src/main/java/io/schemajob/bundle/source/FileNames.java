package io.schemajob.bundle.source;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Whether this process can name files beyond ASCII. Java decodes names with the charset of the locale; under
 * {@code LC_ALL=C} an {@code ö} is lost, and under another it becomes two other letters, which would get into the history.
 */
public final class FileNames {
    private FileNames() {}

    /** Refuses a name that this process cannot read or write as it is; nothing has been contacted. */
    public static void require(String name) {
        if (name.chars().allMatch(c -> c < 0x80) || isUtf8()) {
            return;
        }
        throw Failure.of(
                        ExitStatus.CONFIG,
                        "Java cannot read names beyond ASCII in the locale of this process: \"%s\".".formatted(name))
                .where("name " + name)
                .databaseState("Not contacted.")
                .hint("Set LC_ALL=C.UTF-8 for this process, as the images do.")
                .asException();
    }

    /** Found out by trying, as the executable and every version of Java have settings of their own. */
    private static boolean isUtf8() {
        try {
            return Path.of("/\u00f6").toUri().getRawPath().startsWith("/%C3%B6");
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
