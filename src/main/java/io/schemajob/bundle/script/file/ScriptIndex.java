package io.schemajob.bundle.script.file;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.script.file.ScriptName.Role;
import io.schemajob.bundle.source.Problem;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The scripts of a bundle, put in order by their names alone, before any of them is read. */
public final class ScriptIndex {
    /** The width of {@code version} in Flyway's history table. */
    private static final int LONGEST_VERSION = 50;

    private record Entry(String path, ScriptName name) {}

    private final NavigableMap<Version, Entry> ups = new TreeMap<>();
    private final NavigableMap<Version, Entry> downs = new TreeMap<>();
    private final NavigableMap<String, Entry> repeatables = new TreeMap<>();
    private Entry first;

    private ScriptIndex() {}

    /**
     * @param style that all names have to have, or null for that of the first
     * @throws SchemajobException when the names do not make one history
     */
    static ScriptIndex of(Collection<String> paths, NamingStyle style) {
        ScriptIndex index = new ScriptIndex();
        for (String path : paths) {
            index.add(new Entry(path, style == null ? parse(path) : parse(path, style)));
        }
        if (style == NamingStyle.DBMATE) {
            index.requireOrderOfNames();
        }
        index.downs.forEach((version, down) -> {
            if (!index.ups.containsKey(version)) {
                throw Problem.in(down.path, "a down script without an up script of version " + version, null);
            }
        });
        return index;
    }

    public NamingStyle style() {
        return first == null ? NamingStyle.GOLANG_MIGRATE : first.name.style();
    }

    /** The newest version; empty where all scripts are repeatable. */
    public Optional<Version> newest() {
        return ups.isEmpty() ? Optional.empty() : Optional.of(ups.lastKey());
    }

    public boolean has(Version version) {
        return ups.containsKey(version);
    }

    /** @param back the ways back by path, where files hold both directions; else null */
    List<Migration> versioned(Map<String, Script> scripts, Map<String, Script> back) {
        List<Migration> migrations = new ArrayList<>(ups.size());
        ups.forEach((version, up) -> {
            Entry down = downs.get(version);
            Script separate = down == null ? null : scripts.get(down.path);
            migrations.add(migration(up, scripts.get(up.path), back == null ? separate : back.get(up.path)));
        });
        return List.copyOf(migrations);
    }

    List<Migration> repeatable(Map<String, Script> scripts) {
        return repeatables.values().stream()
                .map(entry -> migration(entry, scripts.get(entry.path), null))
                .toList();
    }

    private static ScriptName parse(String path, NamingStyle style) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return ScriptName.parse(file, style)
                .orElseThrow(() -> Problem.in(
                        path,
                        "the name is not that of a script in the format of " + style.key(),
                        style.oneFile() ? "Names are 00001_name.sql." : null));
    }

    /** dbmate runs its files in the order of their names, which is that of the numbers where all are equally wide. */
    private void requireOrderOfNames() {
        Entry last = null;
        for (Entry entry : ups.values()) {
            if (last != null && last.path.compareTo(entry.path) > 0) {
                throw Problem.in(
                        entry.path,
                        "dbmate runs it before " + last.path + ", by its name, but its version is the later one",
                        "Give all versions the same number of digits.");
            }
            last = entry;
        }
    }

    private static ScriptName parse(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return ScriptName.parse(file)
                .orElseThrow(() -> Problem.in(
                        path,
                        file.matches("(before|after)[A-Z].*")
                                ? "Flyway's callbacks are not supported"
                                : "the name is not that of a migration script",
                        "Names are 001_name.up.sql and 001_name.down.sql, or V1__name.sql, U1__name.sql and"
                                + " R__name.sql."));
    }

    private void add(Entry entry) {
        if (first == null) {
            first = entry;
        } else if (entry.name.style() != first.name.style()) {
            throw Problem.in(
                    entry.path,
                    "named in another style than " + first.path + "; a bundle has one style",
                    "Rename the scripts of one style.");
        }
        Entry twin =
                switch (entry.name.role()) {
                    case UP -> ups.put(entry.name.version(), entry);
                    case DOWN -> downs.put(entry.name.version(), entry);
                    case REPEATABLE -> repeatables.put(entry.name.description(), entry);
                };
        if (twin != null) {
            String shared = entry.name.role() == Role.REPEATABLE
                    ? "the description '" + entry.name.description() + "'"
                    : "the version " + entry.name.version();
            throw Problem.in(entry.path, "has " + shared + ", as has " + twin.path, "Rename one of them.");
        }
        if (entry.name.version() != null && entry.name.version().toString().length() > LONGEST_VERSION) {
            throw Problem.in(entry.path, "the version is longer than " + LONGEST_VERSION + " digits", null);
        }
    }

    /** A blank down script undoes nothing, and so counts as none, unless there is nothing to undo. */
    private static Migration migration(Entry entry, Script up, Script down) {
        String description = entry.name.description();
        boolean none = down == null || down.text().isBlank() && !up.text().isBlank();
        return new Migration(
                entry.name.version(), description, ScriptTitle.of(up.text(), description), up, none ? null : down);
    }
}
