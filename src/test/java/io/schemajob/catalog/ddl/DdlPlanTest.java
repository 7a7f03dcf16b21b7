package io.schemajob.catalog.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.ddl.Facts.MissingRow;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaComparison;
import io.schemajob.catalog.diff.SchemaDiff;
import io.schemajob.catalog.equivalence.Equivalence;
import io.schemajob.catalog.equivalence.LiveWording;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Row;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.yaml.SchemaYaml;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is planned for two schemas, statement by statement; integration tests run such statements on real servers. */
class DdlPlanTest {
    private static final Facts EMPTY = new Facts(Map.of(), List.of());

    private static Facts filled(String... tables) {
        Map<String, Long> rows = new HashMap<>();
        for (String table : tables) {
            rows.put(table, 1200L);
        }
        return new Facts(rows, List.of());
    }

    /** As a catalog has it: primary keys have names. */
    private static Schema live(String yaml) {
        Schema schema = declared(yaml);
        Map<String, Table> tables = new HashMap<>();
        schema.tables().forEach((name, table) -> tables.put(name, GoalTable.complete(table)));
        return schema.withTables(tables);
    }

    private static Schema declared(String yaml) {
        return SchemaYaml.read(new TextFile("schema.yaml", yaml));
    }

    private static DdlPlan plan(String declared, String live, boolean strict, Facts facts) {
        Schema worded = LiveWording.of(declared(declared), live(live), Equivalence.TOKENS);
        return DdlPlan.of(SchemaComparison.of(worded, live(live), new DiffOptions(strict, null)), strict, facts);
    }

    private static List<List<String>> ups(DdlPlan plan) {
        return plan.scripts().stream()
                .map(script -> script.stream()
                        .flatMap(operation -> operation.up().stream())
                        .toList())
                .toList();
    }

    private static List<String> downs(DdlPlan plan) {
        List<String> all = new ArrayList<>();
        for (List<Operation> script : plan.scripts()) {
            for (Operation operation : script) {
                List<String> back = new ArrayList<>(operation.down());
                Collections.reverse(back);
                all.addAll(back);
            }
        }
        Collections.reverse(all);
        return all;
    }

    /** Nobody drops what others may use, and nobody is left to find out by himself. */
    @Test
    void anExtensionThatIsNotDeclaredStaysAndIsNamed() {
        String table = "tables: {t: {columns: {id: bigint}}}";
        DdlPlan plan = plan(table, "extensions: [hstore, vector]\n" + table, true, EMPTY);
        assertThat(plan.scripts()).isEmpty();
        assertThat(plan.notes())
                .extracting(note -> note.object() + ": " + note.statements() + note.open())
                .containsExactly(
                        "extension hstore: [DROP EXTENSION hstore]false",
                        "extension vector: [DROP EXTENSION vector]false");
        assertThat(plan("extensions: [hstore]\n" + table, "extensions: [hstore]\n" + table, true, EMPTY)
                        .notes())
                .isEmpty();
    }

