package io.schemajob.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.Schemas;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaYamlTest {
    private static Schema read(String text) {
        return SchemaYaml.read(new TextFile("schema.yaml", text));
    }

    @Property
    void whatIsWrittenReadsTheSame(@ForAll long seed) {
        Schema schema = Schemas.random(seed);
        String text = SchemaYaml.write(schema, List.of("Header", ""));
        Schema again = read(text);
        assertThat(again).isEqualTo(schema);
        assertThat(SchemaYaml.write(again, List.of("Header", ""))).isEqualTo(text);
    }

    @Test
    void peopleMayWriteLess() {
        Schema schema = read(
                """
                tables:
                  t:
                    columns:
                      id: bigserial
                      name: {type: VARCHAR (50)}
                      score: decimal(3, 2)
                      at: {type: timestamptz, default: now()}
                      n: int
                      tags: {type: "text[]", nullable: no}
                    primary_key: [id]
                    indexes:
                      t_at: {keys: [{column: at, order: desc}]}
                """);
        Table table = schema.tables().get("t");
        assertThat(table.columns())
                .containsExactly(
                        new Column("id", "bigint", false, "nextval('t_id_seq')", null, null, null, null),
                        Column.of("name", "character varying(50)"),
                        Column.of("score", "numeric(3,2)"),
                        new Column("at", "timestamp with time zone", true, "now()", null, null, null, null),
                        Column.of("n", "integer"),
                        new Column("tags", "text[]", false, null, null, null, null, null));
        assertThat(schema.sequences().get("t_id_seq")).isEqualTo(Sequence.of("t_id_seq", "bigint", "t.id"));
        assertThat(table.indexes().get(0).keys().get(0).nullsFirst()).isTrue();
        assertThat(table.primaryKey().name()).isNull();
    }

    @Test
    void aColumnIsOneLineAndDefaultsAreLeftOut() {
        String text = SchemaYaml.write(
                read("tables: {t: {columns: {a: {type: text, nullable: true}, b: {type: int4, nullable: false}}}}"),
                List.of("Declared schema of t."));
        assertThat(text)
                .isEqualTo(
                        """
                        # Declared schema of t.
                        tables:
                          t:
                            columns:
                              a: {type: text}
                              b: {type: integer, nullable: false}
                        """);
    }

    @Test
    void anEmptyFileDeclaresNothing() {
        assertThat(read("# nothing yet\n").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tabels: {}                                                  | 1:1  | unknown key tabels (did you mean tables?)",
                "tables: {t: {columns: {a: {typ: text}}}}                    | 1:28 | unknown key tables.t.columns.a.typ (did you mean type?)",
                "tables: {t: {columns: {a: {nullable: false}}}}              | 1:27 | lacks the key type",
                "tables: {t: {columns: {a: {type: text, nullable: maybe}}}}  | 1:50 | must be true or false",
                "tables: {t: {columns: {a: {type: text, default: ''}}}}      | 1:27 | default is SQL",
                "tables: {t: {columns: {a: {type: int, identity: sometimes}}}} | 1:49 | must be one of always, by default",
                "tables: {t: {columns: {a: {type: int, identity: always, default: 1}}}} | 1:27 | neither an identity nor",
                "tables: {t: {columns: {a: text}, primary_key: [b]}}         | 1:48 | names the column b, which t does not have",
                "tables: {t: {columns: {a: text}, primary_key: []}}          | 1:47 | must name at least one column",
                "tables: {t: {columns: {a: text}, indexes: {i: [lower(a)]}}} | 1:47 | an expression is written {expression",
                "tables: {t: {columns: {a: text}, indexes: {i: {keys: [{order: desc}]}}}} | 1:55 | either a column or an expression",
                "partitions: {p: {triggers: {x: disabled}}}                  | 1:18 | unknown key partitions.p.triggers",
                "tables: {t: {columns: {a: text}, indexes: {i: {keys: [a], valid: false}}}} | 1:47 | only one of a partitioned table can be incomplete",
                "tables: {t: {columns: {a: text}, foreign_keys: {f: {columns: [a], table: u, references: [b, c]}}}} | 1:89 | as many columns as the key has: 1",
                "tables: {t: {columns: {a: text}, foreign_keys: {f: {columns: [a], table: u, references: [b], on_delete: explode}}}} | 1:105 | must be one of no action, restrict, cascade, set null, set default",
                "tables: {t: {columns: {a: text}, rows: [{b: 1}]}}           | 1:45 | which t does not have",
                "tables: {t: {columns: {a: text}, triggers: {x: {timing: before, events: [select], function: f}}}} | 1:74 | must be one of insert, update, delete, truncate",
                "tables: {t: {columns: {a: text}, row_security: perhaps}}    | 1:48 | must be true or false",
                "functions: {f: {language: sql, body: x}}                    | 1:16 | needs its argument types",
                "types: {m: {comment: x}}                                    | 1:12 | one of the keys enum, domain, composite",
                "views: {v: {materialized: true}}                            | 1:12 | lacks the key definition",
                "postgres: 13                                                | 1:11 | postgres must be the major version of a server, from 14 on",
                "postgres: 150001                                            | 1:11 | postgres must be the major version of a server, from 14 on",
                "postgres: x                                                 | 1:11 | must be a whole number",
                "postgres: '18'                                              | 1:11 | must be a whole number",
                "covers: 0                                                   | 1:9  | covers must be a number from 1 to",
                "covers: 99                                                  | 1:9  | a newer Schemajob may have written this file",
                "tables: [t]                                                 | 1:9  | must be a mapping, not a list",
            })
    void faultsNameFileLineAndColumn(String text, String position, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(SchemajobException.class, e -> {
            assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
            assertThat(e.status().code()).isEqualTo(78);
            assertThat(e.failure().message()).contains(message);
            assertThat(e.failure().where()).isEqualTo("schema.yaml:" + position);
        });
    }
}
