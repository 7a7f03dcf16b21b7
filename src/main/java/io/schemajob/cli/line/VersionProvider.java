package io.schemajob.cli.line;

import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.IVersionProvider;

/** The version that the build put into the configuration. */
public final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "schemajob " + ConfigProvider.getConfig().getValue("quarkus.application.version", String.class)
        };
    }
}
