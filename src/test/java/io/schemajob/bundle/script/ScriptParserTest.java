package io.schemajob.bundle.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.Refusal;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.report.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptParserTest {
    private static ParsedScript parse(String sql) {
        return ScriptParser.parse(Script.of(new TextFile("migrations/1_x.up.sql", sql)));
    }

    private static List<String> texts(String sql) {
        return parse(sql).statements().stream().map(Statement::sql).toList();
    }

    @Test
    void anOrdinaryScriptIsTransactional() {
        ParsedScript parsed = parse("create table t (a int);\ninsert into t values (1);");
        assertThat(parsed.transactional()).isTrue();
        assertThat(parsed.statements()).hasSize(2);
    }

    @Test
    void aScriptOfCommentsDoesNothing() {
        assertThat(parse("-- nothing to do").statements()).isEmpty();
        assertThat(parse("-- nothing to do").transactional()).isTrue();
    }

    @Test
    void aStatementThatRefusesTransactionsStandsAlone() {
        ParsedScript parsed = parse("-- why\ncreate index concurrently i on t (a);\n");
        assertThat(parsed.transactional()).isFalse();
        assertThat(parsed.statements()).hasSize(1);

        for (String sql : List.of(
                "select 1;\n\ncreate index concurrently i on t (a);\nselect 2;",
                "select 1;\n\ncreate /* hide */ index concurrently i on t (a);")) {
            Failure failure = Refusal.of(() -> parse(sql));
            assertThat(failure.where()).isEqualTo("migrations/1_x.up.sql:3");
            assertThat(failure.message()).contains("CREATE INDEX CONCURRENTLY").contains("the statement on line 1");
            assertThat(failure.hint())
                    .startsWith("Put it into a script of its own.")
                    .contains("-- schemajob: no-transaction");
        }
        assertThat(Refusal.of(() -> parse("vacuum t;\nvacuum u;")).message())
                .startsWith("migrations/1_x.up.sql:1: VACUUM")
                .contains("line 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; select 1; select 2; commit;",
                "BEGIN WORK;\nselect 1;select 2;\nEND TRANSACTION",
                "start transaction; select 1; select 2; commit and no chain;",
                "-- c\nbegin transaction; select 1; select 2; commit work; -- c",
                "select 1; select 2",
            })
    void aPairAroundTheScriptIsLeftOut(String sql) {
        assertThat(texts(sql)).containsExactly("select 1", "select 2");
        assertThat(parse(sql).transactional()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create temp table x (i int)",
                "create table if not exists pg_temp.x (i int)",
                "create or replace view pg_temp.x as select 1",
                "select 1 as i into temp x",
                "with a as (select 1 as i) select i into temporary table x from a",
                "select 1 as i into pg_temp.x",
            })
    void nothingTemporaryIsMadeStepByStep(String sql) {
        Failure failure = Refusal.of(() -> parse("-- schemajob: no-transaction\nselect 1;\n" + sql));
        assertThat(failure.message()).contains("would be gone where a later run goes on");
        assertThat(failure.where()).endsWith(":3");
    }

    @Test
    void aTableMayBeCalledTemp() {
        assertThat(parse("-- schemajob: no-transaction\ninsert into temp values (1);\ncreate table temp (i int)")
                        .stepwise())
                .isTrue();
    }

    @Test
    void anIndexThatIsBuiltConcurrentlyNeedsAName() {
        Failure failure = Refusal.of(() -> parse("-- fast\ncreate unique index concurrently on t (a);"));
        assertThat(failure.where()).isEqualTo("migrations/1_x.up.sql:2");
        assertThat(failure.message()).contains("needs a name");
        assertThat(parse("create index on t (a);").transactional()).isTrue();
    }

    @Test
    void savepointsAreFine() {
        List<String> statements = List.of(
                "savepoint a",
                "rollback to a",
                "rollback work to savepoint a",
                "release a",
                "set transaction read write");
        assertThat(texts(String.join(";", statements))).isEqualTo(statements);
        assertThat(texts("prepare p as select 1;execute p")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'select 1;\ncommit;\nselect 2;'                     | 2 | commit",
                "'select 1;\ncommit;'                                | 2 | commit",
                "'begin;\nselect 1;'                                 | 1 | begin",
                "'begin;'                                            | 1 | begin",
                "'begin;\nselect 1;\ncommit;\nbegin;\nselect 2;\ncommit' | 3 | commit",
                "'begin;\nselect 1;\nrollback;'                      | 1 | begin",
                "'select 1;\nrollback and chain;'                    | 2 | rollback and chain",
                "'select 1;\nabort;'                                 | 2 | abort",
                "'select 1;\nprepare transaction ''x'';'             | 2 | prepare transaction 'x'",
                "'commit prepared ''x'';'                            | 1 | commit prepared 'x'",
                "'begin;\nselect 1;\ncommit and chain;'              | 1 | begin",
                "'select 1;\nend;'                                   | 2 | end",
                "'select 1;\nstart\ntransaction;'                    | 2 | start transaction",
            })
    void otherTransactionControlIsRefused(String sql, int line, String shown) {
        Failure failure = Refusal.of(() -> parse(sql));
        assertThat(failure.message())
                .isEqualTo("migrations/1_x.up.sql:" + line
                        + ": a script may not begin or end transactions itself, but says " + shown + ".");
    }

    @Test
    void anIsolationLevelOfItsOwnIsRefusedWithAWayOut() {
        Failure failure = Refusal.of(() -> parse("begin isolation level serializable; select 1; commit;"));
        assertThat(failure.hint()).contains("SET TRANSACTION");
    }

    @Test
    void aPairAroundWhatRefusesTransactionsIsAContradiction() {
        Failure failure = Refusal.of(() -> parse("begin;\nvacuum t;\ncommit;"));
        assertThat(failure.message())
                .isEqualTo("migrations/1_x.up.sql:2: VACUUM cannot run in a transaction, but stands between BEGIN and"
                        + " COMMIT.");
    }
}
