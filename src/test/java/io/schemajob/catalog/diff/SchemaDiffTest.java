package io.schemajob.catalog.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.equivalence.Equivalence;
import io.schemajob.catalog.equivalence.LiveWording;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdicts that are a matter of judgement; each is one line of the class comment of {@link SchemaDiff}. */
class SchemaDiffTest {
    private static final String BASE =
            """
            tables:
              t:
                columns: {id: {type: int, nullable: false}, a: {type: text, default: "'x'"}, b: int}
                primary_key: [id]
                unique: {t_a: [a]}
                checks: {t_b: "b > 0"}
                indexes: {t_ab: [a, b]}
              u:
                columns: {t_id: int}
                foreign_keys: {u_t: {columns: [t_id], table: t, references: [id]}}
                triggers: {u_x: {timing: before, events: [update], for_each: row, function: f}}
            functions:
              f(): {returns: trigger, language: plpgsql, body: "BEGIN RETURN NEW; END"}
            """;

    private static Schema read(String text) {
        return SchemaYaml.read(new TextFile("schema.yaml", text));
    }

    private static List<String> compare(String declared, String live, DiffOptions options) {
        Schema worded = LiveWording.of(read(declared), read(live), Equivalence.TOKENS);
        return SchemaDiff.compare(worded, read(live), options).stream()
                .map(difference -> difference.severity() + " " + difference)
                .toList();
    }

