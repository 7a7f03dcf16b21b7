package io.schemajob.report.failure;

/**
 * Why a run ended, as the number that Kubernetes sees.
 *
 * <p>This enum is the only source of exit codes: the table in {@code docs/exit-codes.md}, the {@code podFailurePolicy}
 * of every manifest and the tests are derived from it. Codes 64 to 78 have the meaning of BSD's {@code sysexits.h}.
 */
public enum ExitStatus {
    OK(0, Retry.NOT_APPLICABLE, "done, or nothing to do"),
    USAGE(64, Retry.NO, "unknown command or option"),
    HISTORY_INVALID(
            65,
            Retry.NO,
            "checksum mismatch, missing or out-of-order migration, another tool's history that no adopt rule covers"),
    UNAVAILABLE(
            69,
            Retry.YES,
            "Vault or PostgreSQL unreachable, sealed, 5xx; no room on the server; the server became read-only during a run"),
    INTERNAL(70, Retry.NO, "a defect of ours"),
    TRY_AGAIN(75, Retry.YES, "job lock or lock timeout not obtained in time, deadline reached"),
    ACCESS_DENIED(77, Retry.NO, "Vault denies, wrong password, missing privilege"),
    CONFIG(78, Retry.NO, "missing or malformed setting, secret, bundle"),
    MIGRATION_FAILED(80, Retry.NO, "SQL failed; that migration was rolled back whole"),
    MIGRATION_PARTIAL(81, Retry.NO, "SQL failed in a script that cannot run in a transaction; a person has to look"),
    VERIFICATION_FAILED(82, Retry.NO, "drift"),
    PREREQUISITE_MISSING(83, Retry.NO, "server too old, extension not available"),
    IMPORT_REJECTED(84, Retry.NO, "the data does not fit or does not match afterwards; nothing was kept"),
    FINDINGS(
            85,
            Retry.NO,
            "the run was asked to report and has findings: lint findings at or above the level, pending migrations with"
                    + " info --exit-code"),
    HANGUP(129, Retry.YES, "SIGHUP: statement cancelled, rolled back, lock released, lease revoked; run it again"),
    INTERRUPTED(130, Retry.YES, "SIGINT: statement cancelled, rolled back, lock released, lease revoked; run it again"),
    TERMINATED(143, Retry.YES, "SIGTERM: statement cancelled, rolled back, lock released, lease revoked; run it again");

    /** Whether running the same job again, unchanged, can succeed. */
    public enum Retry {
        NOT_APPLICABLE,
        YES,
        NO
    }

    private final int code;
    private final Retry retry;
    private final String when;

    ExitStatus(int code, Retry retry, String when) {
        this.code = code;
        this.retry = retry;
        this.when = when;
    }

    /** The process exit code, 0 to 255. */
    public int code() {
        return code;
    }

    /** What an orchestrator should do with a run that ended so. */
    public Retry retry() {
        return retry;
    }

    /** One clause for the table in the docs. */
    public String when() {
        return when;
    }
}
