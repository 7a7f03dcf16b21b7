package io.schemajob.bundle.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.bundle.script.Version;
import io.schemajob.testing.ScriptFolder;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** New versions for scripts that another branch has overtaken: by names alone, and never over another file. */
class RenumberingTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 29, 10, 0);

    private static Map<String, String> moves(String newest, String... own) {
        Map<String, String> moves = new LinkedHashMap<>();
        Renumbering.plan(List.of(own), Version.of(newest), NOW).forEach(step -> moves.putAll(step.files()));
        return moves;
    }

    @Test
    void onlyWhatIsOvertakenAndWhatThatOvertakes() {
        assertThat(moves("002", "003_a.up.sql", "004_b.up.sql")).isEmpty();
        assertThat(moves("004", "003_a.up.sql", "003_a.down.sql", "009_b.up.sql"))
                .containsExactly(
                        Map.entry("003_a.down.sql", "005_a.down.sql"), Map.entry("003_a.up.sql", "005_a.up.sql"));
        assertThat(moves("004", "003_a.up.sql", "005_b.up.sql"))
                .containsExactly(Map.entry("003_a.up.sql", "005_a.up.sql"), Map.entry("005_b.up.sql", "006_b.up.sql"));
    }

    /** A down script that another branch's script lacked keeps the version of that. */
    @Test
    void aDownScriptAloneStays() {
        assertThat(moves("004", "migrations/002_a.down.sql", "U3__b.sql")).isEmpty();
    }

    @Test
    void datesBecomeToday() {
        assertThat(moves("20261128_0002", "migrations/V20261127_0001__a.sql", "migrations/U20261127_0001__a.sql"))
                .containsOnly(
                        Map.entry("migrations/V20261127_0001__a.sql", "migrations/V20261129_0001__a.sql"),
                        Map.entry("migrations/U20261127_0001__a.sql", "migrations/U20261129_0001__a.sql"));
    }

    @Test
    void filesAreRenamedAllOrNone() {
        ScriptFolder folder = ScriptFolder.create()
                .with("003_x.up.sql", "3")
                .with("004_x.up.sql", "4")
                .with("006_x.up.sql", "6");
        FileMoves moves = new FileMoves(folder.path());
        Map<String, String> taken = new LinkedHashMap<>();
        taken.put("006_x.up.sql", "004_x.up.sql");
        taken.put("003_x.up.sql", "005_x.up.sql");
        assertThatThrownBy(() -> moves.move(taken, List.of())).hasMessageContaining("004_x.up.sql");
        assertThat(folder.read("003_x.up.sql")).isEqualTo("3");

        Map<String, String> chain = new LinkedHashMap<>();
        chain.put("003_x.up.sql", "004_x.up.sql");
        chain.put("004_x.up.sql", "005_x.up.sql");
        new FileMoves(folder.path()).move(chain, List.of());
        assertThat(folder.read("004_x.up.sql")).isEqualTo("3");
        assertThat(folder.read("005_x.up.sql")).isEqualTo("4");
        assertThat(Files.exists(folder.path().resolve("003_x.up.sql"))).isFalse();
    }
}
