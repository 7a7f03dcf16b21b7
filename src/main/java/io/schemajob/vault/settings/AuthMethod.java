package io.schemajob.vault.settings;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.util.Locale;
import java.util.stream.Stream;

/** How the job proves to Vault who it is. */
public enum AuthMethod {
    KUBERNETES("Kubernetes"),
    APPROLE("AppRole"),
    JWT("JWT"),
    TOKEN("token");

    private final String label;

    AuthMethod(String label) {
        this.label = label;
    }

    /** As people write it in sentences. */
    public String label() {
        return label;
    }

    /** As the setting spells it; also the path at which Vault mounts the method unless told otherwise. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws io.schemajob.report.failure.SchemajobException CONFIG when there is no such method */
    public static AuthMethod of(String id) {
        return Stream.of(values())
                .filter(method -> method.id().equals(id.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Failure.of(
                                ExitStatus.CONFIG,
                                VaultSettings.AUTH + " is '" + id + "', which is no login method known here.")
                        .hint("Set it to kubernetes, approle, jwt or token.")
                        .asException());
    }
}
