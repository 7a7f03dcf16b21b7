package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.Maintenance;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.ScriptFolder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * One line of four megabytes in any file: what grows with its square takes half a minute and more, what is linear a second.
 * Processor time is what counts, so that a busy machine makes no difference.
 */
class LongLinesTest {
    private static final int LENGTH = 4_000_000;
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(10);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final List<String> LINES = List.of(
            "# " + "x".repeat(LENGTH),
            "tables: {}" + " ".repeat(LENGTH) + "# x",
            "x".repeat(LENGTH) + ": y",
            "a: '" + "''".repeat(LENGTH / 2),
            "a: \"" + "\\\"".repeat(LENGTH / 2),
            "a: " + "[".repeat(LENGTH),
            "a: {" + "x: {".repeat(LENGTH / 4),
            "- ".repeat(LENGTH / 2),
            "a: &b *b" + " *b".repeat(LENGTH / 3),
            "--- ".repeat(LENGTH / 4));

    private static void within(String what, Runnable work) {
        long begun = THREADS.getCurrentThreadCpuTime();
        work.run();
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begun))
                .as(what)
                .isLessThan(FAR_TOO_LONG);
    }

    private static void read(Consumer<TextFile> reader, String name) {
        for (String line : LINES) {
            within(name + ": " + line.substring(0, 20), () -> {
                try {
                    reader.accept(new TextFile(name, line + "\n"));
                } catch (SchemajobException e) {
                    assertThatCode(e::getMessage).doesNotThrowAnyException();
                }
            });
        }
    }

    @Test
    void inSchemaYaml() {
        read(SchemaYaml::read, "schema.yaml");
    }

    @Test
    void inImportYaml() {
        read(ImportMapping::read, "import.yaml");
    }

    @Test
    void inMaintenanceAndScripts() {
        read(Maintenance::of, "maintenance.sql");
        List<String> texts = List.of(
                "--" + "x".repeat(LENGTH),
                "/*".repeat(LENGTH / 2),
                "SELECT '" + "''".repeat(LENGTH / 2),
                "SELECT $" + "a$".repeat(LENGTH / 2),
                "SELECT " + "(".repeat(LENGTH),
                "SET " + "a.".repeat(LENGTH / 2),
                "-- schemajob: " + "no-transaction ".repeat(LENGTH / 15),
                "E'" + "\\'".repeat(LENGTH / 2));
        for (String text : texts) {
            within("script: " + text.substring(0, 10), () -> {
                try {
                    ScriptParser.parse(new Script(new TextFile("001_x.up.sql", text), "001_x.up.sql", 0));
                } catch (SchemajobException e) {
                    assertThatCode(e::getMessage).doesNotThrowAnyException();
                }
            });
        }
    }

    @Test
    void inABundle() {
        for (String line : LINES) {
            ScriptFolder folder =
                    ScriptFolder.create().with("bundle.yaml", line).with("001_x.up.sql", "SELECT 1;");
            within("bundle.yaml: " + line.substring(0, 20), () -> {
                try {
                    BundleLoader.load(folder.path().toString());
                } catch (SchemajobException e) {
                    assertThatCode(e::getMessage).doesNotThrowAnyException();
                }
            });
        }
    }
}
