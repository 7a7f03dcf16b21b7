package io.schemajob.migration.flyway;

import io.schemajob.migration.Migrator;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.database.postgresql.PostgreSQLConnection;
import org.flywaydb.database.postgresql.PostgreSQLDatabase;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;
import org.flywaydb.database.postgresql.PostgreSQLSchema;
import org.flywaydb.database.postgresql.PostgreSQLTable;

/**
 * PostgreSQL as Flyway knows it, without what it would do again for each script: it takes its role three times, looks for
 * the schema, sets the search path, asks whether its history table is there, and takes its lock where a script could
 * release it. Our sessions have role and path from the beginning, and get them back after every script ({@link
 * Migrator}). Flyway finds this class by its service file.
 */
public final class FlywayPostgres extends PostgreSQLDatabaseType {
    /** Before Flyway's own type, and before that of CockroachDB, which asks every server whether it is one. */
    private static final int PRIORITY = 2;

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    @Override
    public Database<?> createDatabase(
            Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
        // A Flyway that does not work on our sessions has to look, and to lock, by itself.
        return configuration.getDataSource() instanceof SessionDataSource
                ? new LeanDatabase(configuration, connections, interceptor)
                : super.createDatabase(configuration, connections, interceptor);
    }

    private static final class LeanDatabase extends PostgreSQLDatabase {
        LeanDatabase(Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
            super(configuration, connections, interceptor);
        }

        @Override
        protected PostgreSQLConnection doGetConnection(java.sql.Connection connection) {
            return new PreparedConnection(this, connection);
        }
    }

    private static final class PreparedConnection extends PostgreSQLConnection {
        PreparedConnection(PostgreSQLDatabase database, java.sql.Connection connection) {
            super(database, connection);
        }

        @Override
        protected void doRestoreOriginalState() {}

        @Override
        public void changeCurrentSchemaTo(@SuppressWarnings("rawtypes") Schema schema) {}

        @Override
        public void doChangeCurrentSchemaOrSearchPathTo(String schema) {}

        /** The run holds this lock already, in a session that no script can reach ({@link FlywayLock}). */
        @Override
        public <T> T lock(@SuppressWarnings("rawtypes") Table table, Callable<T> work) {
            try {
                return work.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (SQLException e) {
                throw new FlywaySqlException("Flyway could not do its work", e);
            } catch (Exception e) {
                throw new FlywayException(e);
            }
        }

        @Override
        public Schema<?, ?> getSchema(String name) {
            return new KnownSchema(jdbcTemplate, database, name);
        }
    }

    private static final class KnownSchema extends PostgreSQLSchema {
        KnownSchema(JdbcTemplate template, PostgreSQLDatabase database, String name) {
            super(template, database, name);
        }

        @Override
        public Table<?, ?> getTable(String name) {
            return new KnownTable(jdbcTemplate, database, this, name);
        }
    }

    /** Once it is there it stays: this run holds the lock of every Flyway. */
    private static final class KnownTable extends PostgreSQLTable {
        private boolean there;

        KnownTable(JdbcTemplate template, PostgreSQLDatabase database, PostgreSQLSchema schema, String name) {
            super(template, database, schema, name);
        }

        @Override
        protected boolean doExists() throws SQLException {
            there = there || super.doExists();
            return there;
        }
    }
}
