package io.schemajob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.database.libpq.LibpqParameter;
import io.schemajob.database.libpq.LibpqParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of connection parameters in the docs says what the program does, which reads its own list. */
class ConnectionParametersPageTest {
    @Test
    void thePageHasEveryParameterAsItIsTreated() throws IOException {
        List<String> page = Files.readAllLines(Path.of("docs/configuration.md"));
        int head = page.indexOf("| parameter | variable | | what |");
        assertThat(page.subList(head + 2, page.size()).stream()
                        .takeWhile(line -> line.startsWith("|"))
                        .toList())
                .isEqualTo(LibpqParameters.ALL.stream()
                        .map(ConnectionParametersPageTest::row)
                        .toList());
    }

    static String row(LibpqParameter parameter) {
        String treatment = parameter.treatment().name().toLowerCase(Locale.ROOT);
        if (!parameter.harmless().isEmpty()) {
            treatment += ", but for "
                    + String.join(
                            ", ",
                            parameter.harmless().stream()
                                    .map(ConnectionParametersPageTest::code)
                                    .toList());
        }
        return "| %s | %s | %s | %s |"
                .formatted(code(parameter.keyword()), code(parameter.variable()), treatment, parameter.why());
    }

    private static String code(String name) {
        return name == null ? "–" : "`" + name + "`";
    }
}
