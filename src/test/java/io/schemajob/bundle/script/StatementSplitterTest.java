package io.schemajob.bundle.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.schemajob.bundle.Refusal;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.sql.ConcurrentIndex;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSplitterTest {
    private static List<Statement> split(String sql) {
        return StatementSplitter.split(Script.of(new TextFile("migrations/1_x.up.sql", sql)));
    }

    private static List<String> texts(String sql) {
        return split(sql).stream().map(Statement::sql).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ';'",
                "select 'it''s; fine'",
                "select 'a\\'",
                "select e'a\\';b'",
                "select E'\\\\'",
                "select E'a'\n  'b\\';c'",
                "select E'a' -- comment; \n 'b\\';c'",
                "select U&'d\\0061t;a'",
                "select B'1' || X'1F' || N'a;'",
                "select \"semi;colon\"\"quoted\"",
                "select U&\"d\\0061t;\" from t",
                "select $$a;b$$",
                "select $tag$a;$$;$tag;$tag$",
                "select $ü1$;$ü1$",
                "select a$$b, c$$d",
                "select $1",
                "select 1 /* ; /* nested; */ ; */ + 1",
                "select 1 -- ; comment\n + 1",
                "select 1 -- ; comment\r + 1",
                "select 3*/*;*/4",
                "select 4---;\n 5",
                "create rule r as on insert to t do also (delete from a; delete from b)",
                "create function f() returns int begin atomic select 1; select 2; end",
                "create or replace function f() returns int language sql\nbegin atomic; select case when true then 1 else 2 end; end",
                "create procedure p() begin atomic insert into t values (case when 1=1 then 1 end); select 1 as end; end",
                "create function f(begin int) returns int begin atomic select t.end, t.case from t; end",
                "create function f() returns int as $body$ begin; return 1; end; $body$ language plpgsql",
                "create function f() returns int as 'begin; return 1; end;' language plpgsql",
                "insert into t values ('\uD83D\uDC18;', 'ü;')",
            })
    void aSemicolonInsideIsNone(String sql) {
        assertThat(texts(sql)).containsExactly(sql);
        assertThat(texts(sql + ";select 1")).containsExactly(sql, "select 1");
        assertThat(texts("select 0;\n" + sql + "\n;\nselect 1")).containsExactly("select 0", sql, "select 1");
    }

    @Test
    void stringsWithoutEscapeEndAtTheirQuoteAlsoOnTheNextLine() {
        assertThat(texts("select 'a'\n'b\\'; select 2")).containsExactly("select 'a'\n'b\\'", "select 2");
        assertThat(texts("select E'a' 'b\\'; select 2")).containsExactly("select E'a' 'b\\'", "select 2");
    }

    @Test
    void emptyStatementsAndCommentsAloneAreLeftOut() {
        assertThat(texts("")).isEmpty();
        assertThat(texts(" ;;\n-- nothing\n; /* nothing */ ;\n")).isEmpty();
        assertThat(texts("/* before */ select 1 /* after */; -- end")).containsExactly("select 1");
    }

    @Test
    void linesAreThoseOfTheFirstWord() {
        String sql = "-- one\n\nselect 1;\n/* four\n five */ select\n2; select 3;\n\n\n'x\ny' ; select 4";
        assertThat(split(sql)).extracting(Statement::line).containsExactly(3, 5, 6, 9, 10);
        assertThat(split(sql.replace("\n", "\r\n"))).extracting(Statement::line).containsExactly(3, 5, 6, 9, 10);
    }

    @Test
    void copyTakesItsRows() {
        List<Statement> statements = split("copy t (a, b) from stdin;\n1\t'x;\n\\\\.\n2\t$$\n\\.\nselect 1;\n");
        assertThat(statements).extracting(Statement::sql).containsExactly("copy t (a, b) from stdin", "select 1");
        assertThat(statements).extracting(Statement::line).containsExactly(1, 6);
        assertThat(statements)
                .extracting(Statement::kind)
                .containsExactly(Statement.Kind.COPY_FROM_STDIN, Statement.Kind.PLAIN);
        assertThat(statements).extracting(Statement::data).containsExactly("1\t'x;\n\\\\.\n2\t$$\n", null);
    }

    @Test
    void copyWithWindowsLineEndsAndWithoutRows() {
        List<Statement> statements =
                split("COPY t FROM STDIN (FORMAT csv) ; -- rows\r\n1\r\n\\.\r\ncopy t from stdin;\n\\.");
        assertThat(statements).extracting(Statement::data).containsExactly("1\r\n", "");
        assertThat(statements).extracting(Statement::line).containsExactly(1, 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy t to '/tmp/x'",
                "copy (select 1 from stdin) to '/tmp/x'",
                "copy t from '/tmp/stdin'",
                "copy t from program 'stdin'",
                "select 1 from stdin"
            })
    void otherCopiesHaveNoRows(String sql) {
        assertThat(split(sql)).extracting(Statement::kind).containsExactly(Statement.Kind.PLAIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'select 1;\n\nselect ''a;\n'                    | 3 | a string opens here and is never closed",
                "'select 1;\nselect e''\\'                       | 2 | a string opens here",
                "'select\n \"a;'                                 | 2 | a quoted name opens here",
                "'select 1;\nselect $x$ a $y$;'                  | 2 | the dollar quote $x$ opens here",
                "'select 1;\n /* a /* b */ \n'                   | 2 | a comment opens here",
                "'create rule r as on insert to t do\n(select ;' | 2 | a parenthesis opens here",
                "'create function f()\nbegin atomic\nselect 1;'  | 2 | a block (BEGIN ATOMIC or CASE) opens here",
                "'select 1;\ncopy t from stdin;\n1\n'            | 2 | the rows of this COPY",
                "'select 1;\ncopy t from stdin'                  | 2 | a COPY … FROM stdin opens here",
                "'copy t from stdin; select 1;\n\\.\n'           | 1 | must begin on the next line",
                "'select 1;\n\\set x 1\n'                        | 2 | \\set is a command of psql",
                "'select 1\n\\gexec\n'                           | 2 | \\gexec is a command of psql",
                "'select 1; \\. \n'                              | 1 | \\. is a command of psql",
                "'\\restrict abc\n'                              | 1 | \\restrict is a command of psql",
                "'\\connect db;\n'                               | 1 | \\connect is a command of psql",
            })
    void whatCannotBeSplitIsRefusedWithItsLine(String sql, int line, String message) {
        Failure failure = Refusal.of(() -> split(sql));
        assertThat(failure.where()).isEqualTo("migrations/1_x.up.sql:" + line);
        assertThat(failure.message()).startsWith(failure.where() + ": ").contains(message);
    }

    @Test
    void everyPsqlCommandComesWithAdvice() {
        assertThat(Refusal.of(() -> split("\\copy t from 'x'")).hint()).contains("COPY … FROM stdin");
        assertThat(Refusal.of(() -> split("\\unrestrict x")).hint()).contains("pg_dump");
        assertThat(Refusal.of(() -> split("\\timing")).hint()).isNotBlank();
    }

    @Test
    void timeGrowsLinearly() {
        String insert = "insert into t values (1, 'some text; more', $$body$$); /* c */ ";
        List<String> hard = List.of(
                insert.repeat(200_000),
                "select " + "(".repeat(1_000_000) + ")".repeat(1_000_000),
                "select " + "$a".repeat(3_000_000),
                "select $b$" + "$a$".repeat(3_000_000) + "$b$",
                "select " + "E'x' ".repeat(1_000_000),
                "/*".repeat(1_000_000) + "*/".repeat(1_000_000),
                "\n".repeat(10_000_000),
                ";".repeat(10_000_000));
        for (String sql : hard) {
            assertThat(Duration.ofNanos(nanos(sql))).isLessThan(Duration.ofMinutes(1));
        }
    }

    private static long nanos(String sql) {
        long start = System.nanoTime();
        split(sql);
        return System.nanoTime() - start;
    }

    @Property
    void joinedStatementsSplitBackWithTheirLines(@ForAll("scripts") List<List<String>> scripts) {
        StringBuilder script = new StringBuilder();
        List<String> expected = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        for (List<String> parts : scripts) {
            String before = parts.get(0);
            String statement = parts.get(1);
            script.append(before);
            lines.add(1 + (int) script.chars().filter(c -> c == '\n').count());
            script.append(statement).append(parts.get(2)).append(';');
            expected.add(statement);
        }
        List<Statement> statements = split(script.toString());
        assertThat(statements).extracting(Statement::sql).isEqualTo(expected);
        assertThat(statements).extracting(Statement::line).isEqualTo(lines);
    }

    /** Each a list of what stands before the statement, the statement, and what stands behind it. */
    @Provide
    Arbitrary<List<List<String>>> scripts() {
        Arbitrary<String> blank = Arbitraries.of(
                        " ", "\n", "\r\n", "\t", "-- it's; $$ /* \n", "/* ; ' $x$ /* \" \n */ */", ";")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
        Arbitrary<String> piece = Arbitraries.of(
                "a",
                "1",
                "+",
                "''",
                "';'",
                "'it''s\n;'",
                "'\\'",
                "E'\\';\\\\'::text",
                "\"a;\"\"b\"",
                "$$;'\n$$",
                "$x$ $$ ; $x$",
                "(;)",
                "(a;(b;);c)",
                "/* ; ' */",
                "-- ; '\n",
                "$1",
                "a$b$c",
                "::text",
                "ü");
        Arbitrary<String> statement =
                piece.list().ofMaxSize(8).map(pieces -> "select " + String.join(" ", pieces) + " x");
        Arbitrary<String> behind = Arbitraries.of("", " ", "\n", " /* ; */ ", " -- ;\n");
        return Combinators.combine(blank, statement, behind).as(List::of).list().ofMaxSize(6);
    }

    @Property
    void anyTextEitherSplitsOrIsRefused(@ForAll("noise") String text) {
        assertThatCode(() -> parseLeniently(text)).doesNotThrowAnyException();
    }

    @Property(tries = 300)
    void anyBytesEitherSplitOrAreRefused(@ForAll @Size(max = 300) byte[] bytes) {
        assertThatCode(() -> parseLeniently(new String(bytes, StandardCharsets.ISO_8859_1)))
                .doesNotThrowAnyException();
    }

    private static void parseLeniently(String text) {
        try {
            Script script = Script.of(new TextFile("x.sql", text));
            for (Statement statement : ScriptParser.parse(script).statements()) {
                ConcurrentIndex.of(statement);
            }
        } catch (SchemajobException e) {
            assertThat(e.failure().where()).startsWith("x.sql:");
        }
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.of(
                        "'",
                        "\"",
                        "$",
                        "$$",
                        "$a$",
                        "E'",
                        "\\",
                        "/*",
                        "*/",
                        "--",
                        "\n",
                        "\r",
                        ";",
                        "(",
                        ")",
                        "=",
                        ".",
                        ",",
                        "U&\"",
                        "\\0041",
                        "\\+110000",
                        " ",
                        "begin",
                        "atomic",
                        "case",
                        "end",
                        "create",
                        "index",
                        "concurrently",
                        "unique",
                        "on",
                        "if",
                        "not",
                        "exists",
                        "drop",
                        "reindex",
                        "table",
                        "copy",
                        "from",
                        "stdin",
                        "\n\\.\n",
                        "commit",
                        "rollback",
                        "to",
                        "alter",
                        "subscription",
                        "set",
                        "refresh",
                        "false",
                        "detach",
                        "cluster",
                        "vacuum",
                        "é",
                        "\uD83D",
                        "\u0000")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join(" ", parts));
    }
}
