package io.schemajob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.cli.line.FishCompletion;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Completion scripts know every command and every option. */
class FishCompletionTest {
    @Test
    void offersEveryCommandWithItsOptions() {
        CommandLine root = CommandLines.create();
        String script = FishCompletion.of(root, List.of("one"));
        root.getSubcommands().forEach((name, command) -> {
            assertThat(script).contains("-n __fish_use_subcommand -a " + name + " -d '");
            command.getCommandSpec().options().forEach(option -> assertThat(script)
                    .containsPattern("'__fish_seen_subcommand_from " + name + "'( -s .)? -l "
                            + option.longestName().substring(2)));
        });
        assertThat(script.lines()).allMatch(line -> line.startsWith("complete -c schemajob "));
    }

    @Test
    void offersWhatIsBelowACommand() {
        assertThat(FishCompletion.of(CommandLines.create(), List.of("one")))
                .contains(
                        "-n '__fish_seen_subcommand_from fleet; and not __fish_seen_subcommand_from migrate verify info'"
                                + " -a verify")
                .contains("-n '__fish_seen_subcommand_from fleet; and __fish_seen_subcommand_from verify'"
                        + " -l targets -r -F");
    }

    @Test
    void quotesEndWhereTheyShould() {
        assertThat(FishCompletion.of(CommandLines.create(), List.of("one")).lines())
                .allSatisfy(line -> assertThat(line.replace("\\'", "")
                                        .chars()
                                        .filter(c -> c == '\'')
                                        .count()
                                % 2)
                        .isZero());
    }
}
