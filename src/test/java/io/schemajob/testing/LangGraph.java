package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The real LangGraph, which sets up its own checkpoint tables and stores and reads checkpoints in them. */
public final class LangGraph {
    private static final String CONNECT =
            """
            import sys, psycopg
            from psycopg.rows import dict_row
            from langgraph.checkpoint.postgres import PostgresSaver
            host, port, database, user, password = sys.argv[1:6]
            connection = psycopg.connect(host=host, port=port, dbname=database, user=user, password=password,
                                         autocommit=True, prepare_threshold=0, row_factory=dict_row)
            saver = PostgresSaver(connection)
            """;

    private static final String SET_UP = CONNECT + "saver.setup()\n";

    private static final String ROUND_TRIP = CONNECT
            + """
            from langgraph.graph import StateGraph, START, END
            def step(state): return {"n": state["n"] + 1}
            graph = StateGraph(dict).add_node("step", step).add_edge(START, "step").add_edge("step", END)
            application = graph.compile(checkpointer=saver)
            where = {"configurable": {"thread_id": "thread-1"}}
            application.invoke({"n": 41}, where)
            print(application.get_state(where).values["n"], len(list(saver.list(where))))
            """;

    /** Through the saver itself: values in the checkpoint, values in blobs, and pending writes. */
    private static final String PUT_AND_GET = CONNECT
            + """
            from langgraph.checkpoint.base import empty_checkpoint
            where = {"configurable": {"thread_id": "thread-2", "checkpoint_ns": ""}}
            checkpoint = empty_checkpoint()
            checkpoint["channel_values"] = {"messages": ["hello", {"deep": [1, 2, 3]}], "count": 7}
            versions = {"messages": "1.0", "count": "1.0"}
            checkpoint["channel_versions"] = versions
            stored = saver.put(where, checkpoint, {"source": "test", "step": 1}, versions)
            saver.put_writes(stored, [("messages", "pending")], "task-1", "path/of/task")
            found = saver.get_tuple(where)
            assert found.checkpoint["channel_values"] == checkpoint["channel_values"], found
            assert found.metadata["source"] == "test", found
            assert found.pending_writes == [("task-1", "messages", "pending")], found
            print("stored and retrieved")
            """;

    private LangGraph() {}

    /** Lets {@code PostgresSaver.setup()} create or upgrade its tables in the database's {@code public} schema. */
    public static void setUp(Postgres.Database database) {
        run(SET_UP, database);
    }

    /** Runs a graph of one step with checkpoints and reads its state back: prints {@code 42} and their number. */
    public static String roundTrip(Postgres.Database database) {
        return run(ROUND_TRIP, database);
    }

    /** Stores a checkpoint and reads it back: prints {@code stored and retrieved}. */
    public static String putAndGet(Postgres.Database database) {
        return run(PUT_AND_GET, database);
    }

    private static String run(String script, Postgres.Database database) {
        Path packages = PythonPackages.install(
                "langgraph-1.2.22",
                "langgraph==1.2.22",
                "langgraph-checkpoint-postgres==3.2.0",
                "psycopg[binary]==3.3.9");
        try {
            return PythonPackages.script(
                            packages,
                            script,
                            database.server().host(),
                            String.valueOf(database.server().port()),
                            database.name(),
                            database.user(),
                            database.password())
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
