package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a team does the day after its database was taken over: a new migration, its check, up, and back. */
final class TakenOver {
    private static final String UP = "ALTER TABLE items ADD stock int;\n";
    private static final String DOWN = "ALTER TABLE items DROP stock;\n";

    private TakenOver() {}

    /**
     * Walks on from a database at the newest version of a folder of its own, and ends there.
     *
     * @return paths of the new scripts
     */
    static List<String> goesOn(Cli cli) {
        cli.database().server().superuserExecute("ALTER ROLE " + cli.database().user() + " CREATEDB");
        List<String> before = tables(cli);
        String version = cli.prints("current").strip();
        List<String> files = fill(cli);
        App.Result checked = cli.app("check", "--write").run();
        assertThat(checked.exitCode()).as(checked.text()).isZero();
        assertThat(checked.out()).contains("passed   the same again", "passed   declared");
        assertThat(cli.app("check").run().exitCode()).isZero();

        cli.succeeds("migrate");
        assertThat(cli.succeeds("verify").out()).contains("verified successfully");
        assertThat(tables(cli)).anyMatch(line -> line.contains("stock"));
        cli.succeeds("rollback", "-1", "--yes");
        assertThat(tables(cli)).isEqualTo(before);
        assertThat(cli.prints("current").strip()).isEqualTo(version);
        return files;
    }

    private static List<String> fill(Cli cli) {
        List<String> files = cli.prints("new", "Add stock")
                .lines()
                .filter(line -> line.endsWith(".sql"))
                .toList();
        Path folder = Path.of(cli.bundle());
        try {
            Path up = folder.resolve(files.get(0));
            if (files.size() == 2) {
                Files.writeString(up, UP);
                Files.writeString(folder.resolve(files.get(1)), DOWN);
            } else {
                String marks = Files.readString(up);
                assertThat(marks).containsPattern("-- (\\+goose Down|migrate:down)");
                Files.writeString(up, marks.replaceFirst("-- (\\+goose Down|migrate:down)", UP + "$0\n" + DOWN));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static List<String> tables(Cli cli) {
        return CatalogText.withoutHistory(cli.database());
    }
}
