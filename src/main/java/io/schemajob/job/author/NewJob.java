package io.schemajob.job.author;

import io.schemajob.bundle.author.NewScript;
import io.schemajob.bundle.author.NewScriptFolder;
import io.schemajob.bundle.author.NewScriptName;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Creates the next pair of scripts in the folder of a bundle, for a person to fill; contacts nothing. */
public final class NewJob {
    private final RunContext run;
    private final String message;
    private final Clock clock;

    /** @param message name of the change, in any words */
    public NewJob(RunContext run, String message, Clock clock) {
        this.run = run;
        this.message = message;
        this.clock = clock;
    }

    /** The pair that was written. */
    public NewScript execute() {
        NewScriptName name = NewScriptName.of(message);
        NewScriptFolder folder = NewScriptFolder.open(run.settings().required(Setting.BUNDLE));
        NewScript script = folder.name(List.of(name), LocalDateTime.now(clock)).get(0);
        // A blank down script counts as none, so that nobody can take a migration back by running a comment.
        NewScript written = script.withText("-- title: %s\n\n".formatted(name.title()), "\n");
        Optional<TextFile> before = folder.declaredBefore();
        folder.write(List.of(written), before.stream().toList());
        before.ifPresent(file -> run.log()
                .step("schema.yaml is kept as %s, what is declared before this change".formatted(file.path())));
        return written;
    }
}
