package io.schemajob.catalog.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int                      | integer                        | integer",
                "INT8                     | bigint                         | bigint",
                "varchar                  | character varying              | varchar",
                "varchar ( 50 )           | character varying(50)          | varchar(50)",
                "character  varying(50)   | character varying(50)          | varchar(50)",
                "char                     | character(1)                   | char",
                "character(3)             | character(3)                   | char(3)",
                "bpchar                   | bpchar                         | bpchar",
                "bpchar(3)                | character(3)                   | char(3)",
                "pg_catalog.bpchar[]      | bpchar[]                       | bpchar[]",
                "bool                     | boolean                        | boolean",
                "decimal(3, 2)            | numeric(3,2)                   | numeric(3,2)",
                "numeric(10)              | numeric(10,0)                  | numeric(10,0)",
                "numeric                  | numeric                        | numeric",
                "float8                   | double precision               | double precision",
                "timestamptz              | timestamp with time zone       | timestamptz",
                "timestamptz(3)           | timestamp(3) with time zone    | timestamptz(3)",
                "timestamp (6)            | timestamp(6) without time zone | timestamp(6)",
                "timestamp(3) with time zone | timestamp(3) with time zone | timestamptz(3)",
                "timetz                   | time with time zone            | timetz",
                "int[]                    | integer[]                      | integer[]",
                "text[][]                 | text[]                         | text[]",
                "varchar(9)[]             | character varying(9)[]         | varchar(9)[]",
                "integer ARRAY            | integer[]                      | integer[]",
                "bit                      | bit(1)                         | bit(1)",
                "varbit(4)                | bit varying(4)                 | bit varying(4)",
                "pg_catalog.int4          | integer                        | integer",
                "vector(1536)             | vector(1536)                   | vector(1536)",
                "my_enum                  | my_enum                        | my_enum",
                "\"Odd Type\"             | \"Odd Type\"                   | \"Odd Type\"",
                "interval                 | interval                       | interval",
            })
    void everyNameHasOneCanonicalForm(String written, String canonical, String brief) {
        assertThat(TypeNames.canonical(written)).isEqualTo(canonical);
        assertThat(TypeNames.canonical(canonical)).isEqualTo(canonical);
        assertThat(TypeNames.brief(written)).isEqualTo(brief);
        assertThat(TypeNames.canonical(brief)).isEqualTo(canonical);
    }
}
