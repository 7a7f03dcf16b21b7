package io.schemajob.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/commands.md has one copy is understood, and no command is left out there. */
class CommandsPageTest {
    private static final Path PAGE = Path.of("docs/commands.md");
    private static final Pattern LINE = Pattern.compile("(?m)^(?:source <\\()?schemajob ([^#>)\\n]+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)");

    @Test
    void everyLineIsUnderstood() throws IOException {
        List<String> lines = LINE.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1).strip())
                .toList();
        assertThat(lines).hasSizeGreaterThan(30).contains("fleet verify --targets fleet.yaml --parallel 8");
        assertThat(lines).allSatisfy(line -> assertThatCode(() -> CommandLinesTest.parse(line.split(" +")))
                .doesNotThrowAnyException());
    }

    @Test
    void everyCommandHasARow() throws IOException {
        Set<String> rows = new TreeSet<>(ROW.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList());
        assertThat(rows)
                .isEqualTo(new TreeSet<>(CommandLines.create().getSubcommands().values().stream()
                        .map(command -> command.getCommandName())
                        .toList()));
    }
}
