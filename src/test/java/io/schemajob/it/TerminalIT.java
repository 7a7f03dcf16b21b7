package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PseudoTerminal;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person sees at a terminal fits it; a pipe gets whole lines. */
class TerminalIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = Shop.golangMigrate()
            .with("migrations/004_words.up.sql", "-- title: x\nSELECT 1;\n")
            .with("migrations/005_a_name_of_many_words_that_is_longer_than_most_others_are.up.sql", "SELECT 1;\n");
    private final Cli cli = Cli.of(folder, database);

    private App.Result at(int columns, String... line) {
        return cli.app(line)
                .env("PATH", System.getenv("PATH"))
                .startedBy(PseudoTerminal.of(columns))
                .run();
    }

    private static int widest(List<String> lines) {
        return lines.stream().mapToInt(String::length).max().orElse(0);
    }

    @Test
    void tablesAreNoWiderThanTheTerminal() {
        cli.succeeds("migrate", "003");
        for (String command : List.of("info", "bundles", "settings", "usage")) {
            App.Result result = at(60, command, "--quiet");
            assertThat(result.exitCode()).as(result.text()).isZero();
            List<String> lines = result.out().lines().toList();
            assertThat(lines.get(0)).as(result.out()).matches("(Version|Bundle|Setting|Table) .*");
            assertThat(widest(lines)).as(result.out()).isLessThanOrEqualTo(60);
        }
        assertThat(at(60, "info", "-q").out().lines()).anyMatch(line -> line.contains("Current version: 003"));

        // A file or a program behind a pipe has no width.
        String piped = cli.prints("info");
        assertThat(piped).contains("a name of many words that is longer than most others are");
        assertThat(widest(piped.lines().toList())).isGreaterThan(100);
    }

    @Test
    void theTableOfDriftFitsToo() {
        cli.succeeds("migrate", "003");
        database.execute("ALTER TABLE orders DROP CONSTRAINT orders_item_fkey; ALTER TABLE items ADD CHECK (id <> 77)");
        folder.with("schema/003.yaml", folder.read("schema.yaml"));
        App.Result result = at(50, "verify");
        assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitStatus.VERIFICATION_FAILED.code());
        List<String> lines = result.out().lines().toList();
        int head = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("OBJECT"))
                .findFirst()
                .orElseThrow());
        assertThat(widest(lines.subList(head, head + 2))).isLessThanOrEqualTo(50);
    }

    @Test
    void quietTellsNoStepsAndAllThatIsWrong() {
        App.Result migrated = cli.app("-q", "migrate", "--no-verify").run();
        assertThat(migrated.exitCode()).as(migrated.text()).isZero();
        assertThat(migrated.text().lines().filter(line -> !line.startsWith("WARNING")))
                .isEmpty();
        database.execute("DROP TABLE orders");
        folder.with("schema.yaml", folder.read("schema.yaml"));
        App.Result drift = cli.fails(ExitStatus.VERIFICATION_FAILED, "verify", "-q");
        assertThat(drift.out()).contains("table orders").doesNotContain("==>");
        assertThat(cli.fails(ExitStatus.USAGE, "verify", "-q", "-v").err()).contains("contradict");
    }
}
