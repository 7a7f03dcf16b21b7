package io.schemajob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
    @CsvSource({
        "upgrade, migrate",
        "up, migrate",
        "downgrade 1, rollback",
        "down 1, rollback",
        "history, info",
        "stamp 1, baseline"
    })
    void aliasesMeanTheirCommands(String line, String name) {
        CommandLine.ParseResult parsed =
                CommandLines.create().parseArgs(words(line)).subcommand();
        assertThat(parsed.commandSpec().name()).isEqualTo(name);
    }

    @Test
    void everySettingIsAnOptionOfEveryCommand() {
        CommandLines.create().getSubcommands().values().forEach(CommandLinesTest::requireSettings);
    }

    private static void requireSettings(CommandLine command) {
        if (!command.getSubcommands().isEmpty()) {
            command.getSubcommands().values().forEach(CommandLinesTest::requireSettings);
            return;
        }
        assertThat(command.getCommandSpec().optionsMap())
                .as(command.getCommandSpec().qualifiedName())
                .containsKeys(
                        "--bundle", "--schema", "--lock-timeout", "--deadline", "--vault-role", "--output", "--help");
    }

    private static String[] words(String line) {
        return Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }
}