    /** Each case is the live side as a change of the base: a text and what stands in its place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // inside a declared table
                "b: int}               | b: int, c: int}        | WARNING column t.c, expected not declared, found integer",
                "b: int}               | b: int, c: {type: int, nullable: false, default: 0}} | WARNING column t.c, expected not declared, found integer not null default 0",
                "b: int}               | b: int, c: {type: int, nullable: false}}  | DRIFT column t.c, expected not declared, found integer not null",
                "unique: {t_a: [a]}    | unique: {t_a: [a], t_b: [b]}    | DRIFT unique constraint t_b on t, expected not declared, found (b)",
                "checks: {t_b: \"b > 0\"} | checks: {t_b: \"b > 0\", more: \"b < 9\"} | DRIFT check more on t, expected not declared, found b < 9",
                "indexes: {t_ab: [a, b]} | indexes: {t_ab: [a, b], t_i: [b]} | WARNING index t_i on t, expected not declared, found btree (b)",
                "indexes: {t_ab: [a, b]} | indexes: {t_ab: [a, b], t_i: {unique: true, keys: [b]}} | DRIFT index t_i on t, expected not declared, found unique btree (b)",
                "triggers: {           | triggers: {y: {timing: after, events: [insert], function: f}, | DRIFT trigger y on u, expected not declared, found after insert for each statement execute f()",
                "columns: {t_id: int}  | columns: {t_id: {type: int, nullable: false}} | DRIFT column u.t_id: nullability, expected null, found not null",
                "columns: {t_id: int}  | columns: {t_id: {type: int, comment: x}} | nothing",
                // names of constraints
                "unique: {t_a: [a]}    | unique: {other: [a]}   | WARNING unique constraint t_a on t: name, expected t_a, found other",
                "checks: {t_b: \"b > 0\"} | checks: {other: \"B>0\"} | WARNING check t_b on t: name, expected t_b, found other",
                "u_t: {columns         | other: {columns        | WARNING foreign key u_t on u: name, expected u_t, found other",
                "primary_key: [id]     | primary_key: {name: other, columns: [id]} | nothing",
                // names of indexes
                "indexes: {t_ab: [a, b]} | indexes: {other: [a, b]} | DRIFT index t_ab on t, expected btree (a, b), found missing (other has this definition);WARNING index other on t, expected not declared, found btree (a, b)",
            })
    void verdicts(String text, String replacement, String findings) {
        assertThat(BASE).contains(text.strip());
        String live = BASE.replace(text.strip(), replacement.strip());
        List<String> expected = findings.equals("nothing") ? List.of() : List.of(findings.split(";"));
        assertThat(compare(BASE, live, DiffOptions.DEFAULT)).isEqualTo(expected);
    }

    @Test
    void extraObjectsAreDriftInAStrictBundleOnly() {
        String live = BASE.replace("tables:\n", "tables:\n  extra: {columns: {a: int}}\n")
                + "  g(): {returns: int, language: sql, body: SELECT 1}\n"
                + "views: {v: {definition: SELECT 1 AS a}}\nsequences: {s: {}}\ntypes: {m: {enum: [x]}}\n"
                + "extensions: [citext]\n";
        List<String> expected = List.of(
                "enum m, expected not declared, found present",
                "sequence s, expected not declared, found present",
                "table extra, expected not declared, found 1 columns",
                "view v, expected not declared, found present",
                "function g(), expected not declared, found present");
        assertThat(compare(BASE, live, DiffOptions.DEFAULT))
                .isEqualTo(expected.stream().map(text -> "WARNING " + text).toList());
        assertThat(compare(BASE, live, new DiffOptions(true, null)))
                .isEqualTo(expected.stream().map(text -> "DRIFT " + text).toList());
    }

    @Test
    void aMissingTableIsToldOnce() {
        String declared = BASE + "sequences: {t_id_seq: {owned_by: t.id}}\n";
        String live = BASE.substring(0, BASE.indexOf("  t:")) + BASE.substring(BASE.indexOf("  u:"));
        live = live.replaceFirst("    foreign_keys:.*\n", "");
        assertThat(compare(declared, live, DiffOptions.DEFAULT))
                .containsExactly("DRIFT table t, expected 3 columns, found missing");
    }

    @Test
    void whatWentWithAColumnIsToldOnce() {
        String live = BASE.replace(", b: int}", "}")
                .replace("    checks: {t_b: \"b > 0\"}\n", "")
                .replace("    indexes: {t_ab: [a, b]}\n", "");
        assertThat(compare(BASE, live, DiffOptions.DEFAULT))
                .containsExactly("DRIFT column t.b, expected integer, found missing");
    }

    @Test
    void furtherPartitionsOfADeclaredTableAreNothing() {
        String declared = "tables: {e: {partition_by: RANGE (at), columns: {at: date}}}";
        String live = "tables: {e: {partition_by: range(at), columns: {at: date}},"
                + " e1: {partition_of: {table: e, bound: DEFAULT}, columns: {at: date}},"
                + " x1: {partition_of: {table: x, bound: DEFAULT}, columns: {at: date}}}";
        assertThat(compare(declared, live, new DiffOptions(true, null)))
                .containsExactly("DRIFT table x1, expected not declared, found 1 columns");
    }

    @Test
    void whatIsNullIsNotCompared() {
        Schema schema = read(BASE);
        assertThat(SchemaDiff.compare(schema, schema, DiffOptions.DEFAULT)).isEmpty();
        assertThat(SchemaDiff.compare(Schema.EMPTY, Schema.EMPTY, new DiffOptions(true, "owner")))
                .isEmpty();
    }

    @Test
    void longTextsShowTheFirstLineThatDiffers() {
        String one = "functions: {f(): {language: sql, body: \"SELECT 1;\\nSELECT 2;\\nSELECT 3\"}}";
        assertThat(compare(one, one.replace("SELECT 2;", "SELECT 4;"), DiffOptions.DEFAULT))
                .containsExactly("DRIFT function f(): body, expected line 2: SELECT 2;, found line 2: SELECT 4;");
        assertThat(compare(one, one.replace("\\nSELECT 3", ""), DiffOptions.DEFAULT))
                .containsExactly("DRIFT function f(): body, expected line 3: SELECT 3, found ends after line 2");
    }

    @Test
    void aPinnedVersionOfAnExtensionHolds() {
        String live = "extensions: [{name: vector, version: 0.8.5}]";
        assertThat(compare("extensions: [vector]", live, DiffOptions.DEFAULT)).isEmpty();
        assertThat(compare("extensions: [{name: vector, version: 0.8.6}]", live, DiffOptions.DEFAULT))
                .containsExactly("DRIFT extension vector: version, expected 0.8.6, found 0.8.5");
        assertThat(compare("extensions: [vector]", "{}", DiffOptions.DEFAULT))
                .containsExactly("DRIFT extension vector, expected installed, found missing");
    }

    @Test
    void argumentsOfTriggersArePrintedApart() {
        String trigger =
                "tables: {t: {columns: {a: int}, triggers: {x: {timing: after, events: [insert], function: f, arguments: %s}}}}";
        assertThat(compare(trigger.formatted("[a, b]"), trigger.formatted("['a, b']"), DiffOptions.DEFAULT)
                        .toString())
                .contains("f('a', 'b'), found")
                .contains("f('a, b')");
    }

    /** A name that is left out is the usual one, and a parameter that is left out is not set; operators may tune. */
    @Test
    void whatLevelFiveLeavesOutIsAbsent() {
        String index =
                "covers: %s\ntables: {t: {columns: {a: int}, primary_key: {name: %s, columns: [a]}, indexes: {i: {keys: [a]%s}}}}";
        String live = index.formatted("5", "other_name", ", with: {fillfactor: 70}");
        for (String level : List.of("4", "5", "5\nsettings: open")) {
            String declared = index.formatted(level, "t_pkey", "").replace("name: t_pkey, ", "");
            List<String> found = compare(declared, live, DiffOptions.DEFAULT);
            assertThat(found.toString().contains("DRIFT")).isEqualTo(level.equals("5"));
            assertThat(found.toString()).contains("index i on t: options");
            assertThat(found.toString().contains("primary key of t: name")).isEqualTo(!level.equals("4"));
        }
    }

    @Test
    void theSchemaOfAnExtensionHoldsUnlessItDoesNotMatter() {
        String live = "extensions: [{name: vector, schema: other}]";
        for (String declared : List.of(
                "extensions: [vector]",
                "{covers: 5, extensions: [{name: vector, schema: any}]}",
                "{covers: 5, extensions: [{name: vector, schema: other}]}")) {
            assertThat(compare(declared, live, DiffOptions.DEFAULT))
                    .as(declared)
                    .isEmpty();
        }
        assertThat(compare("{covers: 5, extensions: [vector]}", live, DiffOptions.DEFAULT))
                .containsExactly("DRIFT extension vector: schema, expected that of the tables or public, found other");
    }
}
