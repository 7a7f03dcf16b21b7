package example;

import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.PostgreSQLContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** Brings a database to the newest version of a bundle; {@link #start()} returns when that is done and verified, or throws. */
final class SchemaContainer extends GenericContainer<SchemaContainer> {
    private static final String IMAGE = "ghcr.io/schemajob/schemajob:0.1.0";

    /**
     * @param postgres a server with a network, where it is called {@code postgres}
     * @param bundle the folder with the scripts
     */
    SchemaContainer(PostgreSQLContainer<?> postgres, String bundle) {
        super(DockerImageName.parse(System.getProperty("schemajob.image", IMAGE)));
        withNetwork(postgres.getNetwork());
        withCopyFileToContainer(MountableFile.forHostPath(bundle), "/bundles/own");
        withEnv("SCHEMAJOB_BUNDLE", "/bundles/own");
        withEnv("PGHOST", "postgres");
        withEnv("PGDATABASE", postgres.getDatabaseName());
        withEnv("PGUSER", postgres.getUsername());
        withEnv("PGPASSWORD", postgres.getPassword());
        withCommand("migrate");
        withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(Duration.ofMinutes(2)));
        withLogConsumer(line -> System.out.print(line.getUtf8String()));
    }
}
