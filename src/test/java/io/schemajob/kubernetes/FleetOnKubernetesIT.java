package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.database.lock.LockKeys;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.App;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet on Kubernetes: the Indexed Job as the chart and the manifests have it, run by {@link IndexedJob} as its controller
 * would, each pod a process with the container's own arguments, variables and ConfigMaps, on a real server.
 */
class FleetOnKubernetesIT {
    private static final List<String> TENANTS =
            IntStream.rangeClosed(1, 12).mapToObj("tenant_%02d"::formatted).toList();

    private static final String BUNDLE =
            """
            bundle:
              source: configMap
              files:
                migrations/001_items.up.sql: "CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items VALUES (1);"
                migrations/002_more.up.sql: "SELECT pg_sleep(0.05); INSERT INTO items VALUES (2);"
            """;

    private final Postgres.Database database = Postgres.version(16).createDatabase();

    @TempDir
    Path folder;

    @Test
    void everyTargetIsDoneOnceAndTheNextRunDoesNothing() throws IOException {
        FleetRelease release =
                listed("fleet.shards=3", "fleet.parallelism=2", "fleet.parallelTargets=2", "fleet.canary.count=2");
        App.Result canary = release.canary();
        assertThat(canary.exitCode()).as(canary.text()).isZero();
        Set<String> first = FleetRelease.targets(canary);
        assertThat(first).hasSize(2);
        assertThat(migrated()).isEqualTo(first);

        IndexedJob.Status status = release.run();
        assertThat(status.condition()).as(texts(release)).isEqualTo("Complete");
        assertThat(status.completedIndexes()).containsExactly(0, 1, 2);
        partitioned(release);
        assertThat(applied(release)).isEqualTo(2 * (TENANTS.size() - first.size()));
        everyTargetIsDoneOnce();

        assertThat(release.run().condition()).isEqualTo("Complete");
        partitioned(release);
        assertThat(applied(release)).isZero();
        everyTargetIsDoneOnce();
    }

    /** Its index fails at once and is not retried; all other targets are done, also those of its index. */
    @Test
    void aBrokenTargetFailsItsIndexAlone() throws IOException {
        database.execute("CREATE SCHEMA tenant_05; CREATE TABLE tenant_05.items (n int)");
        FleetRelease release = listed("fleet.shards=3", "fleet.parallelism=2");
        IndexedJob.Status status = release.run();
        assertThat(status.condition()).isEqualTo("Failed");
        assertThat(status.reason()).isEqualTo("FailedIndexes");
        partitioned(release);
        int broken = release.shares().entrySet().stream()
                .filter(share -> share.getValue().contains("tenant_05"))
                .findFirst()
                .orElseThrow()
                .getKey();
        assertThat(status.failedIndexes()).containsExactly(broken);
        assertThat(status.exitCodes(broken)).hasSize(1);
        String message = release.results().get(broken).termination();
        assertThat(message).contains("tenant_05 (65 HISTORY_INVALID").hasSizeLessThanOrEqualTo(4096);
        Set<String> others = new TreeSet<>(TENANTS);
        others.remove("tenant_05");
        assertThat(migrated()).isEqualTo(others);

        database.execute("DROP TABLE tenant_05.items");
        assertThat(release.run().condition()).as(texts(release)).isEqualTo("Complete");
        assertThat(applied(release)).isEqualTo(2);
        everyTargetIsDoneOnce();
    }

    /** With targets from a query on the database of the Secret. */
    @Test
    void whatARetryCanCureIsRetriedAndDone() throws IOException {
        database.execute("CREATE TABLE tenants (slug text); INSERT INTO tenants SELECT 'tenant_' || to_char(n, 'FM00')"
                + " FROM generate_series(1, 12) n");
        FleetRelease release = chart(
                "{query: 'SELECT slug AS schema, slug AS name FROM tenants ORDER BY slug'}",
                "fleet.shards=2",
                "settings.lockWait=200ms");
        try (OtherSession holder = OtherSession.of(database)) {
            holder.execute("SELECT pg_advisory_lock("
                    + LockKeys.of(database.name(), "tenant_03").job() + ")");
            IndexedJob.Status status = release.run(active -> {
                if (release.tries().containsValue(2)) {
                    holder.execute("SELECT pg_advisory_unlock_all()");
                }
            });
            assertThat(status.condition()).as(texts(release)).isEqualTo("Complete");
            assertThat(status.pods())
                    .filteredOn(pod -> pod.exitCode() == 75)
                    .singleElement()
                    .satisfies(pod -> {
                        assertThat(pod.action()).isEqualTo("Count");
                        assertThat(status.exitCodes(pod.index())).containsExactly(75, 0);
                        assertThat(release.shares().get(pod.index())).contains("tenant_03");
                    });
        }
        everyTargetIsDoneOnce();
    }

    /** Each pod meets the same broken targets: without a limit all would run, one after the other. */
    @Test
    void tooManyFailedIndexesEndTheJobEarly() throws IOException {
        for (String tenant : TENANTS) {
            database.execute("CREATE SCHEMA %1$s; CREATE TABLE %1$s.items (n int)".formatted(tenant));
        }
        FleetRelease release = listed(
                "fleet.shards=3",
                "fleet.parallelism=1",
                "fleet.maxFailedIndexes=0",
                "fleet.activeDeadlineSeconds=2000");
        IndexedJob.Status status = release.run();
        assertThat(status.condition()).isEqualTo("Failed");
        assertThat(status.reason()).isEqualTo("MaxFailedIndexesExceeded");
        assertThat(status.failedIndexes()).containsExactly(0);
        assertThat(status.pods()).hasSize(1);
    }

