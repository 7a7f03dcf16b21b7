package io.schemajob.bundle.author;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;

/**
 * An up and down pair that is to be written.
 *
 * @param version as the file names have it
 * @param name of the change
 * @param up path relative to the bundle
 * @param down path relative to the bundle
 * @param upText what goes into the up script
 * @param downText what goes into the down script; blank for none yet
 */
public record NewScript(String version, NewScriptName name, String up, String down, String upText, String downText) {
    public NewScript withText(String newUp, String newDown) {
        return new NewScript(version, name, up, down, newUp, newDown);
    }

    /** What a loader would make of the pair. */
    public Migration migration() {
        Script down = downText.isBlank() ? null : Script.of(new TextFile(this.down, downText));
        Script up = Script.of(new TextFile(this.up, upText));
        return new Migration(Version.of(version), name.slug().replace('_', ' '), name.title(), up, down);
    }
}
