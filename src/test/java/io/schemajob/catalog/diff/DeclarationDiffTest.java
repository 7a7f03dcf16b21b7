package io.schemajob.catalog.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.Schemas;
import io.schemajob.catalog.diff.Difference.Change;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationDiffTest {
    private static Schema read(String yaml) {
        return SchemaYaml.read(new TextFile("schema.yaml", yaml));
    }

    @Property
    void aDeclarationDoesNotDifferFromItself(@ForAll long seed) {
        assertThat(DeclarationDiff.compare(Schemas.random(seed), Schemas.random(seed)))
                .isEmpty();
    }

    /** Whatever one direction finds, the other finds too. */
    @Property
    void whatIsGoneOneWayComesTheOther(@ForAll long one, @ForAll long other) {
        List<Difference> there = DeclarationDiff.compare(Schemas.random(one), Schemas.random(other));
        List<Difference> back = DeclarationDiff.compare(Schemas.random(other), Schemas.random(one));
        assertThat(there.isEmpty()).isEqualTo(back.isEmpty());
        assertThat(there).allMatch(Difference::isDrift).doesNotHaveDuplicates();
        assertThat(objects(there, Change.MISSING)).containsAll(objects(back, Change.EXTRA));
        assertThat(objects(there, Change.EXTRA)).containsAll(objects(back, Change.MISSING));
        assertThat(DeclarationDiff.compare(Schemas.random(one), Schemas.random(other)))
                .isEqualTo(there);
    }

    private static List<String> objects(List<Difference> differences, Change change) {
        return differences.stream()
                .filter(difference -> difference.change() == change)
                .map(difference -> difference.object().toString())
                .toList();
    }

    /** What a verification would call a warning, or not look at, is a difference of two files. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tables: {t: {columns: {a: int}}} | tables: {t: {columns: {a: int, b: int}}} | column t.b | EXTRA",
                "tables: {t: {columns: {a: int}, rows: [{a: 1}]}} | tables: {t: {columns: {a: int}}} | row of t | MISSING",
                "tables: {t: {columns: {a: int}}} | tables: {t: {columns: {a: int}, rows: [{a: 1}]}} | row of t | EXTRA",
                "tables: {t: {columns: {a: int}}} | tables: {t: {columns: {a: int}, comment: x}} | table t | CHANGED",
                "tables: {t: {columns: {a: int}, comment: x}} | tables: {t: {columns: {a: int}}} | table t | CHANGED",
                "tables: {t: {columns: {a: int}}} | '{tables: {t: {columns: {a: int}}}, statistics: {s: {table: t, columns: \"a, b\"}}}'"
                        + " | statistics s | EXTRA",
                "'{covers: 2, tables: {t: {columns: {a: int}}}}' | '{covers: 3, tables: {t: {columns: {a: int}}}}'"
                        + " | declaration | CHANGED",
                "tables: {t: {columns: {a: int}, partition_by: RANGE (a)}}"
                        + " | tables: {t: {columns: {a: int}, partition_by: RANGE (a), partitions: ignore}} | table t | CHANGED",
                "tables: {t: {columns: {a: int}, checks: {c: a > 1}}} | tables: {t: {columns: {a: int}, checks: {d: a > 1}}}"
                        + " | check c on t | CHANGED",
                "extensions: [a] | tables: {} | extension a | MISSING",
                "tables: {} | extensions: [a] | extension a | EXTRA",
            })
    void eachIsTold(String from, String to, String object, Change change) {
        assertThat(DeclarationDiff.compare(read(from), read(to)))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.object()).hasToString(object);
                    assertThat(difference.change()).isEqualTo(change);
                });
    }
}
