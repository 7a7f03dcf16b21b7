package io.schemajob.faults;

import io.schemajob.report.failure.ExitStatus;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a cell has to end, by what docs/exit-codes.md says of such an end. Two codes stand where both are right, as it depends on the run
 * whether it still needed what was taken away.
 */
final class FaultExpectation {
    /** A login that fails for want of the network or the server is tried again. */
    private static final Set<FaultStage> LOGIN =
            EnumSet.of(FaultStage.CONNECT, FaultStage.PASSWORD, FaultStage.SECOND_SESSION);

    /** What was sent is asked for if its answer does not come. */
    private static final Set<FaultStage> COMMITS =
            EnumSet.of(FaultStage.FIRST_COMMIT, FaultStage.SECOND_COMMIT, FaultStage.LAST_COMMIT);

    /** All is done that the run is about, or may be. */
    private static final Set<FaultStage> END = EnumSet.of(FaultStage.UNLOCK, FaultStage.GOODBYE);

    /** Work of a session that is no longer needed is not missed. */
    private static final Set<FaultStage> NEAR_THE_END =
            EnumSet.of(FaultStage.CHECK, FaultStage.NOTE_DROPPED, FaultStage.LAST_COMMIT);

    private static final int OK = ExitStatus.OK.code();
    private static final int UNAVAILABLE = ExitStatus.UNAVAILABLE.code();

    /** 128 + SIGKILL. */
    private static final int KILLED = 137;

    private FaultExpectation() {}

    static boolean isLogin(FaultStage stage) {
        return LOGIN.contains(stage);
    }

    /** Which session is the last to say goodbye may differ from one run to the next; a slow machine may not come far before a deadline. */
    static boolean strikesAlways(FaultCell cell) {
        return cell.stage() != FaultStage.GOODBYE && cell.fault() != Fault.DEADLINE;
    }

    static Set<Integer> codes(FaultCell cell) {
        Set<Integer> codes = new TreeSet<>(of(cell));
        if (END.contains(cell.stage())) {
            codes.add(OK);
        }
        return codes;
    }

    /** A fleet begins anew with its second target: what a run meets at its beginning may meet it at any message but the last COMMIT. */
    private static boolean begins(FaultCell cell) {
        return cell.stage() == FaultStage.CONNECT
                || cell.stage() == FaultStage.PASSWORD
                || cell.command() == FaultCommand.FLEET && cell.stage() != FaultStage.LAST_COMMIT;
    }

    private static Set<Integer> of(FaultCell cell) {
        FaultStage stage = cell.stage();
        boolean login = LOGIN.contains(stage);
        boolean first = stage == FaultStage.CONNECT || stage == FaultStage.PASSWORD;
        return switch (cell.fault()) {
            case SLOW -> Set.of(OK);
            // A session of ours has its own, whatever the server says.
            case TIMEOUTS -> Set.of(OK);
            case SIGSTOP -> Set.of(OK);
            case SIGKILL -> Set.of(KILLED);
            case SIGTERM -> unlessDone(cell, ExitStatus.TERMINATED.code());
            case SIGINT -> unlessDone(cell, ExitStatus.INTERRUPTED.code());
            case SIGHUP -> unlessDone(cell, ExitStatus.HANGUP.code());
            case DEADLINE -> Set.of(ExitStatus.TRY_AGAIN.code());
            case BLACK_HOLE, GONE, WAL_FULL -> Set.of(UNAVAILABLE);
            case RESET_BEFORE -> login ? Set.of(OK) : Set.of(UNAVAILABLE);
            case RESET_AFTER, HALF_CLOSE, CUT, CORRUPT, ANSWER_LOST ->
                login || asksFor(cell) ? Set.of(OK) : Set.of(UNAVAILABLE);
            // There is no session to end before the login is complete.
            case TERMINATED -> login ? Set.of(OK) : Set.of(UNAVAILABLE);
            case TERMINATED_AFTER -> login ? Set.of(OK) : afterwards(cell);
            case ALL_TERMINATED, RESTARTED, FAILOVER ->
                first || readsElsewhere(cell) ? Set.of(OK) : Set.of(UNAVAILABLE);
            case STANDBY -> onStandby(cell);
            case DISK_FULL -> makesTables(cell) ? Set.of(UNAVAILABLE) : Set.of(OK, UNAVAILABLE);
            // A script in a transaction is tried again; who only reads, or makes the history, is not.
            case LOCKED ->
                cell.command() == FaultCommand.MIGRATE && cell.stage().compareTo(FaultStage.HISTORY_TABLE) > 0
                        ? Set.of(OK)
                        : Set.of(OK, ExitStatus.TRY_AGAIN.code());
            case LOCKED_FOR_GOOD ->
                makesTables(cell) ? Set.of(ExitStatus.TRY_AGAIN.code()) : Set.of(OK, ExitStatus.TRY_AGAIN.code());
            case READ_ONLY ->
                cell.command() == FaultCommand.EXPORT
                        ? Set.of(OK)
                        : begins(cell) ? Set.of(ExitStatus.CONFIG.code(), UNAVAILABLE) : Set.of(OK, UNAVAILABLE);
            // Sessions that are there stay.
            case NO_CONNECTIONS -> first ? Set.of(UNAVAILABLE) : Set.of(OK, UNAVAILABLE);
            case PASSWORD_CHANGED ->
                first ? Set.of(ExitStatus.ACCESS_DENIED.code()) : Set.of(OK, ExitStatus.ACCESS_DENIED.code());
        };
    }

