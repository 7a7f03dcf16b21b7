package io.schemajob.lint.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.sql.ColumnDef.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements are taken apart at the right places. */
class StatementsTest {
    private static Ddl read(String sql) {
        return DdlReader.read(ScriptParser.outline(Script.of(new TextFile("x.sql", sql)))
                .statements()
                .get(0));
    }

    private static List<TableAction> actions(String sql) {
        return ((Ddl.Alter) read("ALTER TABLE t " + sql)).actions();
    }

    @Test
    void actionsAreCutAtTheCommasBetweenThem() {
        List<TableAction> actions = actions(
                """
                ADD COLUMN a numeric(10, 2) DEFAULT round(1.5, 1), -- one, two
                  ADD b text DEFAULT 'x, DROP COLUMN c', /* , */
                  ADD CONSTRAINT k CHECK (a IN (1, 2) OR b = ANY (ARRAY['x', 'y'])),
                  ADD d text[] DEFAULT ARRAY['a', $$b, c$$],
                  ALTER e TYPE "odd, type" USING f(e, 1), ADD "g, h" int""");
        assertThat(actions).extracting(TableAction::line).containsExactly(1, 2, 3, 4, 5, 5);
        assertThat(actions)
                .hasExactlyElementsOfTypes(
                        TableAction.AddColumn.class,
                        TableAction.AddColumn.class,
                        TableAction.AddConstraint.class,
                        TableAction.AddColumn.class,
                        TableAction.SetType.class,
                        TableAction.AddColumn.class);
        assertThat(((TableAction.AddColumn) actions.get(5)).column().name()).isEqualTo("g, h");
        assertThat(((TableAction.SetType) actions.get(4)).type().name()).isEqualTo("odd, type");
    }

    @Test
    void whatFollowsAColumnIsReadInAnyOrder() {
        ColumnDef column = ((TableAction.AddColumn) actions("ADD IF NOT EXISTS \"A\" varchar(9) COLLATE \"C\""
                                + " CONSTRAINT k REFERENCES s.u (a) MATCH FULL ON DELETE SET NULL ON UPDATE NO ACTION DEFERRABLE"
                                + " DEFAULT lower('X' || f(1)) NOT NULL CHECK (\"A\" <> '')")
                        .get(0))
                .column();
        assertThat(column.name()).isEqualTo("A");
        assertThat(column.type()).hasToString("varchar(9)");
        assertThat(column.notNull()).isTrue();
        assertThat(column.value()).isEqualTo(Value.DEFAULT);
        assertThat(column.volatileCall()).isEqualTo("f");
        assertThat(column.constraints())
                .extracting(ConstraintDef::kind, ConstraintDef::name, ConstraintDef::references)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(ConstraintDef.Kind.FOREIGN_KEY, "k", new SqlName("s", "u")),
                        org.assertj.core.groups.Tuple.tuple(ConstraintDef.Kind.CHECK, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"REFERENCES u ON DELETE SET NULL", "NULL", "DEFAULT NULL", "REFERENCES u ON DELETE SET DEFAULT"})
    void wordsOfOtherClausesAreNoNotNullAndNoDefault(String clause) {
        ColumnDef column =
                ((TableAction.AddColumn) actions("ADD a int " + clause).get(0)).column();
        assertThat(column.notNull()).isFalse();
        assertThat(column.value()).isEqualTo(Value.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | integer",
                "pg_catalog.int4 | integer",
                "character varying (20) | varchar(20)",
                "char | char(1)",
                "bpchar | char",
                "timestamp (3) with time zone | timestamptz(3)",
                "time without time zone | time",
                "double precision | double precision",
                "float(10) | real",
                "float | double precision",
                "decimal(10 , 2) | numeric(10,2)",
                "bit varying(5)[] | varbit(5)[]",
                "integer ARRAY[4] | integer[]",
                "\"MyType\" | MyType",
                "geometry(Point, 4326) | geometry(Point,4326)",
            })
    void typesHaveManySpellings(String written, String type) {
        assertThat(TypeReader.read(new Sql(written, 1))).hasToString(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "now() | -",
                "'random()' | -",
                "CURRENT_TIMESTAMP(3) | -",
                "'a'::varchar(10) || cast(1 AS numeric(3,1)) | -",
                "pg_catalog.now() | -",
                "mine.now() | now",
                "random() | random",
                "\"Random\" () | Random",
                "(now() AT TIME ZONE 'UTC')::date | -",
                "coalesce(null, upper(gen_random_uuid()::text)) | gen_random_uuid",
                "CASE WHEN (true) THEN (1) ELSE (2) END | -",
                "'{}'::numeric(1,0)[] | -",
            })
    void volatileCallsAreFound(String expression, String call) {
        assertThat(Volatility.volatileCall(new Sql(expression, 1))).isEqualTo(call);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE",
                "CREATE TABLE t (",
                "ALTER TABLE",
                "ALTER TABLE t",
                "ALTER TABLE t ADD",
                "ALTER TABLE t ADD CONSTRAINT",
                "ALTER TABLE t ADD CONSTRAINT k",
                "ALTER TABLE t ADD FOREIGN KEY",
                "ALTER TABLE t ALTER c TYPE",
                "ALTER TABLE t ALTER c TYPE int USING",
                "ALTER TABLE t RENAME",
                "ALTER TABLE t ATTACH PARTITION",
                "ALTER TYPE t ADD VALUE",
                "CREATE INDEX",
                "CREATE INDEX ON",
                "DROP INDEX",
                "TRUNCATE",
                "LOCK TABLE",
                "REINDEX",
                "VACUUM",
                "COMMENT ON COLUMN x",
            })
    void statementsThatBreakOffAreNoReasonToFail(String sql) {
        String closed = sql.endsWith("(") ? sql + ")" : sql;
        assertThat(read(closed)).isNotNull();
    }

    @Test
    void locksTakenByHandHaveTheirMode() {
        assertThat(read("LOCK TABLE ONLY a, s.b * IN SHARE ROW EXCLUSIVE MODE NOWAIT"))
                .isEqualTo(new Ddl.Touch(
                        List.of(new SqlName(null, "a"), new SqlName("s", "b")), LockMode.SHARE_ROW_EXCLUSIVE));
    }
}
