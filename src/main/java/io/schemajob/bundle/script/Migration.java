package io.schemajob.bundle.script;

import java.util.Optional;

/**
 * One step of a schema's history.
 *
 * @param version null for a repeatable migration, which runs again whenever its checksum changes
 * @param description the words of the file name, as Flyway records them
 * @param title what the log calls it: the script's {@code -- title:} comment, or else the description
 * @param up the script that applies it
 * @param down the script that takes it back, or null; one of white space alone counts as none
 */
public record Migration(Version version, String description, String title, Script up, Script down) {
    public boolean repeatable() {
        return version == null;
    }

    public Optional<Script> downScript() {
        return Optional.ofNullable(down);
    }
}
