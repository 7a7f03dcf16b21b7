package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Pod templates: what quarkus-kubernetes has made of {@code src/kubernetes/application-kubernetes.properties}, with the
 * names of a bundle, and with what the extension has no words for.
 */
final class Pods {
    private static final String BASE_BUNDLE = "agent-executor";
    private static final String SECURITY =
            """
            allowPrivilegeEscalation: false
            capabilities: {drop: [ALL]}
            readOnlyRootFilesystem: true
            """;
    private static final String TMP =
            """
            name: tmp
            emptyDir: {medium: Memory, sizeLimit: 64Mi}
            """;
    private static final String TOKEN =
            """
            name: vault-token
            projected:
              defaultMode: 288 # 0440
              sources:
                - serviceAccountToken: {audience: vault, expirationSeconds: 600, path: token}
            """;

    private final ObjectNode base;
    private final Deployment deployment;

    /**
     * Templates for a bundle.
     *
     * @param base the Job of quarkus-kubernetes
     */
    Pods(ObjectNode base, Deployment deployment) {
        this.base = base;
        this.deployment = deployment;
    }

    /** A pod with our container alone. */
    ObjectNode template(String component, String container, String... args) {
        ObjectNode spec = frame();
        spec.putArray("containers").add(container(container, args));
        spec.putArray("volumes").add(KubernetesYaml.object(TMP)).add(KubernetesYaml.object(TOKEN));
        return template(component, container, spec);
    }

    /** An init container of ours that writes the connection, and a container with pg_dump that reads it. */
    ObjectNode backupTemplate(int major) {
        ObjectNode spec = frame();
        ObjectNode init = container("vault-init", "credentials", "--file", "/credentials/pg_env.sh");
        mounts(init).add(mount("credentials", "/credentials", false));
        spec.putArray("initContainers").add(init);
        spec.putArray("containers").add(dumper(major));
        spec.putArray("volumes")
                .add(KubernetesYaml.object(TMP))
                .add(KubernetesYaml.object(TOKEN))
                .add(KubernetesYaml.object("{name: credentials, emptyDir: {medium: Memory, sizeLimit: 1Mi}}"))
                .add(KubernetesYaml.object("{name: script, configMap: {name: %s-backup-script}}", deployment.bundle()))
                .add(KubernetesYaml.object(
                        "{name: backups, persistentVolumeClaim: {claimName: %s-backups}}", deployment.bundle()));
        return template("backup", "backup", spec);
    }

    /** A pod with our container and two volumes more, which are claims that it has at paths of their names. */
    ObjectNode template(String component, String container, List<Claim> claims, String... args) {
        ObjectNode template = template(component, container, args);
        ObjectNode ours = (ObjectNode) template.at("/spec/containers/0");
        for (Claim claim : claims) {
            mounts(ours).add(mount(claim.volume(), "/" + claim.volume(), claim.readOnly()));
            ObjectNode volume = KubernetesYaml.object(
                    "{name: %s, persistentVolumeClaim: {claimName: %s}}", claim.volume(), claim.name());
            if (claim.readOnly()) {
                ((ObjectNode) volume.get("persistentVolumeClaim")).put("readOnly", true);
            }
            ((ArrayNode) template.at("/spec/volumes")).add(volume);
        }
        return template;
    }

    /**
     * A claim in a pod.
     *
     * @param volume name of the volume, and of the folder at the root
     * @param name of the PersistentVolumeClaim
     * @param readOnly of the volume and not only of the mount: then the kubelet leaves the owner of its files alone
     */
    record Claim(String volume, String name, boolean readOnly) {}

    /** Sets when the run is to end by itself. */
    static void deadline(ObjectNode template, int seconds) {
        template.at("/spec/containers/0/env").forEach(variable -> {
            if (variable.get("name").asText().equals("SCHEMAJOB_DEADLINE")) {
                ((ObjectNode) variable).put("value", seconds + "s");
            }
        });
    }

