package io.schemajob.bundle.script.file;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.source.Problem;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The scripts of a bundle as migrations, whichever tool's names and marks they have.
 *
 * @param index what their names say
 * @param versioned in order
 * @param repeatable by description
 */
public record ScriptSet(ScriptIndex index, List<Migration> versioned, List<Migration> repeatable) {
    /** What goose and dbmate take for a migration, and no other style of ours does. */
    private static final Pattern NUMBERED = Pattern.compile("[0-9][^/]*\\.sql");

    private static final Pattern GO = Pattern.compile("(?:.*/)?[0-9]+_[^/]*\\.go");

    /**
     * @param scripts by path
     * @param declared what bundle.yaml says, or null
     * @param paths of all files that are there
     * @throws SchemajobException CONFIG unless they make one history
     */
    public static ScriptSet of(Map<String, Script> scripts, NamingStyle declared, Collection<String> paths) {
        NamingStyle style = declared == null ? detect(scripts.values()) : declared;
        if (style == null || !style.oneFile()) {
            // Before the names: a message about a name makes people rename what must not be run whole under any name.
            SectionMarks.refuse(scripts.values());
            ScriptIndex index = ScriptIndex.of(scripts.keySet(), style);
            return new ScriptSet(index, index.versioned(scripts, null), index.repeatable(scripts));
        }
        if (style == NamingStyle.GOOSE) {
            refuseGo(paths);
        }
        ScriptIndex index = ScriptIndex.of(scripts.keySet(), style);
        Map<String, Script> ups = new HashMap<>();
        Map<String, Script> downs = new HashMap<>();
        readAll(scripts, style).forEach((path, file) -> {
            ups.put(path, file.up());
            if (file.down() != null) {
                downs.put(path, file.down());
            }
        });
        List<Script> parts = new ArrayList<>(ups.values());
        parts.addAll(downs.values());
        SectionMarks.refuse(parts);
        return new ScriptSet(index, index.versioned(ups, downs), List.of());
    }

    private static Map<String, TwoWayFile> readAll(Map<String, Script> scripts, NamingStyle style) {
        Map<String, TwoWayFile> files = new HashMap<>();
        List<SchemajobException> refused = new ArrayList<>();
        scripts.forEach((path, script) -> {
            try {
                files.put(path, TwoWayFile.read(script, style));
            } catch (SchemajobException e) {
                refused.add(e);
            }
        });
        if (refused.size() == 1) {
            throw refused.get(0);
        } else if (!refused.isEmpty()) {
            throw Problem.several(refused);
        }
        return files;
    }

    /** goose or dbmate, if all names are theirs and the marks are of one of them; else null. */
    private static NamingStyle detect(Collection<Script> scripts) {
        boolean named = !scripts.isEmpty()
                && scripts.stream()
                        .allMatch(script -> NUMBERED.matcher(script.name()).matches()
                                && ScriptName.parse(script.name()).isEmpty());
        if (!named) {
            return null;
        }
        boolean goose = scripts.stream().anyMatch(script -> SectionMarks.has(script, OneFileFormat.GOOSE));
        boolean dbmate = scripts.stream().anyMatch(script -> SectionMarks.has(script, OneFileFormat.DBMATE));
        return goose == dbmate ? null : goose ? NamingStyle.GOOSE : NamingStyle.DBMATE;
    }

    /** Left out, they would leave a gap that nobody is told of. */
    private static void refuseGo(Collection<String> paths) {
        List<String> found = paths.stream()
                .filter(path -> GO.matcher(path).matches() && !path.endsWith("_test.go"))
                .sorted()
                .toList();
        if (!found.isEmpty()) {
            throw Problem.in(
                    found.get(0),
                    "a migration written in Go cannot be run"
                            + (found.size() > 1
                                    ? ", as cannot " + String.join(", ", found.subList(1, found.size()))
                                    : ""),
                    "Write what it does as SQL, in a file of the same version and name that ends in .sql, and delete it.");
        }
    }
}
