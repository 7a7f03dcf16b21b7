package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * The profile "restricted", rule by rule, and what the manifests promise beyond it.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security Standards</a>
 */
final class PodSecurity {
    private static final Set<String> VOLUMES = Set.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");
    private static final List<String> HOST = List.of("hostNetwork", "hostPID", "hostIPC");

    private PodSecurity() {}

    static void check(KubernetesObject object) {
        JsonNode spec = object.podSpec().orElseThrow();
        JsonNode security = spec.path("securityContext");
        assertThat(security.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(security.path("runAsUser").asInt()).isPositive();
        assertThat(security.path("runAsGroup").asInt()).isPositive();
        assertThat(security.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(security.has("sysctls")).isFalse();
        for (String name : HOST) {
            assertThat(spec.path(name).asBoolean()).as(name).isFalse();
        }
        for (JsonNode volume : spec.path("volumes")) {
            volume.fieldNames().forEachRemaining(name -> {
                if (!name.equals("name")) {
                    assertThat(VOLUMES).contains(name);
                }
            });
        }
        assertThat(object.containers()).isNotEmpty().allSatisfy(PodSecurity::container);
        assertThat(spec.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(spec.path("enableServiceLinks").asBoolean(true)).isFalse();
    }

    private static void container(JsonNode container) {
        JsonNode security = container.path("securityContext");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.path("privileged").asBoolean()).isFalse();
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(KubernetesObject.texts(security.at("/capabilities/drop"))).containsExactly("ALL");
        assertThat(security.at("/capabilities").has("add")).isFalse();
        assertThat(security.path("runAsNonRoot").asBoolean(true)).isTrue();
        assertThat(security.path("runAsUser").asInt(1)).isPositive();
        for (JsonNode port : container.path("ports")) {
            assertThat(port.path("hostPort").asInt()).isZero();
        }
        assertThat(container.path("resources").path("limits").has("memory")).isTrue();
    }
}