    /** Tables make partitions at run time; whoever took one out of the file is told that it stays. */
    @Test
    void partitionsThatAreNotDeclaredStayAndAreNamed() {
        String parent = "tables: {t: {columns: {id: int}, partition_by: LIST (id)%s}%s}";
        String partitions = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> ", t%d: {columns: {id: int}, partition_of: {table: t, bound: FOR VALUES IN (%d)}}"
                        .formatted(i, i))
                .collect(Collectors.joining());
        DdlPlan plan = plan(parent.formatted("", ""), parent.formatted("", partitions), true, EMPTY);
        assertThat(plan.scripts()).isEmpty();
        assertThat(plan.notes())
                .extracting(note -> note.object() + ": " + note.reason() + note.open())
                .containsExactly(
                        "table t: It has partitions that are not declared, and stay: t1, t2, t3, t4, t5 and 2 more.false");
        assertThat(plan(parent.formatted(", partitions: ignore", ""), parent.formatted("", partitions), true, EMPTY)
                        .notes())
                .isEmpty();
    }

    @Test
    void equalSchemasNeedNothing() {
        String yaml = "tables: {t: {columns: {id: bigint, a: int}, primary_key: [id], indexes: {t_a: [a]}}}";
        DdlPlan plan = plan(yaml, yaml, true, EMPTY);
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.leavesDrift()).isFalse();
    }

    @Test
    void sameTokensNeedNothing() {
        DdlPlan plan = plan(
                "tables: {t: {columns: {a: {type: text, default: \"NULL\"}}, checks: {c: \"a in ('x', 'y')\"}}}",
                "tables: {t: {columns: {a: text}, checks: {c: \"A IN ( 'x','y' ) -- as before\"}}}",
                true,
                filled("t"));
        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void viewsGoAndComeBackAroundAnotherType() {
        String schema =
                """
                tables: {t: {columns: {id: bigint, n: %s}, indexes: {t_n: [n]}}}
                views:
                  above: {definition: SELECT below.n FROM below}
                  below: {definition: SELECT t.n FROM t}
                  beside: {definition: SELECT t.id FROM t}
                """;
        DdlPlan plan = plan(schema.formatted("bigint"), schema.formatted("int"), true, EMPTY);
        assertThat(ups(plan))
                .containsExactly(List.of(
                        "DROP VIEW above",
                        "DROP VIEW below",
                        "ALTER TABLE t ALTER COLUMN n TYPE bigint",
                        "CREATE VIEW below AS\nSELECT t.n FROM t",
                        "CREATE VIEW above AS\nSELECT below.n FROM below"));
        assertThat(downs(plan))
                .containsExactly(
                        "DROP VIEW above",
                        "DROP VIEW below",
                        "ALTER TABLE t ALTER COLUMN n TYPE integer",
                        "CREATE VIEW below AS\nSELECT t.n FROM t",
                        "CREATE VIEW above AS\nSELECT below.n FROM below");
    }

    @Test
    void tablesAreMadeAfterWhatTheyNeed() {
        DdlPlan plan = plan(
                """
                types: {mood: {enum: [sad]}}
                tables:
                  a: {columns: {id: bigserial, m: mood, b: bigint}, primary_key: [id],
                      foreign_keys: {a_b: {columns: [b], table: b, references: [id]}}}
                  b: {columns: {id: bigint, c: {type: text, default: f()}}, primary_key: [id], indexes: {b_c: [c]}}
                functions: {f(): {returns: text, language: sql, body: SELECT 'x'}}
                """,
                "{}",
                true,
                EMPTY);
        List<String> up = ups(plan).get(0);
        assertThat(up.stream().map(sql -> sql.replaceAll("(?s)[(\n].*", "").strip()))
                .containsExactly(
                        "CREATE TYPE mood AS ENUM",
                        "CREATE SEQUENCE a_id_seq AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1"
                                + " CACHE 1 NO CYCLE",
                        "CREATE FUNCTION f",
                        "CREATE TABLE a",
                        "CREATE TABLE b",
                        "ALTER SEQUENCE a_id_seq OWNED BY a.id",
                        "CREATE INDEX b_c ON b",
                        "ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY");
        assertThat(downs(plan))
                .containsExactly(
                        "ALTER TABLE a DROP CONSTRAINT a_b",
                        "ALTER SEQUENCE a_id_seq OWNED BY NONE",
                        "DROP TABLE b",
                        "DROP TABLE a",
                        "DROP FUNCTION f()",
                        "DROP SEQUENCE a_id_seq",
                        "DROP TYPE mood");
    }

    @Test
    void emptyTablesAreChangedAtOnce() {
        DdlPlan plan = plan(
                "tables: {t: {columns: {a: {type: int, nullable: false}}, unique: {t_u: [a]}, checks: {t_c: a > 0}, indexes: {t_a: [a]}}}",
                "tables: {t: {columns: {a: int}}}",
                true,
                EMPTY);
        assertThat(ups(plan))
                .containsExactly(List.of(
                        "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
                        "ALTER TABLE t ADD CONSTRAINT t_u UNIQUE (a)",
                        "ALTER TABLE t ADD CONSTRAINT t_c CHECK (a > 0)",
                        "CREATE INDEX t_a ON t (a)"));
    }

    @Test
    void tablesWithRowsAreChangedGently() {
        DdlPlan plan = plan(
                "tables: {t: {columns: {a: {type: int, nullable: false}}, unique: {t_u: [a]}, checks: {t_c: a > 0}, indexes: {t_a: [a]}}}",
                "tables: {t: {columns: {a: int}, indexes: {t_old: [a]}}}",
                true,
                filled("t"));
        assertThat(ups(plan))
                .containsExactly(
                        List.of("DROP INDEX CONCURRENTLY t_old"),
                        List.of(
                                "ALTER TABLE t ADD CONSTRAINT t_a_filled CHECK (a IS NOT NULL) NOT VALID",
                                "ALTER TABLE t ADD CONSTRAINT t_c CHECK (a > 0) NOT VALID"),
                        List.of(
                                "ALTER TABLE t VALIDATE CONSTRAINT t_a_filled",
                                "ALTER TABLE t VALIDATE CONSTRAINT t_c"),
                        List.of("CREATE UNIQUE INDEX CONCURRENTLY t_u ON t (a)"),
                        List.of("CREATE INDEX CONCURRENTLY t_a ON t (a)"),
                        List.of(
                                "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
                                "ALTER TABLE t DROP CONSTRAINT t_a_filled",
                                "ALTER TABLE t ADD CONSTRAINT t_u UNIQUE USING INDEX t_u"));
    }

    @Test
    void aDropBesideAnAddIsNotDone() {
        DdlPlan plan = plan(
                "tables: {t: {columns: {id: int, title: text}}}",
                "tables: {t: {columns: {id: int, name: text}}}",
                true,
                EMPTY);
        List<Operation> script = plan.scripts().get(0);
        assertThat(script).extracting(Operation::commented).containsExactly(false, true);
        assertThat(script.get(1).up()).containsExactly("ALTER TABLE t DROP COLUMN name");
        assertThat(plan.leavesDrift()).isTrue();
        assertThat(ScriptText.up(List.of(), script, plan.notes(), (n, o) -> List.of())
                        .text())
                .contains("\nALTER TABLE t ADD COLUMN title text;\n")
                .contains("\n-- ALTER TABLE t DROP COLUMN name;\n")
                .contains("It may have become column t.title");
    }

    /** A line break in a name would end the comment, and what follows would be run. */
    @Test
    void commentsHoldNoStatement() {
        Note note = new Note(
                ObjectIdentity.of("table", "a\nDROP TABLE b;"), "is\rthere", List.of("SELECT 1\r; DROP TABLE c"), true);
        assertThat(ScriptText.up(List.of("from x\nDROP TABLE d;"), List.of(), List.of(note), (n, o) -> List.of())
                        .text()
                        .split("[\r\n]+"))
                .allMatch(line -> line.isEmpty() || line.startsWith("-- "));
    }

    @Test
    void aTableThatMayBeRenamedStaysWhole() {
        DdlPlan plan = plan(
                "tables: {fresh: {columns: {id: int, a: text, b: text}}}",
                "tables: {stale: {columns: {id: int, a: text}, indexes: {stale_a: [a]}, primary_key: [id]}}",
                true,
                EMPTY);
        assertThat(plan.scripts().get(0)).allSatisfy(operation -> assertThat(operation.commented())
                .isEqualTo("stale".equals(operation.relation())));
    }

    @Test
    void whatIsNotDeclaredStaysUnlessStrict() {
        String declared = "tables: {t: {columns: {id: int}}}";
        String live =
                """
                tables: {t: {columns: {id: int, more: text}, indexes: {t_more: [more]}}, u: {columns: {n: int}}}
                views: {v: {definition: SELECT u.n FROM u}}
                functions: {f(): {returns: int, language: sql, body: SELECT 1}}
                sequences: {s: {}}
                """;
        DdlPlan lenient = plan(declared, live, false, EMPTY);
        assertThat(lenient.isEmpty()).isTrue();
        assertThat(lenient.notes())
                .extracting(note -> note.object().toString())
                .containsExactlyInAnyOrder(
                        "column t.more", "index t_more on t", "table u", "view v", "function f()", "sequence s");
        assertThat(lenient.notes()).noneMatch(Note::open);
        assertThat(ups(plan(declared, live, true, EMPTY)))
                .containsExactly(List.of(
                        "DROP VIEW v",
                        "DROP INDEX t_more",
                        "ALTER TABLE t DROP COLUMN more",
                        "DROP FUNCTION f()",
                        "DROP TABLE u",
                        "DROP SEQUENCE s"));
    }

    @Test
    void aColumnThatMustBeSuppliedGoesAlsoUnlessStrict() {
        DdlPlan plan = plan(
                "tables: {t: {columns: {id: int}}}",
                "tables: {t: {columns: {id: int, must: {type: text, nullable: false}}}}",
                false,
                filled("t"));
        assertThat(ups(plan)).containsExactly(List.of("ALTER TABLE t DROP COLUMN must"));
        assertThat(plan.scripts().get(0).get(0).down())
                .containsExactly(
                        "ALTER TABLE t ADD COLUMN must text NOT NULL DEFAULT ''",
                        "ALTER TABLE t ALTER COLUMN must DROP DEFAULT");
    }

    @Test
    void nobodyButAPersonKnowsWhatTheRowsShouldHold() {
        DdlPlan plan = plan(
                "tables: {t: {columns: {id: int, must: {type: text, nullable: false}}}}",
                "tables: {t: {columns: {id: int}}}",
                true,
                filled("t"));
        assertThat(ups(plan)).containsExactly(List.of("ALTER TABLE t ADD COLUMN must text"));
        assertThat(plan.notes()).singleElement().satisfies(note -> {
            assertThat(note.object()).isEqualTo(ObjectIdentity.column("t", "must"));
            assertThat(note.open()).isTrue();
        });
    }

    @Test
    void valuesOfAnEnumAreCommittedBeforeTheyAreUsed() {
        String schema = "{types: {mood: {enum: [%s]}}, tables: {t: {columns: {m: {type: mood, default: \"'%s'\"}}}}}";
        DdlPlan plan =
                plan(schema.formatted("sad, so, ok", "so"), schema.formatted("sad, ok", "ok"), true, filled("t"));
        assertThat(ups(plan))
                .containsExactly(
                        List.of("ALTER TYPE mood ADD VALUE 'so' AFTER 'sad'"),
                        List.of("ALTER TABLE t ALTER COLUMN m SET DEFAULT 'so'"));
        assertThat(plan.scripts().get(0).get(0).down())
                .containsExactly(
                        "ALTER TABLE t ALTER COLUMN m DROP DEFAULT",
                        "ALTER TYPE mood RENAME TO mood__old",
                        "CREATE TYPE mood AS ENUM ('sad', 'ok')",
                        "ALTER TABLE t ALTER COLUMN m TYPE mood USING m::text::mood",
                        "DROP TYPE mood__old",
                        "ALTER TABLE t ALTER COLUMN m SET DEFAULT 'ok'");
    }

    @Test
    void whatNoStatementDoesIsSaid() {
        DdlPlan plan = plan(
                "{types: {p: {composite: {x: int}}, q: {domain: int}}, tables: {t: {columns: {a: int}, partition_by: LIST (a)}}}",
                "{types: {p: {composite: {y: int}}, q: {domain: text}}, tables: {t: {columns: {a: int}}}}",
                true,
                EMPTY);
        assertThat(plan.scripts()).isEmpty();
        assertThat(plan.notes())
                .extracting(note -> note.object().toString())
                .containsExactlyInAnyOrder("table t", "composite type p", "domain q");
        assertThat(plan.leavesDrift()).isTrue();
    }

    @Test
    void aDifferenceThatThePlannerDoesNotKnowIsSaidToo() {
        Schema schema = declared("tables: {t: {columns: {a: int}}}");
        List<Difference> differences = List.of(Difference.changed(
                ObjectIdentity.of("table", "t"), "owner", "app", "somebody", Difference.Severity.DRIFT));
        DdlPlan plan = DdlPlan.of(new SchemaComparison(schema, schema, differences), true, EMPTY);
        assertThat(plan.notes()).singleElement().satisfies(note -> assertThat(note.reason())
                .isEqualTo("No statement is written for this: owner, expected app, found somebody."));
        assertThat(plan.leavesDrift()).isTrue();
    }

    /** What is written for one aspect of an object says nothing of another. */
    @Test
    void aDifferenceBesideAnOperationOnItsObjectIsSaidToo() {
        SchemaComparison real = SchemaComparison.of(
                declared("tables: {t: {columns: {a: int}, unlogged: true}}"),
                declared("tables: {t: {columns: {a: int}}}"),
                DiffOptions.DEFAULT);
        List<Difference> differences = new ArrayList<>(real.changes());
        differences.add(Difference.changed(
                ObjectIdentity.of("table", "t"), "colour", "red", "blue", Difference.Severity.DRIFT));
        DdlPlan plan = DdlPlan.of(new SchemaComparison(real.declared(), real.live(), differences), true, EMPTY);
        assertThat(ups(plan)).containsExactly(List.of("ALTER TABLE t SET UNLOGGED"));
        assertThat(plan.notes()).singleElement().satisfies(note -> {
            assertThat(note.object()).isEqualTo(ObjectIdentity.of("table", "t"));
            assertThat(note.reason()).contains("colour, expected red, found blue");
        });
    }

    /** Each has the other's name: renaming either would fail. */
    @Test
    void constraintsThatHaveEachOthersNamesAreMadeAnew() {
        String schema = "tables: {t: {columns: {a: int}, checks: {%s: a > 0, %s: a < 9}}}";
        DdlPlan plan = plan(schema.formatted("x", "y"), schema.formatted("y", "x"), true, EMPTY);
        assertThat(ups(plan).get(0))
                .containsExactlyInAnyOrder(
                        "ALTER TABLE t DROP CONSTRAINT x",
                        "ALTER TABLE t DROP CONSTRAINT y",
                        "ALTER TABLE t ADD CONSTRAINT x CHECK (a > 0)",
                        "ALTER TABLE t ADD CONSTRAINT y CHECK (a < 9)");
        assertThat(plan.leavesDrift()).isFalse();
    }

    /** An index of another table has the name, or a constraint of another sort. */
    @Test
    void aConstraintWhoseNameSomethingElseHasIsMadeAnew() {
        String others = "u: {columns: {b: int}, indexes: {%s: [b]}}";
        DdlPlan plan = plan(
                "tables: {t: {columns: {a: int}, unique: {x: [a]}, checks: {z: a > 0}}, " + others.formatted("i") + "}",
                "tables: {t: {columns: {a: int}, unique: {y: [a]}, foreign_keys: {z: {columns: [a], table: t, references: [a]}},"
                        + " checks: {c: a > 0}}, " + others.formatted("x") + "}",
                true,
                EMPTY);
        assertThat(ups(plan).get(0))
                .containsExactlyInAnyOrder(
                        "ALTER TABLE t DROP CONSTRAINT z",
                        "ALTER TABLE t DROP CONSTRAINT c",
                        "ALTER TABLE t DROP CONSTRAINT y",
                        "DROP INDEX x",
                        "ALTER TABLE t ADD CONSTRAINT z CHECK (a > 0)",
                        "ALTER TABLE t ADD CONSTRAINT x UNIQUE (a)",
                        "CREATE INDEX i ON u (b)");
        assertThat(ups(plan).get(0).indexOf("DROP INDEX x"))
                .isLessThan(ups(plan).get(0).indexOf("ALTER TABLE t ADD CONSTRAINT x UNIQUE (a)"));
        assertThat(plan.leavesDrift()).isFalse();
    }

    /** A colon in a name makes no part of it: what is written for one table is not about the other. */
    @Test
    void whatIsWrittenForAnObjectOfAnAlikeNameSaysNothingOfThis() {
        String live = "t: {columns: {a: int}}";
        Difference unknown =
                Difference.changed(ObjectIdentity.of("table", "t"), "colour", "red", "blue", Difference.Severity.DRIFT);
        SchemaComparison real = SchemaComparison.of(
                declared("tables: {" + live + ", \"t: colour\": {columns: {a: int}}}"),
                declared("tables: {" + live + "}"),
                DiffOptions.DEFAULT);
        List<Difference> differences = new ArrayList<>(real.changes());
        differences.add(unknown);
        DdlPlan plan = DdlPlan.of(new SchemaComparison(real.declared(), real.live(), differences), true, EMPTY);
        assertThat(plan.scripts().get(0)).extracting(o -> o.object().toString()).contains("table t: colour");
        assertThat(plan.notes()).singleElement().satisfies(note -> assertThat(note.reason())
                .contains("colour, expected red, found blue"));
    }

    /** Column "b.c" of a, and column c of "a.b". */
    @Test
    void objectsWhoseNamesReadAlikeAreTwo() {
        String before = "tables: {a: {columns: {x: int}}, a.b: {columns: {x: int}}}";
        String after = "tables: {a: {columns: {x: int, b.c: int}}, a.b: {columns: {x: int, c: int}}}";
        DdlPlan plan = plan(after, before, true, EMPTY);
        assertThat(plan.scripts().get(0))
                .flatExtracting(Operation::up)
                .containsExactlyInAnyOrder(
                        "ALTER TABLE a ADD COLUMN \"b.c\" integer", "ALTER TABLE \"a.b\" ADD COLUMN c integer");
        assertThat(SchemaDiff.compare(declared(after), declared(before), DiffOptions.DEFAULT))
                .extracting(Difference::object)
                .containsExactly(ObjectIdentity.column("a", "b.c"), ObjectIdentity.column("a.b", "c"));
    }

    /** The sequence of a column with a dot in its name is told when it is missing, as the column is there. */
    @Test
    void aSequenceOfAColumnWithADotIsMissed() {
        String table = "tables: {a: {columns: {b.c: int}}}";
        assertThat(SchemaDiff.compare(
                        declared("{" + table + ", sequences: {s: {owned_by: a.b.c}}}"),
                        declared(table),
                        DiffOptions.DEFAULT))
                .extracting(Difference::object)
                .containsExactly(ObjectIdentity.of("sequence", "s"));
    }

    @Test
    void requiredRowsComeAndGo() {
        String schema =
                "tables: {t: {columns: {k: text, v: int}, primary_key: [k], rows: [{k: \"it's\", v: 1}, {k: b, v: 2}]}}";
        TableBuilder builder = TableBuilder.of(live(schema).tables().get("t"));
        List<Row> rows = new ArrayList<>(builder.rows);
        Facts facts = new Facts(
                Map.of(),
                List.of(
                        new MissingRow("t", rows.get(0), null),
                        new MissingRow("t", rows.get(1), new Row(Map.of("k", "b", "v", "7")))));
        DdlPlan plan = plan(schema, schema, true, facts);
        assertThat(ups(plan))
                .containsExactly(
                        List.of("INSERT INTO t (k, v) VALUES ('it''s', '1')", "UPDATE t SET v = '2' WHERE k = 'b'"));
        assertThat(downs(plan))
                .containsExactly("UPDATE t SET v = '7' WHERE k = 'b'", "DELETE FROM t WHERE k = 'it''s'");
    }

    @Test
    void equalConstraintsOfOtherNamesAreRenamed() {
        String schema = "tables: {t: {columns: {a: int}, checks: {%s: a > 0}}}";
        DdlPlan plan = plan(schema.formatted("fresh"), schema.formatted("stale"), true, filled("t"));
        assertThat(ups(plan)).containsExactly(List.of("ALTER TABLE t RENAME CONSTRAINT stale TO fresh"));
        assertThat(downs(plan)).containsExactly("ALTER TABLE t RENAME CONSTRAINT fresh TO stale");
    }
}
