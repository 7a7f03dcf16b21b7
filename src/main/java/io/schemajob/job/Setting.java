package io.schemajob.job;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Every setting of the job. The command's options, the environment variables, the Quarkus properties and the table in
 * the docs are derived from it.
 */
public enum Setting {
    BUNDLE(null, "built-in name or path of the bundle"),
    SCHEMA("public", "schema that holds the tables and the history"),
    OWNER_ROLE(null, "SET ROLE to it on every session, so that dynamic users own nothing"),
    CONNECT_TIMEOUT("60s", "how long Vault or PostgreSQL may be unreachable before the run gives up"),
    LOCK_WAIT("60s", "how long to wait for another run's job lock"),
    LOCK_TIMEOUT("5s", "PostgreSQL lock_timeout for each statement of a migration"),
    LOCK_RETRIES("10", "tries of a transactional migration that met its lock timeout or a deadlock"),
    STATEMENT_TIMEOUT("0", "PostgreSQL statement_timeout of migrations; 0 is none"),
    DEADLINE("0", "the whole run; below the Job's activeDeadlineSeconds; 0 is none"),
    LOG_FORMAT("text", "text or json"),
    TERMINATION_LOG("/dev/termination-log", "where the one-line result goes, when it can be written"),
    REPORT(null, "file for the whole JSON report"),
    METRICS_FILE(null, "file for metrics of the run, in OpenMetrics text"),
    ENV_FILE(".env", "file of variables that complete the environment, if it is there; none reads none"),
    VAULT_AUTH("kubernetes", "kubernetes, approle, jwt or token"),
    VAULT_AUTH_MOUNT(null, "where the auth method is mounted; the method's name unless set"),
    VAULT_ROLE(null, "role to log in to Vault with"),
    VAULT_TOKEN_FILE(
            "/var/run/secrets/kubernetes.io/serviceaccount/token",
            "file with the JWT for kubernetes and jwt login, or the token for token login"),
    VAULT_ROLE_ID(null, "role ID for approle login"),
    VAULT_SECRET_ID_FILE(null, "file with the secret ID for approle login"),
    VAULT_SECRET(null, "KV path that holds host, port, database, username, password"),
    VAULT_DATABASE_ROLE(null, "path of dynamic credentials such as database/creds/NAME");

    /** Whose values are paths, or may be. */
    public static final Set<Setting> PATHS =
            EnumSet.of(BUNDLE, TERMINATION_LOG, REPORT, METRICS_FILE, ENV_FILE, VAULT_TOKEN_FILE, VAULT_SECRET_ID_FILE);

    private final String defaultValue;
    private final String meaning;

    Setting(String defaultValue, String meaning) {
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    /** Such as {@code lock-timeout}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Such as {@code SCHEMAJOB_LOCK_TIMEOUT}. */
    public String variable() {
        return "SCHEMAJOB_" + name();
    }

    /** Such as {@code schemajob.lock-timeout}. */
    public String property() {
        return "schemajob." + optionName();
    }

    /** Null where there is none. */
    public String defaultValue() {
        return defaultValue;
    }

    public String meaning() {
        return meaning;
    }
}
