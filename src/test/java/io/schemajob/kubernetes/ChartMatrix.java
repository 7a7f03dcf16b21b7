package io.schemajob.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Combinations of values: every hook mode with every source of SQL with every source of credentials, and with them in turn
 * each of the other choices.
 *
 * @param name for messages
 * @param release its name
 * @param values YAML, to be merged in this order
 * @param external what the values say exists before the release
 */
record ChartMatrix(String name, String release, List<String> values, Set<String> external) {
    /** The longest that Helm takes. */
    static final String LONG_RELEASE = "a-release-with-the-longest-name-that-helm-takes-abcde";

    /**
     * A choice.
     *
     * @param values YAML
     * @param external what it says exists before
     */
    private record Choice(String values, String... external) {}

    /** What has no default. */
    private static final String NEEDED =
            """
            credentials: {vault: {address: 'https://vault.example.com:8200', role: orders, secret: kv/shop/orders/postgres}}
            serviceAccount: {name: orders-schema}
            backup: {tables: [flyway_schema_history, orders]}
            """;

    private static final Map<String, Choice> BUNDLES = new LinkedHashMap<>();
    private static final Map<String, Choice> CREDENTIALS = new LinkedHashMap<>();
    private static final Map<String, Choice> REST = new LinkedHashMap<>();

