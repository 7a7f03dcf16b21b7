package io.schemajob.database.watch;

import io.schemajob.database.query.Closeables;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session of its own that tells what other sessions' server processes do. It is opened when somebody has to be asked
 * about, and every one of its waits is bounded.
 */
public final class Witness implements AutoCloseable {
    /** The server is named by its start: with several hosts the witness may have got to another one. */
    private static final String ASK =
            "SELECT extract(epoch FROM pg_postmaster_start_time())::text, a.pid, a.wait_event_type = 'Client'"
                    + " FROM (VALUES (1)) AS one (n) LEFT JOIN pg_stat_activity a ON a.pid = ANY (?)";

    private final Callable<Connection> login;
    private Connection session;

    Witness(Callable<Connection> login) {
        this.login = login;
    }

    /**
     * A server process.
     *
     * @param pid as the server counts, which behind a pooler is not what the login was told
     * @param serverStart tells servers apart
     */
    record Process(int pid, String serverStart) {
        private static final Pattern SELF = Pattern.compile("(\\d{1,9}) (.+)");

        /**
         * Reads one.
         *
         * @param text what {@link SessionWatch#SELF} is in the session that it serves
         * @throws SQLException when it is nothing that a server says: something on the way changes answers
         */
        static Process of(String text) throws SQLException {
            Matcher self = SELF.matcher(String.valueOf(text));
            if (!self.matches()) {
                throw new SQLException("the server does not say which process serves the session", "08P01");
            }
            return new Process(Integer.parseInt(self.group(1)), self.group(2));
        }
    }

    /**
     * Asks about processes.
     *
     * @return what is known of each; nothing of those on another server
     * @throws SQLException when the server refuses or does not answer; the SQLSTATE tells which
     */
    Map<Process, Silence.Sign> ask(Collection<Process> processes) throws SQLException {
        try {
            if (session == null) {
                session = login.call();
            }
            return answer(processes);
        } catch (SQLException e) {
            close();
            throw e;
        } catch (Exception e) {
            close();
            throw new SQLException(e.toString(), "58000", e);
        }
    }

    private Map<Process, Silence.Sign> answer(Collection<Process> processes) throws SQLException {
        Map<Integer, Boolean> waiting = new HashMap<>();
        String serverStart = null;
        Array pids = session.createArrayOf(
                "int4", processes.stream().map(Process::pid).toArray());
        try (PreparedStatement statement = session.prepareStatement(ASK)) {
            statement.setArray(1, pids);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    serverStart = row.getString(1);
                    waiting.put(row.getInt(2), row.getBoolean(3));
                }
            }
        }
        Map<Process, Silence.Sign> signs = new HashMap<>();
        for (Process process : processes) {
            if (process.serverStart().equals(serverStart)) {
                signs.put(process, sign(waiting.get(process.pid())));
            }
        }
        return signs;
    }

    private static Silence.Sign sign(Boolean waiting) {
        if (waiting == null) {
            return Silence.Sign.GONE;
        }
        return waiting ? Silence.Sign.WAITS_FOR_US : Silence.Sign.WORKING;
    }

    @Override
    public void close() {
        Closeables.closeQuietly(session);
        session = null;
    }
}
