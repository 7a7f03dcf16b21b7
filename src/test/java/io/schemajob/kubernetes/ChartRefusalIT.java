package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that cannot work are refused when the chart is rendered, with a reason that names the value. */
class ChartRefusalIT {
    @TempDir
    Path folder;

    private static Map<String, List<String>> refused() {
        Map<String, List<String>> refused = new LinkedHashMap<>();
        refused.put("hooks.mode=both", List.of("/hooks/mode", "must be one of 'helm', 'argocd', 'none'"));
        refused.put("hook.mode=helm", List.of("additional properties 'hook' not allowed"));
        refused.put("image.tga=1", List.of("/image", "additional properties 'tga' not allowed"));
        refused.put("image.digest=sha256:1", List.of("/image/digest", "does not match pattern"));
        refused.put("job.deadlineSeconds=5m", List.of("/job/deadlineSeconds", "got string, want integer"));
        refused.put("job.deadlineSeconds=280", List.of("job.activeDeadlineSeconds (280) has to be above"));
        refused.put(
                "maintenance.deadlineSeconds=9999",
                List.of("maintenance.activeDeadlineSeconds (3600) has to be above"));
        refused.put("job.ttlSecondsAfterFinished=60", List.of("for hooks.mode=none only"));
        refused.put("rollback.enabled=true", List.of("rollback.enabled needs rollback.target"));
        refused.put("rollback.enabled=true,rollback.target=x-1", List.of("/rollback/target", "does not match pattern"));
        refused.put("enabled=false", List.of("/enabled", "value must be true"));
        refused.put("bundle.source=git", List.of("/bundle/source", "must be one of"));
        refused.put("bundle.source=configMap", List.of("needs either bundle.files or bundle.configMap"));
        refused.put("bundle.source=archive", List.of("needs either bundle.archive"));
        refused.put("bundle.source=path", List.of("needs bundle.path"));
        refused.put("bundle.source=image", List.of("needs bundle.image.reference"));
        refused.put("bundle.files.a\\.sql=x", List.of("bundle.files is given, but bundle.source is builtin"));
        refused.put("credentials.source=env", List.of("/credentials/source", "must be one of"));
        refused.put("credentials.source=secret", List.of("needs credentials.secret.name", "created after the hooks"));
        refused.put(
                "credentials.source=secret,credentials.secret.name=a,credentials.secret.keys.PGUSER=u",
                List.of("neither DATABASE_URL nor PGHOST"));
        refused.put(
                "credentials.source=secret,credentials.secret.name=a,credentials.secret.keys.PASSWORD=p",
                List.of("/credentials/secret/keys"));
        refused.put("credentials.source=file", List.of("needs credentials.file.host"));
        refused.put("credentials.vault.address=vault:8200", List.of("/credentials/vault/address"));
        refused.put("credentials.vault.address=https://u:p@vault", List.of("/credentials/vault/address"));
        refused.put("credentials.vault.role=", List.of("auth=kubernetes needs credentials.vault.role"));
        refused.put("credentials.vault.auth=approle", List.of("needs credentials.vault.roleId"));
        refused.put("postgres.sslmode=on", List.of("/postgres/sslmode"));
        refused.put("serviceAccount.name=", List.of("serviceAccount.name has to name an account"));
        refused.put("serviceAccount.create=true", List.of("would replace the application's own account"));
        refused.put("pod.extraEnv[0].name=PGPASSWORD,pod.extraEnv[0].value=x", List.of("missing property 'valueFrom'"));
        refused.put("backup.enabled=true,backup.tables=null", List.of("backup.enabled needs backup.tables"));
        refused.put("backup.schedule=daily", List.of("/backup/schedule"));
        refused.put("backup.image.major=9", List.of("/backup/image/major", "minimum"));
        refused.put("backup.tables[0]=a b", List.of("/backup/tables/0"));
        refused.put("import.enabled=true", List.of("needs import.source.claim"));
        String source = "import.enabled=true,import.source.claim=data";
        refused.put(source + ",import.suspend=false", List.of("runs before the claim of import.claim.create is there"));
        refused.put(source + ",import.claim.name=data", List.of("are both data"));
        refused.put(
                source + ",rollback.enabled=true,rollback.target=base", List.of("does not go with rollback.enabled"));
        refused.put(source + ",import.file=../agents.db", List.of("/import/file", "does not match pattern"));
        refused.put("import.source.subPath=/db", List.of("/import/source/subPath"));
        refused.put("import.rejects=a/b", List.of("/import/rejects"));
        refused.put("import.timeoutSeconds=420", List.of("import.timeoutSeconds (420) has to be below"));
        refused.put("import.deadlineSeconds=900", List.of("below import.activeDeadlineSeconds (900)"));
        refused.put("fleet.enabled=true", List.of("needs exactly one of fleet.targets.list", "given: none"));
        String fleet = "fleet.enabled=true,fleet.targets.configMap=tenants";
        refused.put(
                fleet + ",fleet.targets.query=SELECT", List.of("given: fleet.targets.configMap, fleet.targets.query"));
        refused.put(fleet + ",fleet.shards=9", List.of("fleet.deadlineSeconds (600) times 3: 9 shards, 4 at once"));
        refused.put(
                fleet + ",fleet.maxFailedIndexes=9", List.of("fleet.maxFailedIndexes (9) is above fleet.shards (8)"));
        refused.put(fleet + ",fleet.canary.count=1,fleet.canary.only[0]=acme", List.of("are both given"));
        refused.put(fleet + ",fleet.canary.count=1,hooks.mode=none", List.of("fleet.canary needs hooks"));
        refused.put(
                fleet + ",rollback.enabled=true,rollback.target=base",
                List.of("rollback.enabled does not go with fleet.enabled"));
        refused.put(fleet + "," + source, List.of("import.enabled does not go with fleet.enabled"));
        refused.put(fleet + ",backup.enabled=true", List.of("backup.enabled does not go with fleet.enabled"));
        refused.put(fleet + ",maintenance.enabled=true", List.of("maintenance.enabled does not go with fleet.enabled"));
        refused.put(fleet + ",credentials.vault.secret=", List.of("credentials.vault.secret, the path of a KV secret"));
        refused.put(
                "fleet.enabled=true,fleet.targets.vault=kv/tenants/,credentials.source=secret,credentials.secret.name=a",
                List.of("fleet.targets.vault needs credentials.source=vault"));
        refused.put("fleet.enabled=true,fleet.targets.list[0].name=a b", List.of("/fleet/targets/list/0/name"));
        refused.put("fleet.enabled=true,fleet.targets.list[0].schema=a", List.of("missing property 'name'"));
        refused.put("fleet.shards=0", List.of("/fleet/shards", "minimum"));
        refused.put("fleet.parallelTargets=65", List.of("/fleet/parallelTargets", "maximum"));
        refused.put("fleet.targets.vault=/kv", List.of("/fleet/targets/vault"));
        refused.put("pod.user=0", List.of("/pod/user", "minimum"));
        return refused;
    }

