package io.schemajob.bundle.author;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;
import java.util.List;

/**
 * An up and down pair that is to be written, in two files or in one.
 *
 * @param version as the file names have it
 * @param name of the change
 * @param up path relative to the bundle
 * @param down path relative to the bundle; where a file holds both directions it is that of {@code up}
 * @param upText what goes into the up script
 * @param downText what goes into the down script; blank for none yet
 */
public record NewScript(
        String version, NewScriptName name, String up, String down, String upText, String downText, NamingStyle style) {
    public NewScript withText(String newUp, String newDown) {
        return new NewScript(version, name, up, down, newUp, newDown, style);
    }

    /** Stands for the way back in findings; one file holds both directions, and lines are counted in each. */
    public String back() {
        return style.oneFile() ? down + " (down)" : down;
    }

    /** What a loader would make of the pair. */
    public Migration migration() {
        Script back = downText.isBlank() ? null : Script.of(new TextFile(back(), downText));
        Script script = Script.of(new TextFile(up, upText));
        return new Migration(Version.of(version), name.slug().replace('_', ' '), name.title(), script, back);
    }

    /** The files as they are written. */
    public List<TextFile> files() {
        return style.oneFile()
                ? List.of(new TextFile(up, TwoWayText.of(this)))
                : List.of(new TextFile(up, upText), new TextFile(down, downText));
    }
}
