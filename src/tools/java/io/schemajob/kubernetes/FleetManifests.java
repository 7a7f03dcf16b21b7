package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The Jobs of a fleet, for a bundle whose service keeps a schema for each tenant: the targets, the canaries before all
 * others, and an Indexed Job with an index a shard. A tenant that no retry can cure fails its index, and no other.
 */
record FleetManifests(Manifests manifests) {
    private static final int SHARDS = 4;
    private static final int PARALLELISM = 2;
    private static final int PARALLEL_TARGETS = 2;
    private static final int TRIES = 3;
    private static final int DEADLINE = 600;
    private static final int ACTIVE_DEADLINE = 1500;
    private static final String COMPONENT = "fleet";
    private static final String CONTAINER = "migrate";

    void add() {
        manifests.alone("fleet/targets", "fleet-targets.yaml", targets());
        manifests.alone("fleet/canary", "canary-job.yaml", canary());
        manifests.alone("fleet", "fleet-job.yaml", fleet());
        manifests.put("fleet/argocd/fleet-targets.yaml", Manifests.preSync(targets(), Manifests.WAVE - 5));
        manifests.put("fleet/argocd/canary-job.yaml", Manifests.preSync(canary(), Manifests.WAVE - 1));
        manifests.put("fleet/argocd/fleet-job.yaml", Manifests.preSync(fleet(), Manifests.WAVE));
        manifests.kustomization("fleet/argocd/", "fleet-targets.yaml", "canary-job.yaml", "fleet-job.yaml");
        manifests.alone("fleet/verify", "verify-job.yaml", verify());
    }

    private ObjectNode targets() {
        ObjectNode targets = manifests.object("v1", "ConfigMap", name(), COMPONENT);
        targets.putObject("data")
                .put(
                        "targets.yaml",
                        """
                        targets:
                          - name: acme
                            schema: tenant_acme
                          - name: globex
                            schema: tenant_globex
                        """);
        return targets;
    }

    private String name() {
        return manifests.deployment().bundle() + "-fleet-targets";
    }

    private ObjectNode canary() {
        return reading(manifests.job(
                manifests.deployment().jobName() + "-canary", "canary", CONTAINER, line("migrate", "--canary", "1")));
    }

    /** One pod asks all targets. */
    private ObjectNode verify() {
        ObjectNode job = reading(
                manifests.job(manifests.deployment().jobName() + "-fleet-verify", "verify", "verify", line("verify")));
        Pods.deadline((ObjectNode) job.at("/spec/template"), DEADLINE);
        ((ObjectNode) job.get("spec")).put("activeDeadlineSeconds", ACTIVE_DEADLINE);
        return job;
    }

    private ObjectNode fleet() {
        ObjectNode job = reading(manifests.job(
                manifests.deployment().jobName() + "-fleet",
                COMPONENT,
                CONTAINER,
                line("migrate", "--shards", String.valueOf(SHARDS))));
        ObjectNode spec = (ObjectNode) job.get("spec");
        ObjectNode template = (ObjectNode) spec.get("template");
        Pods.deadline(template, DEADLINE);
        // Without backoffLimit, which would count the failures of all indexes.
        ObjectNode indexed = KubernetesYaml.object(
                "{completionMode: Indexed, completions: %d, parallelism: %d, backoffLimitPerIndex: %d,"
                        + " activeDeadlineSeconds: %d}",
                SHARDS, PARALLELISM, TRIES, ACTIVE_DEADLINE);
        indexed.set("podFailurePolicy", ExitCodes.policy(CONTAINER, "FailIndex"));
        indexed.set("template", template);
        job.set("spec", indexed);
        return job;
    }

    private static String[] line(String command, String... more) {
        List<String> line = new ArrayList<>(List.of(
                COMPONENT,
                command,
                "--targets",
                "/fleet/targets.yaml",
                "--parallel",
                String.valueOf(PARALLEL_TARGETS)));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    /** Gives the pod the file of the targets. */
    private ObjectNode reading(ObjectNode job) {
        Pods.configMap((ObjectNode) job.at("/spec/template"), COMPONENT, name());
        return job;
    }
}
