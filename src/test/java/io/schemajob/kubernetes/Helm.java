package io.schemajob.kubernetes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Helm 3 and Helm 4, which render the same chart by different code. */
record Helm(Tool tool) {
    static final String NAMESPACE = "bizmatters";

    /** Built from source, Helm takes Kubernetes for older than the chart allows. */
    static final String KUBERNETES = "1.34.0";

    static List<Helm> both() {
        return List.of(of(3), of(4));
    }

    static Helm of(int major) {
        return new Helm(Tool.of("helm" + major));
    }

    Tool.Result template(String release, Path chart, List<String> arguments) {
        List<String> line = new ArrayList<>(
                List.of("template", release, chart.toString(), "--namespace", NAMESPACE, "--kube-version", KUBERNETES));
        line.addAll(arguments);
        return tool.run(line);
    }

    List<KubernetesObject> objects(String release, Path chart, List<String> arguments) {
        return KubernetesObject.of(KubernetesYaml.objects(
                template(release, chart, arguments).succeeded().out()));
    }

    /** What Helm says after it has installed our chart. */
    String notes(String release, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(
                "install", release, GeneratedFiles.CHART.toString(), "--namespace", NAMESPACE, "--dry-run=client"));
        line.addAll(arguments);
        String text = tool.run(line).succeeded().out();
        return text.substring(text.indexOf("NOTES:"));
    }

    /** Our chart with the values of agent-executor, and values as in {@code --set}. */
    List<KubernetesObject> objects(String release, String... values) {
        return objects(release, GeneratedFiles.CHART, agentExecutor(values));
    }

    /** The values of agent-executor, and values as in {@code --set}. */
    static List<String> agentExecutor(String... values) {
        List<String> arguments = new ArrayList<>(List.of(
                "--values",
                GeneratedFiles.CHART.resolve("values/agent-executor.yaml").toString()));
        arguments.addAll(set(values));
        return arguments;
    }

    /** Values as in {@code --set}. */
    static List<String> set(String... values) {
        List<String> arguments = new ArrayList<>();
        for (String value : values) {
            arguments.add("--set");
            arguments.add(value);
        }
        return arguments;
    }
}
