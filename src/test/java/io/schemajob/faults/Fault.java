package io.schemajob.faults;

import io.schemajob.testing.WireProxy.Moment;
import io.schemajob.testing.WireSession;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What networks, servers, operators and clusters do to a run in the middle of a conversation. */
enum Fault {
    RESET_BEFORE(Moment.BEFORE, (scene, session) -> session.reset()),
    RESET_AFTER(Moment.ANSWERED, (scene, session) -> session.reset()),
    HALF_CLOSE(Moment.ANSWERED, (scene, session) -> session.halfClose()),
    CUT(Moment.ANSWERED, (scene, session) -> session.cutAnswer()),
    CORRUPT(Moment.ANSWERED, (scene, session) -> session.corrupt()),
    ANSWER_LOST(Moment.ANSWERED, (scene, session) -> session.loseAnswers()),
    BLACK_HOLE(Moment.BEFORE, (scene, session) -> scene.proxy().silence()),
    /** The same, and the run has a deadline. */
    DEADLINE(Moment.BEFORE, (scene, session) -> scene.proxy().silence(), "--deadline", "2s"),
    SLOW(Moment.BEFORE, (scene, session) -> scene.proxy().slow(3)),
    GONE(Moment.ANSWERED, (scene, session) -> {
        scene.proxy().refuse();
        scene.proxy().resetAll();
    }),
    TERMINATED(Moment.BEFORE, (scene, session) -> scene.terminate("pid = " + session.pid())),
    TERMINATED_AFTER(Moment.ANSWERED, (scene, session) -> scene.terminate("pid = " + session.pid())),
    ALL_TERMINATED(Moment.BEFORE, (scene, session) -> scene.terminateAll()),
    RESTARTED(Moment.BEFORE, (scene, session) -> scene.server().restart()),
    FAILOVER(
            FaultScene::makeStandby,
            Moment.BEFORE,
            (scene, session) -> scene.failOver(),
            FaultScene::dropStandby,
            "--connect-timeout",
            "20s"),
    /** One that is behind, to which the run is led in place of the primary, which has obeyed. */
    STANDBY(
            FaultScene::makeStandbyBehind,
            Moment.ANSWERED,
            (scene, session) -> scene.leadToStandby(),
            FaultScene::dropStandby),
    READ_ONLY(
            Moment.BEFORE,
            (scene, session) -> scene.configure(List.of("default_transaction_read_only"), "on"),
            scene -> scene.configure(List.of("default_transaction_read_only"), null)),
    DISK_FULL(Moment.BEFORE, (scene, session) -> scene.fillDisk(), FaultScene::emptyDisk),
    /** On which the server ends, and cannot be started until there is room again. */
    WAL_FULL(Moment.BEFORE, (scene, session) -> scene.fillWal(), FaultScene::emptyWal),
    LOCKED(Moment.BEFORE, (scene, session) -> scene.lock(700), FaultScene::unlock, "--lock-timeout", "200ms"),
    LOCKED_FOR_GOOD(
            Moment.BEFORE,
            (scene, session) -> scene.lock(60_000),
            FaultScene::unlock,
            "--lock-timeout",
            "200ms",
            "--lock-retries",
            "1",
            "--deadline",
            "5s"),
    /** Longer than a slow machine needs from a login to the message in which a session says that it wants none. */
    TIMEOUTS(
            Moment.BEFORE,
            (scene, session) -> {
                scene.configure(scene.timeouts(), "600ms");
                scene.pause(800);
            },
            scene -> scene.configure(scene.timeouts(), null)),
    NO_CONNECTIONS(
            Moment.BEFORE,
            (scene, session) -> scene.alterUser("CONNECTION LIMIT 0"),
            scene -> scene.alterUser("CONNECTION LIMIT -1")),
    PASSWORD_CHANGED(
            Moment.BEFORE,
            (scene, session) -> scene.alterUser("PASSWORD 'another'"),
            scene -> scene.alterUser("PASSWORD '" + FaultBench.PASSWORD + "'")),
    SIGTERM(Moment.BEFORE, (scene, session) -> scene.raise("TERM")),
    SIGINT(Moment.BEFORE, (scene, session) -> scene.raise("INT")),
    SIGHUP(Moment.BEFORE, (scene, session) -> scene.raise("HUP")),
    SIGKILL(Moment.BEFORE, (scene, session) -> scene.raise("KILL")),
    /** For a while, and then it goes on. */
    SIGSTOP(
            Moment.BEFORE,
            (scene, session) -> {
                scene.raise("STOP");
                scene.pause(1_300);
                scene.raise("CONT");
            },
            "--connect-timeout",
            "20s");

    private final Consumer<FaultScene> prepare;
    private final Moment moment;
    private final BiConsumer<FaultScene, WireSession> strike;
    private final Consumer<FaultScene> undo;
    private final List<String> options;

    Fault(Moment moment, BiConsumer<FaultScene, WireSession> strike, String... options) {
        this(moment, strike, scene -> {}, options);
    }

    Fault(Moment moment, BiConsumer<FaultScene, WireSession> strike, Consumer<FaultScene> undo, String... options) {
        this(scene -> {}, moment, strike, undo, options);
    }

    Fault(
            Consumer<FaultScene> prepare,
            Moment moment,
            BiConsumer<FaultScene, WireSession> strike,
            Consumer<FaultScene> undo,
            String... options) {
        this.prepare = prepare;
        this.moment = moment;
        this.strike = strike;
        this.undo = undo;
        this.options = List.of(options);
    }

    Moment moment() {
        return moment;
    }

    /** Makes ready what it needs, before the run. */
    void prepare(FaultScene scene) {
        prepare.accept(scene);
    }

    void strike(FaultScene scene, WireSession session) {
        strike.accept(scene, session);
    }

    /** Takes back what would meet the next run. */
    void undo(FaultScene scene) {
        undo.accept(scene);
    }

    /** Further options of the run. */
    List<String> options() {
        return options;
    }

    /** Whether it wants a disk that can be filled. */
    boolean fillsDisk() {
        return this == DISK_FULL || this == WAL_FULL;
    }

    boolean isSignal() {
        return name().startsWith("SIG");
    }

    /** Whether only a process can be struck by it, and not a run in the JVM of the test. */
    boolean wantsProcess() {
        return this == SIGKILL || this == SIGSTOP;
    }
}