    @Test
    void theNextRunCompletesWhateverWasKilled() throws IOException {
        long seed = Long.getLong("schemajob.seed", System.nanoTime());
        System.out.printf("Pods are deleted at random; again with -Dschemajob.seed=%d%n", seed);
        FleetRelease release = listed("fleet.shards=3", "fleet.parallelism=3", "fleet.backoffLimitPerIndex=2");
        PodDeletions deletions = new PodDeletions(new Random(seed), 8, Duration.ofMillis(800));
        List<IndexedJob.Ended> ended = new ArrayList<>();
        while (deletions.left() > 0) {
            ended.addAll(release.run(deletions).pods());
        }
        System.out.println("Pods ended with "
                + ended.stream().map(IndexedJob.Ended::exitCode).toList());
        assertThat(ended).extracting(IndexedJob.Ended::exitCode).isSubsetOf(0, 137, 143);
        IndexedJob.Status status = release.run();
        assertThat(status.condition()).as(texts(release)).isEqualTo("Complete");
        everyTargetIsDoneOnce();
    }

    /** The manifests of bindu, with the login of their account to Vault; some of their shards are empty. */
    @Test
    void theManifestsRun() {
        Path manifests = GeneratedFiles.MANIFESTS.resolve("bindu/fleet");
        List<KubernetesObject> objects = new ArrayList<>();
        for (String part : List.of("targets", "canary", "")) {
            objects.addAll(ManifestsTest.applied(manifests.resolve(part)));
        }
        try (OpenBao bao = OpenBao.start();
                AgentExecutorVault vault = AgentExecutorVault.in(bao, "bindu")) {
            vault.store(database);
            FleetRelease release = new FleetRelease(
                    objects, folder, app -> ManifestRunIT.local(app, vault).env("PGSSLMODE", "prefer"));
            assertThat(release.canary().exitCode()).isZero();
            assertThat(rows("SELECT count(*) FROM pg_tables WHERE tablename = 'task_feedback'"))
                    .containsExactly("1");
            IndexedJob.Status status = release.run();
            assertThat(status.condition()).as(texts(release)).isEqualTo("Complete");
            assertThat(status.completedIndexes()).hasSize(4);
        }
        assertThat(rows("SELECT schemaname FROM pg_tables WHERE tablename = 'task_feedback' ORDER BY 1"))
                .containsExactly("tenant_acme", "tenant_globex");
    }

    private FleetRelease listed(String... values) throws IOException {
        return chart(
                TENANTS.stream()
                        .map("{name: %1$s, schema: %1$s}"::formatted)
                        .collect(Collectors.joining(", ", "{list: [", "]}")),
                values);
    }

    private FleetRelease chart(String targets, String... values) throws IOException {
        Path file = Files.writeString(
                folder.resolve("values.yaml"),
                BUNDLE + "fleet: {enabled: true, targets: " + targets + "}\n"
                        + """
                        credentials: {source: secret, secret: {name: tenants-db}}
                        postgres: {sslmode: prefer}
                        serviceAccount: {create: true}
                        """);
        List<String> arguments = new ArrayList<>(List.of("-f", file.toString()));
        arguments.addAll(Helm.set(values));
        return new FleetRelease(
                Helm.of(4).objects("tenants", GeneratedFiles.CHART, arguments),
                folder,
                app -> app.secret(database.password()).env("DATABASE_URL", database.url()));
    }

    /** Each target was that of one index. */
    private static void partitioned(FleetRelease release) {
        List<String> all =
                release.shares().values().stream().flatMap(Set::stream).sorted().toList();
        assertThat(all).isEqualTo(TENANTS);
    }

    /** How many scripts the pods say to have applied. */
    private static int applied(FleetRelease release) {
        return release.results().values().stream()
                .mapToInt(FleetOnKubernetesIT::applied)
                .sum();
    }

    private static int applied(App.Result result) {
        try {
            return new ObjectMapper()
                    .readTree(result.termination())
                    .path("applied")
                    .asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> migrated() {
        return new TreeSet<>(rows("SELECT schemaname FROM pg_tables WHERE tablename = 'flyway_schema_history'"));
    }

    private void everyTargetIsDoneOnce() {
        assertThat(TENANTS).allSatisfy(tenant -> {
            assertThat(rows("SELECT version, success FROM %s.flyway_schema_history ORDER BY installed_rank"
                            .formatted(tenant)))
                    .containsExactly("001|t", "002|t");
            assertThat(rows("SELECT id FROM %s.items ORDER BY id".formatted(tenant)))
                    .containsExactly("1", "2");
        });
    }

    private List<String> rows(String sql) {
        try (OtherSession eye = OtherSession.of(database)) {
            return eye.rows(sql);
        }
    }

    private static String texts(FleetRelease release) {
        return release.results().entrySet().stream()
                .map((Map.Entry<Integer, App.Result> result) ->
                        "index " + result.getKey() + ":\n" + result.getValue().text())
                .collect(Collectors.joining("\n"));
    }
}
