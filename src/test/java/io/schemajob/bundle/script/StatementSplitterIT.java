package io.schemajob.bundle.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.testing.Postgres;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postgresql.PGConnection;

/** What we take for one statement, real servers (and the driver, which looks for semicolons itself) take for one too. */
class StatementSplitterIT {
    private static final String SCRIPT =
            """
            create table t (id int, word text); -- a comment; with a semicolon
            create table log (word text);
            create rule r as on insert to t do also
              (insert into log values (new.word || ';1'); insert into log values (new.word || ';2'));
            copy t from stdin;
            1\tone;
            2\t$$ it's
            \\.
            insert into t values (3, E'a\\';' -- continued; on the next line
              'b\\';c'), (4, 'back\\'), (5, U&'d\\0061t;a'), (6, $x$ $$;$x$), (7, '/* ;'), (8, /* /* ; */ ' */ 'nested');
            create function twice(begin int) returns int language sql
            begin atomic
              select case when begin > 0 then 1 else 0 end as end;
              select begin * 2;
            end;
            create or replace procedure clean() begin atomic delete from log where false; delete from log; end;
            create function old(i int) returns int as $body$ begin return i; end; $body$ language plpgsql;
            create function older() returns text as 'begin return ''x;y''; end;' language plpgsql;
            create table "odd;""name" ("a;b" int default 3*/*;*/4);
            insert into "odd;""name" default values;
            do $$ begin perform 1; perform 2; end $$;
            insert into t select 9, 'last' where 2 = 4---;
            -2""";

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void everyStatementIsOneForTheServer(int major) throws SQLException, IOException {
        try (Connection connection = Postgres.version(major).createDatabase().connect()) {
            for (io.schemajob.bundle.sql.Statement statement :
                    ScriptParser.parse(Script.of(new TextFile("x.sql", SCRIPT))).statements()) {
                run(connection, statement);
            }
            assertThat(column(connection, "select word from t order by id"))
                    .containsExactly("one;", "$$ it's", "a';b';c", "back\\", "dat;a", " $$;", "/* ;", "nested", "last");
            assertThat(column(connection, "select count(*)::text from log")).containsExactly("14");
            assertThat(column(connection, "select twice(21)::text")).containsExactly("42");
            assertThat(column(connection, "select older()")).containsExactly("x;y");
            assertThat(column(connection, "select \"a;b\"::text from \"odd;\"\"name\""))
                    .containsExactly("12");
        }
    }

    private static void run(Connection connection, io.schemajob.bundle.sql.Statement statement)
            throws SQLException, IOException {
        if (statement.data() != null) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(statement.sql(), new StringReader(statement.data()));
            return;
        }
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            jdbc.execute(statement.sql());
            assertThat(jdbc.getMoreResults() || jdbc.getUpdateCount() >= 0)
                    .as("a second result of: %s", statement.sql())
                    .isFalse();
        }
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement jdbc = connection.createStatement();
                ResultSet rows = jdbc.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