    /** An export takes no lock; its first session has looked, and all rows are read in one transaction of the second. */
    private static boolean readsElsewhere(FaultCell cell) {
        return cell.command() == FaultCommand.EXPORT && cell.stage() == FaultStage.SECOND_SESSION;
    }

    /** Who begins there is told that it takes no changes; what it says of a COMMIT is not believed. */
    private static Set<Integer> onStandby(FaultCell cell) {
        if (begins(cell)) {
            return cell.command() == FaultCommand.EXPORT
                    ? Set.of(OK)
                    : cell.command() == FaultCommand.FLEET
                            ? Set.of(ExitStatus.CONFIG.code(), UNAVAILABLE)
                            : Set.of(ExitStatus.CONFIG.code());
        }
        return readsElsewhere(cell) ? Set.of(OK) : Set.of(UNAVAILABLE);
    }

    /** Whether there are tables to make yet, which takes room and a lock of the catalog. */
    private static boolean makesTables(FaultCell cell) {
        return (cell.command() == FaultCommand.MIGRATE || cell.command() == FaultCommand.FLEET)
                && cell.stage().compareTo(FaultStage.FIRST_ROW) <= 0;
    }

    /** A repair that may be done is simply done again. */
    private static boolean asksFor(FaultCell cell) {
        return COMMITS.contains(cell.stage()) && cell.command() != FaultCommand.REPAIR;
    }

    private static Set<Integer> unlessDone(FaultCell cell, int code) {
        return NEAR_THE_END.contains(cell.stage()) || COMMITS.contains(cell.stage()) || isLastWork(cell)
                ? Set.of(OK, code)
                : Set.of(code);
    }

    /** Of commands whose whole work is one statement or one transaction. */
    private static boolean isLastWork(FaultCell cell) {
        return cell.command() == FaultCommand.ADOPT && cell.stage() == FaultStage.SECOND_ROW
                || cell.command() == FaultCommand.MAINTAIN && cell.stage() == FaultStage.FIRST_SCRIPT
                || cell.command() == FaultCommand.REPAIR
                        && (cell.stage() == FaultStage.INDEX || cell.stage() == FaultStage.FIRST_SCRIPT);
    }

    /** The session has had its answer, and may not be used again. */
    private static Set<Integer> afterwards(FaultCell cell) {
        FaultStage stage = cell.stage();
        return COMMITS.contains(stage)
                        || NEAR_THE_END.contains(stage)
                        || stage == FaultStage.FIRST_SCRIPT
                        || isLastWork(cell)
                ? Set.of(OK, UNAVAILABLE)
                : Set.of(UNAVAILABLE);
    }
}
