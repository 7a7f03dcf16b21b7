package io.schemajob.job.author;

import io.schemajob.bundle.author.FileMoves;
import io.schemajob.bundle.author.Renumbering;
import io.schemajob.bundle.author.Renumbering.Step;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.FolderSource;
import io.schemajob.bundle.source.Layout;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import io.schemajob.job.git.BranchVersions;
import io.schemajob.job.git.GitBase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives the scripts of a branch later versions than those of the branch that it goes into has, before a rebase or after it. The
 * schemas that are declared for older versions go with them. Contacts no server.
 */
public final class RenumberJob {
    private static final String DECLARED = "schema/%s.yaml";

    private final RunContext run;
    private final String ref;
    private final Clock clock;

    /** @param ref the other branch */
    public RenumberJob(RunContext run, String ref, Clock clock) {
        this.run = run;
        this.ref = ref;
        this.clock = clock;
    }

    /** New paths by old ones; empty where nothing had to be renamed. */
    public Map<String, String> execute() {
        Path folder = GitBase.folder(run.settings().required(Setting.BUNDLE));
        GitBase base = GitBase.open(folder, ref);
        Set<String> theirs = base.files();
        NavigableMap<Version, String> versions = BranchVersions.of(theirs);
        if (versions.isEmpty()) {
            return Map.of();
        }
        Set<String> own = Layout.of(new FolderSource(folder).paths()).scripts().stream()
                .filter(path -> !theirs.contains(path))
                .collect(Collectors.toSet());
        List<Step> steps = Renumbering.plan(own, versions.lastKey(), LocalDateTime.now(clock));
        Map<String, String> moves = new LinkedHashMap<>();
        for (Step step : steps) {
            moves.putAll(step.files());
            declared(folder, step, theirs, moves);
        }
        Optional<TextFile> before = steps.isEmpty() ? Optional.empty() : before(base, theirs, versions.lastKey());
        new FileMoves(folder).move(moves, before.stream().toList());
        before.ifPresent(file -> run.log()
                .step("schema.yaml of %s is kept as %s, what is declared before this branch"
                        .formatted(ref, file.path())));
        steps.forEach(step -> warnOf(folder, step));
        return moves;
    }

    /** What this branch has declared for a version of its own. */
    private void declared(Path folder, Step step, Set<String> theirs, Map<String, String> moves) {
        String from = DECLARED.formatted(step.from());
        if (Files.exists(folder.resolve(from)) && !theirs.contains(from)) {
            moves.put(from, DECLARED.formatted(step.to()));
            run.log()
                    .warn("%s was written before what %s has added; correct it, or delete it."
                            .formatted(DECLARED.formatted(step.to()), ref));
        }
    }

    /** So that databases at the newest version of the other branch can still be verified and adopted. */
    private static Optional<TextFile> before(GitBase base, Set<String> theirs, Version newest) {
        String path = DECLARED.formatted(newest);
        return theirs.contains(path) || !theirs.contains("schema.yaml")
                ? Optional.empty()
                : base.file("schema.yaml").map(file -> new TextFile(path, file.text()));
    }

    /** Other names of a version are keys of bundle.yaml, whose comments and order belong to people. */
    private void warnOf(Path folder, Step step) {
        Path yaml = folder.resolve(Layout.BUNDLE_YAML);
        if (!Files.exists(yaml)) {
            return;
        }
        YamlNode root = YamlNode.parse(TextFile.read(yaml));
        for (String key : List.of("revisions", "versionNames")) {
            boolean named = root.find(key).stream()
                    .flatMap(names -> names.entries().keySet().stream())
                    .anyMatch(step.from()::equals);
            if (named) {
                run.log()
                        .warn("bundle.yaml names %s under %s; if that is the script of this branch, write %s."
                                .formatted(step.from(), key, step.to()));
            }
        }
    }
}
