package io.schemajob.migration.flyway;

import io.schemajob.migration.history.RecordedRow;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A connection behind which the session can be replaced. Flyway keeps the connection that it is given first for all
 * scripts of a group, and a group is worth keeping: each call of Flyway's costs as much as the history is long
 * (docs/decisions/0011). A dynamic proxy would need every method registered for the native executable.
 */
public final class ReplaceableSession implements Connection {
    private final Supplier<Connection> sessions;
    private Connection session;

    /** Of the open transaction; null where there is none to be written. */
    private RecordedRow row;

    ReplaceableSession(Supplier<Connection> sessions) {
        this.sessions = sessions;
        this.session = sessions.get();
    }

    /** Ends the session, which must have no open transaction, and goes on in a new one. */
    public void replace() throws SQLException {
        boolean autoCommit = session.getAutoCommit();
        session.close();
        session = sessions.get();
        session.setAutoCommit(autoCommit);
    }

    /** The open transaction may be committed only if it has recorded this. */
    public void expect(RecordedRow recorded) {
        row = recorded;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : session.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || session.isWrapperFor(type);
    }

    @Override
    public Statement createStatement() throws SQLException {
        return session.createStatement();
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return session.prepareStatement(sql);
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return session.prepareCall(sql);
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        return session.nativeSQL(sql);
    }

    @Override
    public void setAutoCommit(boolean on) throws SQLException {
        session.setAutoCommit(on);
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        return session.getAutoCommit();
    }

    @Override
    public void commit() throws SQLException {
        RecordedRow recorded = row;
        row = null;
        if (recorded == null) {
            session.commit();
        } else {
            recorded.commit(session);
        }
    }

    @Override
    public void rollback() throws SQLException {
        row = null;
        session.rollback();
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }

    @Override
    public boolean isClosed() throws SQLException {
        return session.isClosed();
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        return session.getMetaData();
    }

    @Override
    public void setReadOnly(boolean on) throws SQLException {
        session.setReadOnly(on);
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return session.isReadOnly();
    }

    @Override
    public void setCatalog(String name) throws SQLException {
        session.setCatalog(name);
    }

    @Override
    public String getCatalog() throws SQLException {
        return session.getCatalog();
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        session.setTransactionIsolation(level);
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        return session.getTransactionIsolation();
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        return session.getWarnings();
    }

    @Override
    public void clearWarnings() throws SQLException {
        session.clearWarnings();
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return session.createStatement(type, concurrency);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return session.prepareStatement(sql, type, concurrency);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return session.prepareCall(sql, type, concurrency);
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        return session.getTypeMap();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        session.setTypeMap(map);
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        session.setHoldability(holdability);
    }

    @Override
    public int getHoldability() throws SQLException {
        return session.getHoldability();
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return session.setSavepoint();
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return session.setSavepoint(name);
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        session.rollback(savepoint);
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        session.releaseSavepoint(savepoint);
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        return session.createStatement(type, concurrency, holdability);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return session.prepareStatement(sql, type, concurrency, holdability);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        return session.prepareCall(sql, type, concurrency, holdability);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
        return session.prepareStatement(sql, keys);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
        return session.prepareStatement(sql, columns);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
        return session.prepareStatement(sql, columns);
    }

    @Override
    public Clob createClob() throws SQLException {
        return session.createClob();
    }

    @Override
    public Blob createBlob() throws SQLException {
        return session.createBlob();
    }

    @Override
    public NClob createNClob() throws SQLException {
        return session.createNClob();
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        return session.createSQLXML();
    }

    @Override
    public boolean isValid(int seconds) throws SQLException {
        return session.isValid(seconds);
    }

    @Override
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        session.setClientInfo(name, value);
    }

    @Override
    public void setClientInfo(Properties values) throws SQLClientInfoException {
        session.setClientInfo(values);
    }

    @Override
    public String getClientInfo(String name) throws SQLException {
        return session.getClientInfo(name);
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        return session.getClientInfo();
    }

    @Override
    public Array createArrayOf(String type, Object[] elements) throws SQLException {
        return session.createArrayOf(type, elements);
    }

    @Override
    public Struct createStruct(String type, Object[] attributes) throws SQLException {
        return session.createStruct(type, attributes);
    }

    @Override
    public void setSchema(String name) throws SQLException {
        session.setSchema(name);
    }

    @Override
    public String getSchema() throws SQLException {
        return session.getSchema();
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        session.abort(executor);
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        session.setNetworkTimeout(executor, milliseconds);
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        return session.getNetworkTimeout();
    }
}
