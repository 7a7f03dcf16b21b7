package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Whom the pods may talk to: DNS, Vault and PostgreSQL, and nobody to them. */
record Networks(Deployment deployment) {
    ObjectNode spec() {
        return KubernetesYaml.object(
                """
                podSelector:
                  matchLabels:
                    app.kubernetes.io/name: schemajob
                    app.kubernetes.io/instance: %s
                policyTypes: [Ingress, Egress]
                ingress: []
                egress:
                  - ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
                    to:
                      - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
                  - ports: [{port: 8200, protocol: TCP}]
                    to:
                      - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: bizmatters-dev}}
                        podSelector: {matchLabels: {app: vault}}
                  - ports: [{port: 5432, protocol: TCP}]
                    to:
                      - podSelector: {matchLabels: {app: postgres}}
                """,
                deployment.bundle());
    }
}