    /** Gives a pod with our container alone a ConfigMap, at the path of its volume's name. */
    static void configMap(ObjectNode template, String volume, String name) {
        mounts((ObjectNode) template.at("/spec/containers/0")).add(mount(volume, "/" + volume, true));
        ((ArrayNode) template.at("/spec/volumes"))
                .add(KubernetesYaml.object("{name: %s, configMap: {name: %s}}", volume, name));
    }

    private ObjectNode dumper(int major) {
        List<String> tables =
                deployment.tables().stream().map(table -> "public." + table).toList();
        ObjectNode container = KubernetesYaml.object(
                """
                name: backup
                image: postgres:%d
                imagePullPolicy: IfNotPresent
                command: [sh, /scripts/backup.sh]
                env:
                  - {name: PG_ENV_FILE, value: /credentials/pg_env.sh}
                  - {name: BACKUP_DIR, value: /backups}
                  - {name: BACKUP_NAME, value: %s}
                  - {name: BACKUP_TABLES, value: %s}
                  - {name: RETENTION_DAYS, value: "30"}
                resources:
                  requests: {cpu: 100m, memory: 128Mi, ephemeral-storage: 16Mi}
                  limits: {cpu: "1", memory: 512Mi, ephemeral-storage: 128Mi}
                """,
                major, deployment.bundle(), String.join(" ", tables));
        complete(container)
                .add(mount("credentials", "/credentials", true))
                .add(mount("script", "/scripts", true))
                .add(mount("backups", "/backups", false));
        return container;
    }

    private ObjectNode template(String component, String container, ObjectNode spec) {
        ObjectNode template = KubernetesYaml.object(
                """
                metadata:
                  labels:
                    app.kubernetes.io/name: schemajob
                    app.kubernetes.io/instance: %s
                    app.kubernetes.io/component: %s
                    sidecar.istio.io/inject: "false"
                  annotations:
                    kubectl.kubernetes.io/default-container: %s
                    linkerd.io/inject: disabled
                """,
                deployment.bundle(), component, container);
        template.set("spec", spec);
        return template;
    }

    private ObjectNode frame() {
        JsonNode generated = base.at("/spec/template/spec");
        ObjectNode spec = KubernetesYaml.object("{automountServiceAccountToken: false, enableServiceLinks: false}");
        spec.set("restartPolicy", generated.get("restartPolicy"));
        spec.put("serviceAccountName", ours(generated.get("serviceAccountName").asText()));
        spec.put("terminationGracePeriodSeconds", 60);
        ObjectNode security = generated.get("securityContext").deepCopy();
        security.putObject("seccompProfile").put("type", "RuntimeDefault");
        spec.set("securityContext", security);
        return spec;
    }

    private ObjectNode container(String name, String... args) {
        ObjectNode container = base.at("/spec/template/spec/containers/0").deepCopy();
        container.put("name", name);
        ArrayNode arguments = container.putArray("args");
        List.of(args).forEach(arguments::add);
        container.get("env").forEach(variable -> ((ObjectNode) variable)
                .put("value", ours(variable.get("value").asText())));
        ((ObjectNode) container.at("/resources/requests")).put("ephemeral-storage", "16Mi");
        ((ObjectNode) container.at("/resources/limits")).put("ephemeral-storage", "128Mi");
        complete(container).add(mount("vault-token", "/var/run/secrets/kubernetes.io/serviceaccount", true));
        return container;
    }

    /** Adds what every container has and returns its mounts. */
    private static ArrayNode complete(ObjectNode container) {
        container.remove("volumeMounts");
        container.set("securityContext", KubernetesYaml.object(SECURITY));
        container.put("terminationMessagePath", "/dev/termination-log");
        container.put("terminationMessagePolicy", "FallbackToLogsOnError");
        return container.putArray("volumeMounts").add(mount("tmp", "/tmp", false));
    }

    private static ArrayNode mounts(ObjectNode container) {
        return (ArrayNode) container.get("volumeMounts");
    }

    private static ObjectNode mount(String volume, String path, boolean readOnly) {
        ObjectNode mount = KubernetesYaml.object("{name: %s, mountPath: %s}", volume, path);
        return readOnly ? mount.put("readOnly", true) : mount;
    }

    private String ours(String text) {
        return text.replace(BASE_BUNDLE, deployment.bundle());
    }
}
