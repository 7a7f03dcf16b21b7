package io.schemajob.catalog.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.diff.ModelKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/declared-schema.md names every kind, where it stands, each aspect that is compared, and since when. */
class KindTableTest {
    private static final String HEAD =
            "| class | where | compared | undeclared | covers | PostgreSQL |\n|---|---|---|---|---|---|\n";

    @Test
    void theDocsListWhatTheCodeCompares() throws IOException {
        String docs = Files.readString(Path.of("docs/declared-schema.md"));
        String table = Stream.concat(
                        Stream.of(ModelKind.values()).map(KindTableTest::row),
                        Kinds.ALL.stream().map(KindTableTest::row))
                .collect(Collectors.joining("\n"));
        assertThat(docs).contains(HEAD + table + "\n\n").containsOnlyOnce("| class |");
        assertThat(docs).contains(NotHeld.ALL.stream().map(NotHeld::words).collect(Collectors.joining(", ")));
    }

    private static String row(ModelKind kind) {
        return "| %s | %s | %s | %s | 1 | %s |"
                .formatted(
                        kind.kind(),
                        kind.places().stream().map(place -> "`" + place + "`").collect(Collectors.joining(", ")),
                        Stream.concat(Stream.of("existence"), kind.aspects().stream())
                                .collect(Collectors.joining(", ")),
                        kind.undeclared(),
                        since(kind.newer()));
    }

    private static String since(String newer) {
        return newer.isEmpty() ? "14" : "14; " + newer;
    }

    private static String row(ObjectKind kind) {
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        kind.settings() ? kind.noun() + " settings" : kind.noun(),
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
                        kind.onDemand() ? "`privileges`" : String.valueOf(kind.since()),
                        since(kind.newer()));
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

    /** What is compared is in the table: the comparisons name their aspects in the source. */
    @Test
    void everyAspectOfTheModelIsCompared() throws IOException {
        StringBuilder source = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/schemajob/catalog/diff"))) {
            for (Path file : files.filter(
                            file -> file.toString().endsWith("Diff.java") || file.endsWith("Findings.java"))
                    .toList()) {
                source.append(Files.readString(file));
            }
        }
        for (ModelKind kind : ModelKind.values()) {
            assertThat(kind.aspects()).allSatisfy(aspect -> assertThat(source).contains("\"" + aspect + "\""));
        }
    }
}
