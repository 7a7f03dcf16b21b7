package io.schemajob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.cli.line.OtherWords;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
                "--                          | migrate",
                "--bundle shop               | migrate --bundle shop",
                "--dry-run                   | migrate --dry-run",
                "--verbose                   | migrate --verbose",
                "--help                      | --help",
                "-h                          | -h",
                "--version                   | --version",
                "-V                          | -V",
                "-b shop --version           | --version",
                "info --output json          | info --output json",
                "rollback base --yes         | rollback base --yes",
                "migrate +1                  | migrate +1",
                "--bundle db info            | info --bundle db",
                "-b db info --exit-code      | info -b db --exit-code",
                "-b=db -o json info          | info -b=db -o json",
                "-bdb info                   | info -bdb",
                "-vb info info               | info -vb info",
                "-vh info                    | info -vh",
                "-o json -v -- info          | info -o json -v",
                "--yes rollback base         | rollback --yes base",
                "-b db fleet -v info -o json | fleet info -b db -v -o json",
                "--targets f fleet info      | fleet info --targets f",
                "help                        | --help",
                "help info                   | info --help",
                "help fleet info             | fleet info --help",
                "--help info                 | info --help",
            })
    void theCommandComesFirst(String given, String line) {
        assertThat(String.join(" ", CommandLines.line(CommandLines.create(), List.of(words(given)), false)))
                .isEqualTo(line);
    }

    /** What a person types at a terminal changes nothing before a command is named; a pod without one migrates. */
    @Test
    void withoutACommandATerminalShowsHelp() {
        CommandLine root = CommandLines.create();
        assertThat(CommandLines.line(root, List.of(), true)).isEmpty();
        assertThat(CommandLines.line(root, List.of("info"), true)).containsExactly("info");
        assertThat(refused(List.of("--bundle", "it's"), true).hint())
                .isEqualTo("schemajob migrate --bundle 'it'\\''s'");
        for (boolean terminal : new boolean[] {true, false}) {
            assertThat(refused(List.of("-v"), terminal).hint()).contains("schemajob --version", "schemajob migrate -v");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status             | schemajob info",
                "validate           | schemajob verify",
                "create             | schemajob new NAME",
                "compare            | schemajob diff",
                "dump               | schemajob snapshot",
                "apply              | schemajob migrate",
                "redo               | schemajob rollback -1 --yes, then schemajob migrate",
                "db:migrate:status  | schemajob info",
                "Status             | schemajob info",
                "--bundle db status | schemajob info",
            })
    void wordsOfOtherToolsAreKnown(String line, String hint) {
        Failure failure = refused(List.of(words(line)), false);
        assertThat(failure.message()).startsWith("Unknown command: '").doesNotContain("Did you mean");
        assertThat(failure.hint()).contains(hint);
    }

    /** Each sentence names commands that are there, for words that are none. */
    @Test
    void sentencesNameOurCommands() {
        Set<String> commands = CommandLines.create().getSubcommands().keySet();
        OtherWords.all().forEach((word, sentence) -> {
            assertThat(commands).doesNotContain(word);
            Matcher command = Pattern.compile("schemajob (\\w+)").matcher(sentence);
            while (command.find()) {
                assertThat(commands).contains(command.group(1));
            }
        });
    }

    @Property
    void noCommandThatWritesIsProposedForItsSpelling(@ForAll("misspelt") String word) {
        CommandLine root = CommandLines.create();
        if (root.getSubcommands().containsKey(word) || word.equals("help") || OtherWords.meaning(word) != null) {
            return;
        }
        Failure failure = refused(List.of(word), false);
        assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
        String guess = failure.message().replaceFirst("(?s)Unknown command: '.*?'\\.", "");
        assertThat(guess.replaceFirst(" Did you mean (.*)\\?", "$1").split(" or "))
                .allMatch(name -> name.isEmpty()
                        || Set.of(
                                        "verify", "diff", "info", "history", "current", "plan", "lint", "bundles",
                                        "usage", "docs")
                                .contains(name));
    }

    @Provide
    Arbitrary<String> misspelt() {
        Arbitrary<String> names =
                Arbitraries.of(CommandLines.create().getSubcommands().keySet());
        return Combinators.combine(
                        names,
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.chars().range('a', 'z'))
                .as((name, at, letter) -> name.substring(0, Math.min(at, name.length()))
                        + letter
                        + name.substring(Math.min(at + 1, name.length())));
    }

    @ParameterizedTest
    @CsvSource({"verfy, verify", "infos, info", "fleet inof, info"})
    void commandsThatOnlyLookAreProposed(String line, String near) {
        assertThat(refused(List.of(words(line)), false).message()).endsWith("Did you mean " + near + "?");
    }

    @Test
    void commandsOfAFleetAreProposedWithIt() {
        assertThat(refused(List.of("fleet", "status"), false).hint()).startsWith("schemajob fleet info shows");
        assertThat(refused(List.of("status"), false).hint()).startsWith("schemajob info shows");
    }

    @Test
    void aMistypedOptionInFrontOfTheCommandIsNamed() {
        assertThat(refused(List.of("--bundel", "db", "info"), false).message())
                .isEqualTo("Unknown option: '--bundel'. Did you mean --bundle?");
        assertThat(refused(List.of("-b", "db", "inof"), false).message()).startsWith("Unknown command: 'inof'.");
    }

    private static Failure refused(List<String> line, boolean terminal) {
        try {
            throw new AssertionError(CommandLines.line(CommandLines.create(), line, terminal));
        } catch (SchemajobException e) {
            return e.failure();
        }
    }

    @Property
    void negativeNumbersArriveAsTargets(@ForAll @IntRange(min = 0) int steps) {
        CommandLine root = CommandLines.create();
        List<String> line = CommandLines.line(root, List.of("rollback", "-" + steps, "--yes"), false);
        assertThat(line.get(1)).doesNotStartWith("-");
        assertThat(CommandLines.target(line.get(1))).isEqualTo("-" + steps);
        CommandLine.ParseResult parsed =
                root.parseArgs(line.toArray(String[]::new)).subcommand();
        assertThat(((RollbackCommand) parsed.commandSpec().userObject()).target).isEqualTo(line.get(1));
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

    /** A command line as the program reads it. */
    static CommandLine.ParseResult parse(String... words) {
        CommandLine root = CommandLines.create();
        return root.parseArgs(CommandLines.line(root, List.of(words), false).toArray(String[]::new));
    }

    private static String[] words(String line) {
        return Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }
}
