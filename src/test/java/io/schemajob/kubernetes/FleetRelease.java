package io.schemajob.kubernetes;

import io.schemajob.testing.App;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Jobs of a fleet as a cluster would run them: each container as a process with its ConfigMaps and its index. */
final class FleetRelease {
    private static final Pattern TARGET = Pattern.compile("(?m)^\\[([^]]+)] ");

    private final List<KubernetesObject> objects;
    private final Path folder;
    private final UnaryOperator<App> rest;
    private final Map<Integer, List<AppPod>> pods = new TreeMap<>();

    /**
     * Nothing is started yet.
     *
     * @param objects as Helm has rendered them, or as they are applied
     * @param folder for the volumes
     * @param rest adds what a pod has from elsewhere, such as a Secret
     */
    FleetRelease(List<KubernetesObject> objects, Path folder, UnaryOperator<App> rest) {
        this.objects = objects;
        this.folder = folder;
        this.rest = rest;
    }

    /** The hook before the fleet. */
    App.Result canary() {
        return app(job("canary")).run();
    }

    /** The Job anew, as the next release has it. */
    IndexedJob.Status run() {
        return run(active -> {});
    }

    IndexedJob.Status run(Consumer<List<IndexedJob.Active>> disturbance) {
        KubernetesObject job = job("fleet");
        pods.clear();
        return IndexedJob.run(
                job,
                index -> {
                    AppPod pod = new AppPod(app(job).env("JOB_COMPLETION_INDEX", String.valueOf(index)));
                    pods.computeIfAbsent(index, none -> new ArrayList<>()).add(pod);
                    return pod;
                },
                disturbance);
    }

    private App app(KubernetesObject job) {
        return rest.apply(ContainerRun.of(job, ContainerRun.configMaps(job, objects, folder)));
    }

    private KubernetesObject job(String component) {
        return objects.stream()
                .filter(object -> object.kind().equals("Job"))
                .filter(object ->
                        object.label("app.kubernetes.io/component").asText().equals(component))
                .findFirst()
                .orElseThrow();
    }

    /** How many pods of the last Job an index has had so far. */
    Map<Integer, Integer> tries() {
        Map<Integer, Integer> tries = new HashMap<>();
        pods.forEach((index, each) -> tries.put(index, each.size()));
        return tries;
    }

    /** How the last pod of each index ended. */
    Map<Integer, App.Result> results() {
        Map<Integer, App.Result> results = new TreeMap<>();
        pods.forEach(
                (index, each) -> results.put(index, each.get(each.size() - 1).result()));
        return results;
    }

    /** Which targets each index has worked on, from its log. */
    Map<Integer, Set<String>> shares() {
        return results().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, result -> targets(result.getValue()), (a, b) -> a, TreeMap::new));
    }

    static Set<String> targets(App.Result result) {
        return TARGET.matcher(result.text())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
