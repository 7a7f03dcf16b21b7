package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.testing.PythonPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Objects of Flux against its own definitions, as the package {@code cloudcoil-models-fluxcd} (Apache-2.0) has them. Its
 * models drop what they do not know: an object that comes back changed has an unknown field.
 */
final class FluxDefinitions {
    private static final String SCRIPT =
            """
            import json, sys
            from cloudcoil.models.fluxcd.helm import v2
            from cloudcoil.models.fluxcd.source import v1
            models = {'HelmRelease': v2.HelmRelease, 'GitRepository': v1.GitRepository}
            objects = json.load(open(sys.argv[1]))
            for object in objects:
                name = object['kind'] + ' ' + object['metadata']['name']
                try:
                    model = models[object['kind']].model_validate(object)
                except ValueError as e:
                    print('INVALID', name, e)
                    continue
                known = json.loads(model.model_dump_json(by_alias=True, exclude_unset=True))
                if known != object:
                    print('INVALID', name, object, 'of which Flux knows', known)
            print('CHECKED', len(objects))
            """;

    private FluxDefinitions() {}

    /** What the script prints: INVALID lines, and how many it has checked. */
    static String check(Collection<ObjectNode> objects) throws IOException {
        Path packages = PythonPackages.install(
                "cloudcoil-models-fluxcd-2.5.1.0", "cloudcoil-models-fluxcd==2.5.1.0", "cloudcoil==0.6.0");
        Path file = Files.createTempFile("flux", ".json");
        try {
            Files.writeString(file, new ObjectMapper().writeValueAsString(objects));
            return PythonPackages.script(packages, SCRIPT, file.toString());
        } finally {
            Files.delete(file);
        }
    }
}
