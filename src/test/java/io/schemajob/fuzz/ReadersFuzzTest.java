package io.schemajob.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is in a file, a variable or a message: it is read, or refused with a documented code, in bounded time. Inputs are made from
 * the built-in bundles and {@code src/test/resources/fuzz}, which also holds every input that was answered wrongly once. {@code -Dschemajob.inputs=10000000}
 * tries more than {@code mvn verify} does, {@code -Dschemajob.readers='URL|MESSAGE'} some readers alone, {@code -Dschemajob.seed=} others.
 */
class ReadersFuzzTest {
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");
    private static final Path BUNDLES = Path.of("src/main/resources/bundles");
    private static final String READERS = System.getProperty("schemajob.readers", ".*");
    private static final int INPUTS = Integer.getInteger("schemajob.inputs", 10_000);

    /** One in how many inputs is not tamed. */
    private static final int WILD = 100;

    /** Inputs have 32 kB at most; most need some microseconds. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final Path MEMORY = Path.of("/dev/shm");

    /** Of a file for each input, in memory where that can be had. */
    Path folder;

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, "fuzz") : TemporaryFolders.create("fuzz");
    }

    @AfterEach
    void clean() throws IOException {
        TemporaryFolders.delete(folder);
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 12, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isReadOrRefused(FuzzedReader reader) throws IOException {
        Assumptions.assumeTrue(reader.name().matches(READERS));
        List<byte[]> seeds = seeds(reader);
        seeds.forEach(seed -> answer(reader, seed));
        long seed = Long.getLong("schemajob.seed", 20_261_129L);
        InputMutator inputs = new InputMutator(seeds, seed);
        long begin = System.nanoTime();
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = inputs.next();
            refused += answer(reader, i % WILD == 0 ? input : reader.tamed(input)) ? 0 : 1;
        }
        System.out.printf(
                "%s: %,d inputs of seed %d, %,d refused, %d ms%n",
                reader, INPUTS, seed, refused, (System.nanoTime() - begin) / 1_000_000);
        assertThat(refused).as("inputs are neither all right nor all wrong").isLessThan(INPUTS);
    }

    private static List<byte[]> seeds(FuzzedReader reader) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        PathMatcher shipped = FileSystems.getDefault().getPathMatcher("glob:" + reader.ofBundles());
        try (Stream<Path> kept = Files.list(CORPUS.resolve(reader.name().toLowerCase(java.util.Locale.ROOT)));
                Stream<Path> bundles = Files.walk(BUNDLES)) {
            List<Path> files = Stream.concat(
                            kept,
                            bundles.filter(Files::isRegularFile)
                                    .filter(file -> shipped.matches(BUNDLES.relativize(file))))
                    .sorted()
                    .toList();
            for (Path file : files) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    /** Returns whether it was read. */
    private boolean answer(FuzzedReader reader, byte[] input) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try {
            reader.read(input, folder);
            return true;
        } catch (SchemajobException e) {
            if (!reader.refusesWith(e.failure()) || e.failure().message().length() > 5_000) {
                throw failed(reader, input, e);
            }
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw failed(reader, input, e);
        } finally {
            if (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin > LONGEST_NANOS) {
                throw failed(reader, input, new IllegalStateException("takes too long"));
            }
        }
    }

    /** Keeps the input, to be moved to the others. */
    private static AssertionError failed(FuzzedReader reader, byte[] input, Throwable e) {
        try {
            Path kept = Files.createTempFile(Files.createDirectories(Path.of("target/fuzz")), reader.name(), ".input");
            Files.write(kept, input);
            return new AssertionError(reader + " fails on " + kept + ": " + e, e);
        } catch (IOException io) {
            return new AssertionError(io);
        }
    }
}
