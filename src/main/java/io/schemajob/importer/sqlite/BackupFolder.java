package io.schemajob.importer.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where copies of one SQLite file are kept, each named after it and the moment. Only what has such a name is ours; a copy
 * of another file, or anything else, is never touched.
 */
public final class BackupFolder {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'");

    private final Path folder;
    private final String prefix;
    private final Pattern ours;

    /** @param source the file whose copies these are */
    public BackupFolder(Path folder, Path source) {
        this.folder = folder;
        this.prefix = source.getFileName() + ".schemajob-";
        this.ours = Pattern.compile(Pattern.quote(prefix) + "(\\d{8}T\\d{9}Z)\\.db");
    }

    /** The name of a copy made now. */
    Path fresh(Instant now) {
        return folder.resolve(prefix + STAMP.format(now.atOffset(ZoneOffset.UTC)) + ".db");
    }

    /** Removes copies that are older; returns those that were removed. */
    public List<Path> removeOlderThan(Duration age, Instant now) throws IOException {
        Instant oldest = now.minus(age);
        List<Path> old;
        try (Stream<Path> files = Files.list(folder)) {
            old = files.filter(file -> isOlder(file, oldest)).sorted().toList();
        }
        for (Path file : old) {
            Files.deleteIfExists(file);
        }
        return old;
    }

    private boolean isOlder(Path file, Instant oldest) {
        Matcher name = ours.matcher(file.getFileName().toString());
        if (!name.matches() || !Files.isRegularFile(file)) {
            return false;
        }
        try {
            return LocalDateTime.parse(name.group(1), STAMP)
                    .toInstant(ZoneOffset.UTC)
                    .isBefore(oldest);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