    static {
        BUNDLES.put("built in", new Choice("bundle: {name: minion}"));
        BUNDLES.put("path", new Choice("bundle: {source: path, path: /bundles/orders.tar.gz}"));
        BUNDLES.put("image", new Choice("bundle: {source: image, image: {reference: 'example/sql:1', path: sql}}"));
        BUNDLES.put(
                "files",
                new Choice("bundle: {source: configMap, files: {bundle.yaml: 'name: orders',"
                        + " migrations/001_a.up.sql: \"CREATE TABLE a ();\\n\"}}"));
        BUNDLES.put(
                "existing files",
                new Choice(
                        "bundle: {source: configMap, configMap: orders-sql, items: {a: migrations/001_a.up.sql}}",
                        "ConfigMap/orders-sql"));
        BUNDLES.put("archive", new Choice("bundle: {source: archive, archive: \"H4sIAAAA\\nAAAAAA==\"}"));
        BUNDLES.put(
                "existing archive",
                new Choice("bundle: {source: archive, configMap: orders-archive}", "ConfigMap/orders-archive"));

        CREDENTIALS.put("vault", new Choice("{}"));
        CREDENTIALS.put(
                "vault, all of it",
                new Choice(
                        """
                        credentials:
                          vault:
                            namespace: team
                            auth: jwt
                            authMount: clusters/a
                            databaseRole: database/creds/orders
                            audience: ""
                            ca: {configMap: vault-ca}
                        settings: {ownerRole: orders_owner}
                        """,
                        "ConfigMap/vault-ca"));
        CREDENTIALS.put(
                "approle",
                new Choice(
                        "credentials: {vault: {auth: approle, roleId: r, secretId: {name: vault-secret-id}}}",
                        "Secret/vault-secret-id"));
        CREDENTIALS.put(
                "secret", new Choice("credentials: {source: secret, secret: {name: orders-db}}", "Secret/orders-db"));
        CREDENTIALS.put(
                "secret with variables",
                new Choice(
                        "credentials: {source: secret, secret: {name: orders-db, keys:"
                                + " {PGHOST: host, PGUSER: user, PGDATABASE: dbname, PGPASSWORD: password}}}",
                        "Secret/orders-db"));
        CREDENTIALS.put(
                "file",
                new Choice(
                        "credentials: {source: file, file: {host: db, database: orders, user: orders,"
                                + " volume: {secret: {secretName: orders-pgpass}}}}",
                        "Secret/orders-pgpass"));

        REST.put("nothing else", new Choice("{}", "ServiceAccount/orders-schema"));
        REST.put(
                "everything",
                new Choice(
                        """
                        serviceAccount: {create: true, name: "", annotations: {team: data}}
                        image: {digest: 'sha256:%s', pullSecrets: [registry]}
                        networkPolicy: {enabled: true}
                        backup: {enabled: true}
                        maintenance: {enabled: true, settings: {activities_days: 60, batch: 1000000}}
                        postgres: {sslmode: verify-full, ca: {configMap: postgres-ca}}
                        settings: {schema: orders, lockTimeout: 2s, lockRetries: 3, logFormat: json}
                        mesh: {sidecar: native}
                        labels: {team: data}
                        annotations: {contact: data}
                        job: {annotations: {a: b}}
                        pod:
                          labels: {cost: data}
                          annotations: {c: d}
                          nodeSelector: {disk: ssd}
                          tolerations: [{key: batch, operator: Exists}]
                          affinity:
                            nodeAffinity:
                              requiredDuringSchedulingIgnoredDuringExecution:
                                nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: Exists}]}]
                          priorityClassName: batch
                          extraEnv: [{name: A, value: b}, {name: VAULT_TOKEN, valueFrom: {secretKeyRef: {name: t, key: t}}}]
                          extraVolumes: [{name: more, emptyDir: {}}]
                          extraVolumeMounts: [{name: more, mountPath: /more}]
                        """
                                .formatted("0123456789abcdef".repeat(4)),
                        "Secret/registry",
                        "Secret/t",
                        "PriorityClass/batch",
                        "ConfigMap/postgres-ca"));
        REST.put(
                "rollback",
                new Choice(
                        "{rollback: {enabled: true, target: '001'}, mesh: {sidecar: inherit}, migrate: {verify:"
                                + " false}}",
                        "ServiceAccount/orders-schema"));
        REST.put(
                "fleet of a list",
                new Choice(
                        "fleet: {enabled: true, shards: 11, activeDeadlineSeconds: 1900, maxFailedIndexes: 0, perServer: 4, maxFailures: 9, targets:"
                                + " {list: [{name: acme, schema: tenant_acme}, {name: \"2\", database: \"no\"}]}}",
                        "ServiceAccount/orders-schema"));
        REST.put(
                "fleet of an existing list",
                new Choice(
                        "{fleet: {enabled: true, targets: {configMap: tenants}}, migrate: {target: '001', verify: false}}",
                        "ServiceAccount/orders-schema",
                        "ConfigMap/tenants"));
        REST.put(
                "fleet of a query",
                new Choice(
                        "fleet: {enabled: true, shards: 1000, parallelism: 500, targets: {query: 'SELECT name FROM tenants'}}",
                        "ServiceAccount/orders-schema"));
        REST.put(
                "import, suspended",
                new Choice(
                        "{import: {enabled: true, source: {claim: app-data, subPath: db}, rejects: r.jsonl, dryRun: true}}",
                        "ServiceAccount/orders-schema",
                        "PersistentVolumeClaim/app-data"));
        REST.put(
                "import before the release",
                new Choice(
                        "{hooks: {weight: -1}, import: {enabled: true, suspend: false, source: {claim: app-data},"
                                + " claim: {create: false, name: copies}, idMap: ''}}",
                        "ServiceAccount/orders-schema",
                        "PersistentVolumeClaim/app-data",
                        "PersistentVolumeClaim/copies"));
        REST.put(
                "backup to an existing volume",
                new Choice(
                        "{backup: {enabled: true, claim: {create: false, name: nfs}}, tests: {enabled: false},"
                                + " migrate: {target: '+1', verify: false}}",
                        "ServiceAccount/orders-schema",
                        "PersistentVolumeClaim/nfs"));
    }

    static List<ChartMatrix> all() {
        List<ChartMatrix> all = new ArrayList<>();
        List<String> rest = List.copyOf(REST.keySet());
        for (String mode : List.of("helm", "argocd", "none")) {
            for (String bundle : BUNDLES.keySet()) {
                for (String credentials : CREDENTIALS.keySet()) {
                    // One further in each round: each meets each of the other choices.
                    String other = rest.get((all.size() + all.size() / rest.size()) % rest.size());
                    String release = all.size() % 5 == 0 ? LONG_RELEASE : "orders";
                    all.add(of(mode, bundle, credentials, other, release));
                }
            }
        }
        return all;
    }

    private static ChartMatrix of(String mode, String bundle, String credentials, String other, String release) {
        List<Choice> choices = List.of(BUNDLES.get(bundle), CREDENTIALS.get(credentials), REST.get(other));
        List<String> values = new ArrayList<>(List.of(NEEDED, "hooks: {mode: " + mode + "}"));
        Set<String> external = new TreeSet<>();
        for (Choice choice : choices) {
            values.add(choice.values());
            external.addAll(Set.of(choice.external()));
        }
        return new ChartMatrix(String.join("; ", mode, bundle, credentials, other, release), release, values, external);
    }
}
