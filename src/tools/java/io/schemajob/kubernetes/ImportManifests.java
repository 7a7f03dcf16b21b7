package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The Jobs of a cut-over from SQLite: the import, suspended until somebody starts it on purpose; the same as a trial; and
 * the way back. The application's volume is read-only but on the way back.
 */
record ImportManifests(Manifests manifests) {
    private static final int TIMEOUT = 300;
    private static final int DEADLINE = 420;
    private static final int ACTIVE_DEADLINE = 900;
    private static final String FOLDER = "/import";
    private static final String ID_MAP = FOLDER + "/ids.csv";

    void add() {
        ObjectNode job = job("import", "import", claims(true, false), line());
        ((ObjectNode) job.get("spec")).put("suspend", true);
        manifests.put("import/import-claim.yaml", manifests.claim("import", "import"));
        manifests.put("import/import-job.yaml", job);
        manifests.kustomization("import/", "import-claim.yaml", "import-job.yaml");

        List<String> trial = new ArrayList<>(line());
        trial.add("--dry-run");
        manifests.alone(
                "import-dry-run",
                "import-dry-run-job.yaml",
                job("import-dry-run", "import", claims(true, false), trial));

        List<String> back = List.of("export", "sqlite", "/source/back.db", "--id-map", ID_MAP);
        manifests.alone("export", "export-job.yaml", job("export", "export", claims(false, true), back));
    }

    /** The file has the name that seed 002 gives it. */
    private static List<String> line() {
        return List.of(
                "import",
                "sqlite",
                "/source/agents.db",
                "--backup-dir",
                FOLDER,
                "--id-map",
                ID_MAP,
                "--batch-size",
                "1000",
                "--timeout",
                TIMEOUT + "s");
    }

    private List<Pods.Claim> claims(boolean sourceReadOnly, boolean importReadOnly) {
        String bundle = manifests.deployment().bundle();
        return List.of(
                new Pods.Claim("source", bundle + "-data", sourceReadOnly),
                new Pods.Claim("import", bundle + "-import", importReadOnly));
    }

    private ObjectNode job(String suffix, String component, List<Pods.Claim> claims, List<String> args) {
        ObjectNode template = manifests.pods().template(component, component, claims, args.toArray(String[]::new));
        Pods.deadline(template, DEADLINE);
        // One thread reads and converts while another one sends.
        ((ObjectNode) template.at("/spec/containers/0/resources/limits")).put("cpu", "2");
        ObjectNode job =
                manifests.object("batch/v1", "Job", manifests.deployment().jobName() + "-" + suffix, component);
        job.set("spec", manifests.jobSpec(template, component, ACTIVE_DEADLINE));
        return job;
    }
}
