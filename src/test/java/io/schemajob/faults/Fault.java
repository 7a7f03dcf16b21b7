package io.schemajob.faults;

import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.WireProxy;
import io.schemajob.testing.WireProxy.Moment;
import io.schemajob.testing.WireSession;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import sun.misc.Signal;

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
    DEADLINE(Moment.BEFORE, (scene, session) -> scene.proxy().silence(), scene -> {}, List.of("--deadline", "2s")),
    SLOW(Moment.BEFORE, (scene, session) -> scene.proxy().slow(3)),
    GONE(Moment.ANSWERED, (scene, session) -> {
        scene.proxy().refuse();
        scene.proxy().resetAll();
    }),
    TERMINATED(Moment.BEFORE, (scene, session) -> scene.terminate("pid = " + session.pid())),
    TERMINATED_AFTER(Moment.ANSWERED, (scene, session) -> scene.terminate("pid = " + session.pid())),
    ALL_TERMINATED(
            Moment.BEFORE,
            (scene, session) -> scene.terminate(
                    "datname = '" + scene.database().name() + "' AND application_name LIKE 'schemajob/%'")),
    RESTARTED(Moment.BEFORE, (scene, session) -> scene.server().restart()),
    READ_ONLY(
            Moment.BEFORE,
            (scene, session) -> scene.configure("default_transaction_read_only", "on"),
            scene -> scene.configure("default_transaction_read_only", null)),
    IDLE_TIMEOUTS(
            Moment.BEFORE,
            (scene, session) -> {
                scene.configure("idle_session_timeout", "300ms");
                scene.configure("idle_in_transaction_session_timeout", "300ms");
                scene.pause(450);
            },
            scene -> {
                scene.configure("idle_session_timeout", null);
                scene.configure("idle_in_transaction_session_timeout", null);
            }),
    NO_CONNECTIONS(
            Moment.BEFORE,
            (scene, session) ->
                    scene.server().superuserExecute("ALTER ROLE " + FaultBench.USER + " CONNECTION LIMIT 0"),
            scene -> scene.server().superuserExecute("ALTER ROLE " + FaultBench.USER + " CONNECTION LIMIT -1")),
    PASSWORD_CHANGED(
            Moment.BEFORE,
            (scene, session) ->
                    scene.server().superuserExecute("ALTER ROLE " + FaultBench.USER + " PASSWORD 'another'"),
            scene -> scene.server()
                    .superuserExecute("ALTER ROLE " + FaultBench.USER + " PASSWORD '" + FaultBench.PASSWORD + "'")),
    SIGTERM(Moment.BEFORE, (scene, session) -> scene.raise("TERM")),
    SIGINT(Moment.BEFORE, (scene, session) -> scene.raise("INT")),
    SIGHUP(Moment.BEFORE, (scene, session) -> scene.raise("HUP"));

    private final Moment moment;
    private final BiConsumer<Scene, WireSession> strike;
    private final Consumer<Scene> undo;
    private final List<String> options;

    Fault(Moment moment, BiConsumer<Scene, WireSession> strike) {
        this(moment, strike, scene -> {});
    }

    Fault(Moment moment, BiConsumer<Scene, WireSession> strike, Consumer<Scene> undo) {
        this(moment, strike, undo, List.of());
    }

    Fault(Moment moment, BiConsumer<Scene, WireSession> strike, Consumer<Scene> undo, List<String> options) {
        this.moment = moment;
        this.strike = strike;
        this.undo = undo;
        this.options = options;
    }

    Moment moment() {
        return moment;
    }

    void strike(Scene scene, WireSession session) {
        strike.accept(scene, session);
    }

    /** Takes back what would meet the next run. */
    void undo(Scene scene) {
        undo.accept(scene);
    }

    /** Further options of the run. */
    List<String> options() {
        return options;
    }

    boolean isSignal() {
        return name().startsWith("SIG");
    }

    /**
     * Where it strikes.
     *
     * @param proxy through which the run talks to the server
     */
    record Scene(Postgres server, Postgres.Database database, WireProxy proxy) {
        void terminate(String which) {
            try (OtherSession superuser = OtherSession.ofSuperuser(database)) {
                superuser.rows(
                        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                                + " AND " + which);
            }
        }

        /** @param value null for the default */
        void configure(String setting, String value) {
            try (OtherSession superuser = OtherSession.ofSuperuser(database)) {
                superuser.execute("ALTER SYSTEM "
                        + (value == null ? "RESET " + setting : "SET " + setting + " = '" + value + "'"));
                superuser.execute("SELECT pg_reload_conf()");
            }
            pause(20);
        }

        void raise(String signal) {
            Signal.raise(new Signal(signal));
            pause(50);
        }

        void pause(long millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
