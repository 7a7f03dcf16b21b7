package io.schemajob.catalog.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/declared-schema.md names every kind, where it stands, each aspect that is compared, and since when. */
class KindTableTest {
    @Test
    void theDocsListWhatTheCodeCompares() throws IOException {
        String docs = Files.readString(Path.of("docs/declared-schema.md"));
        String table = Kinds.ALL.stream().map(KindTableTest::row).collect(Collectors.joining("\n"));
        assertThat(docs)
                .contains("| class | where | compared | undeclared | covers |\n|---|---|---|---|---|\n" + table);
        assertThat(docs).contains(NotHeld.ALL.stream().map(NotHeld::words).collect(Collectors.joining(", ")));
    }

    private static String row(ObjectKind kind) {
        return "| %s | %s | %s | %s | %s |"
                .formatted(
                        kind.settings() ? "settings of a " + kind.noun() : kind.noun(),
                        kind.places().stream()
                                .map(place -> "`" + place.path() + "`")
                                .collect(Collectors.joining(", ")),
                        (kind.settings() ? "" : "existence, ")
                                + kind.aspects().stream()
                                        .map(aspect -> "`" + aspect.key() + "`")
                                        .collect(Collectors.joining(", ")),
                        kind instanceof CommentKind
                                ? "drift; see comments"
                                : switch (kind.undeclared()) {
                                    case DRIFT -> "drift";
                                    case STRICT_DRIFT ->
                                        kind.settings() ? "drift; see `settings`" : "warning, strict: drift";
                                    case WARNING -> "warning";
                                },
                        kind.onDemand() ? "`privileges`" : String.valueOf(kind.since()));
    }

    @Test
    void aKindHasItsOwnNameAndKeys() {
        assertThat(Kinds.ALL.stream().map(ObjectKind::noun)).doesNotHaveDuplicates();
        for (ObjectKind kind : Kinds.ALL) {
            assertThat(kind.aspects().stream().map(Aspect::key)).doesNotHaveDuplicates();
            assertThat(kind.since()).isBetween(2, Kinds.LEVEL);
            assertThat(kind.places()).isNotEmpty().isNotEqualTo(List.of());
        }
    }
}
