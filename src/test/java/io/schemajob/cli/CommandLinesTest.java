package io.schemajob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLinesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                          | migrate",
                "--bundle shop               | migrate --bundle shop",
                "--dry-run                   | migrate --dry-run",
                "--help                      | --help",
                "-h                          | -h",
                "--version                   | --version",
                "-V                          | -V",
                "info --output json          | info --output json",
                "rollback base --yes         | rollback base --yes",
                "migrate +1                  | migrate +1",
            })
    void withoutACommandItMigrates(String given, String prepared) {
        assertThat(String.join(" ", CommandLines.prepare(words(given)))).isEqualTo(prepared);
    }

    @Property
    void negativeNumbersArriveAsTargets(@ForAll @IntRange(min = 0) int steps) {
        String[] prepared = CommandLines.prepare("rollback", "-" + steps, "--yes");
        assertThat(prepared[1]).doesNotStartWith("-");
        assertThat(CommandLines.target(prepared[1])).isEqualTo("-" + steps);
        CommandLine.ParseResult parsed =
                CommandLines.create().parseArgs(prepared).subcommand();
        assertThat(((RollbackCommand) parsed.commandSpec().userObject()).target).isEqualTo(prepared[1]);
    }

    @ParameterizedTest
    @CsvSource({"upgrade, migrate", "downgrade 1, rollback", "history, info", "stamp 1, baseline", "version, current"})
    void aliasesMeanTheirCommands(String line, String name) {
        CommandLine.ParseResult parsed =
                CommandLines.create().parseArgs(words(line)).subcommand();
        assertThat(parsed.commandSpec().name()).isEqualTo(name);
    }

    @Test
    void everySettingIsAnOptionOfEveryCommand() {
        List<CommandLine> commands = executable(CommandLines.create()).toList();
        assertThat(commands)
                .hasSizeGreaterThan(20)
                .extracting(CommandLine::getCommandName)
                .contains("migrate", "lint");
        assertThat(commands).allSatisfy(command -> assertThat(
                        command.getCommandSpec().optionsMap())
                .as(command.getCommandSpec().qualifiedName())
                .containsKeys(
                        "--bundle", "--schema", "--lock-timeout", "--deadline", "--vault-role", "--output", "--help"));
    }

    /** Commands that run something; {@code fleet} alone is only a place for others. */
    private static Stream<CommandLine> executable(CommandLine parent) {
        return parent.getSubcommands().values().stream()
                .distinct()
                .flatMap(command -> command.getSubcommands().isEmpty() ? Stream.of(command) : executable(command));
    }

    @ParameterizedTest
    @CsvSource({"fleet migrate --targets f, fleet migrate", "stamp 1, baseline", "migrate, migrate"})
    void titlesAreWhatAUserTypes(String line, String title) {
        CommandLine.ParseResult parsed = CommandLines.create().parseArgs(words(line));
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        assertThat(CommandLines.title(parsed.commandSpec())).isEqualTo(title);
    }

    private static String[] words(String line) {
        return Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }
}