    @Test
    void saysWhichValueAndWhy() {
        List<Helm> helms = Helm.both();
        refused().entrySet().parallelStream().forEach(entry -> {
            for (Helm helm : helms) {
                Tool.Result result = helm.template("x", GeneratedFiles.CHART, Helm.agentExecutor(entry.getKey()));
                assertThat(result.exitCode()).as(entry.getKey()).isNotZero();
                assertThat(result.error()).contains(entry.getValue());
            }
        });
    }

    /** The default values create nobody's tables: they ask for the bundle, and then for credentials and an account. */
    @Test
    void asksWhichBundle() {
        List<String> values = new ArrayList<>();
        for (Helm helm : Helm.both()) {
            values.clear();
            assertThat(refusal(helm, values))
                    .contains("Name the bundle: the chart has none by default")
                    .contains("bundle.source=path and bundle.path", "bundle.source=configMap", "set bundle.name")
                    .contains("agent-executor, agent-platform, bindu, minion")
                    .contains("credentials.vault.address, role and secret", "credentials.secret.name")
                    .contains("serviceAccount.create=true");
            values.addAll(Helm.set("bundle.source=path", "bundle.path=/bundles/orders"));
            assertThat(refusal(helm, values)).contains("needs credentials.vault.address and credentials.vault.secret");
            values.addAll(Helm.set("credentials.source=secret", "credentials.secret.name=orders-db"));
            assertThat(refusal(helm, values)).contains("serviceAccount.name has to name an account");
            values.addAll(Helm.set("serviceAccount.create=true"));
            assertThat(helm.objects("orders", GeneratedFiles.CHART, values))
                    .extracting(KubernetesObject::id)
                    .contains("Job/orders-migration");
        }
    }

    private static String refusal(Helm helm, List<String> values) {
        Tool.Result result = helm.template("orders", GeneratedFiles.CHART, values);
        assertThat(result.exitCode()).isNotZero();
        return result.error().substring(result.error().lastIndexOf("Error: "));
    }

    @Test
    void refusesMoreSqlThanAConfigMapHolds() throws IOException {
        Path sql = folder.resolve("sql");
        Files.writeString(sql, "-- 456789\n".repeat(45_001));
        Path archive = folder.resolve("archive");
        Files.writeString(archive, "A".repeat(900_001));
        for (Helm helm : Helm.both()) {
            List<String> files = new ArrayList<>(Helm.agentExecutor("bundle.source=configMap"));
            files.addAll(List.of("--set-file", "bundle.files.001_a\\.up\\.sql=" + sql));
            assertThat(helm.template("x", GeneratedFiles.CHART, files).exitCode())
                    .isZero();
            files.addAll(List.of("--set-file", "bundle.files.002_a\\.up\\.sql=" + sql));
            assertThat(helm.template("x", GeneratedFiles.CHART, files).error())
                    .contains("bundle.files has 9000", "no more than 900 kB", "put the SQL into an image");
            List<String> packed = new ArrayList<>(Helm.agentExecutor("bundle.source=archive"));
            packed.addAll(List.of("--set-file", "bundle.archive=" + archive));
            assertThat(helm.template("x", GeneratedFiles.CHART, packed).error())
                    .contains("bundle.archive has 900001", "no more than 900 kB");
        }
    }

    @Test
    void refusesAnImageAsAVolumeWhereThereAreNone() {
        List<String> values =
                new ArrayList<>(Helm.agentExecutor("bundle.source=image", "bundle.image.reference=example/sql:1"));
        values.addAll(List.of("--kube-version", "1.30.0"));
        assertThat(Helm.of(4).template("x", GeneratedFiles.CHART, values).error())
                .contains("which Kubernetes v1.30.0 cannot")
                .contains("bundle.source=path");
    }
}
