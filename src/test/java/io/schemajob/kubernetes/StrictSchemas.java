package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.testing.PythonPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Objects against the schemas of Kubernetes, where an unknown field is an error, from 1.29 (the oldest the chart allows) to
 * the newest that the package {@code kubernetes-validate} (Apache-2.0, schemas included) has.
 */
final class StrictSchemas {
    /** The package reads its schemas anew for each object, which is most of its time. */
    private static final String SCRIPT =
            """
            import functools, json, sys
            import kubernetes_validate, kubernetes_validate.utils as utils
            from packaging.version import Version
            utils.schema_contents = functools.lru_cache(maxsize=None)(utils.schema_contents)
            objects = json.load(open(sys.argv[1]))
            versions = sorted({v for v in utils.all_versions() if Version(v) >= Version('1.29')}, key=Version)
            for version in versions:
                for object in objects:
                    if '"image": {' in json.dumps(object['object']) and Version(version) < Version('1.31'):
                        continue # a volume that is an image
                    try:
                        kubernetes_validate.validate(object['object'], version, strict=True)
                    except utils.ValidationError as e:
                        print('INVALID', version, object['name'], list(e.path), e.message)
            print('VERSIONS', versions[0], versions[-1], len(versions))
            """;

    private StrictSchemas() {}

    /** What the script prints: INVALID lines, and the versions. */
    static String check(Collection<KubernetesObject> objects) throws IOException {
        Path packages = PythonPackages.install("kubernetes-validate-1.37.0", "kubernetes-validate==1.37.0");
        ObjectMapper json = new ObjectMapper();
        var list = json.createArrayNode();
        for (KubernetesObject object : objects) {
            ObjectNode entry = list.addObject();
            entry.put("name", object.id());
            entry.set("object", object.json());
        }
        Path file = Files.createTempFile("objects", ".json");
        try {
            Files.writeString(file, json.writeValueAsString(list));
            return PythonPackages.script(packages, SCRIPT, file.toString());
        } finally {
            Files.delete(file);
        }
    }
}
