package io.schemajob.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.Failure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleYamlTest {
    private static final Set<Version> VERSIONS = Set.of(Version.of("1"), Version.of("2"));

    private static BundleYaml read(String text) {
        return BundleYaml.read(new TextFile("bundle.yaml", text), "folder", VERSIONS::contains);
    }

    @Test
    void everythingIsOptional() {
        BundleYaml yaml = BundleYaml.read(null, "folder", VERSIONS::contains);
        assertThat(yaml).isEqualTo(read("# empty"));
        assertThat(yaml.name()).isEqualTo("folder");
        assertThat(yaml.title()).isEqualTo("folder");
        assertThat(yaml.minimumServer()).isEqualTo(14);
        assertThat(yaml.extensions()).isEmpty();
        assertThat(yaml.strict()).isFalse();
        assertThat(yaml.noun()).isNull();
        assertThat(yaml.versionNames()).isEmpty();
        assertThat(yaml.adoptRules()).isEmpty();
    }

    @Test
    void readsEveryField() {
        BundleYaml yaml = read(
                """
                name: shop
                title: The shop
                postgresql: 16
                extensions: [uuid-ossp, vector]
                strict: true
                noun: order
                versionNames: {"001": "9"}
                lint: {level: error}
                adopt:
                  - name: Other
                    table: other_versions
                    column: v
                    atLeast: 9
                    version: 002
                    wayOut: Upgrade it.
                """);
        assertThat(yaml.name()).isEqualTo("shop");
        assertThat(yaml.title()).isEqualTo("The shop");
        assertThat(yaml.minimumServer()).isEqualTo(16);
        assertThat(yaml.extensions())
                .containsExactly(new RequiredExtension("uuid-ossp", null), new RequiredExtension("vector", null));
        assertThat(yaml.strict()).isTrue();
        assertThat(yaml.noun()).isEqualTo("order");
        assertThat(yaml.versionNames()).containsEntry(Version.of("1"), "9").hasSize(1);
        assertThat(yaml.adoptRules())
                .containsExactly(new AdoptRule("Other", "other_versions", "v", 9, Version.of("2"), "Upgrade it."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'name: x\nstrikt: true'           | 2:1  | unknown key strikt (did you mean strict?)",
                "'name: x\nstrict: maybe'          | 2:9  | strict must be true or false, not text",
                "'extensions: uuid-ossp'           | 1:13 | extensions must be a list, not text",
                "'extensions: [[a]]'               | 1:14 | extensions[0] must be text, not a list",
                "'postgresql: 140000'              | 1:13 | postgresql must be a major version such as 14, not 140000",
                "'postgresql: \"14\"'              | 1:13 | postgresql must be a whole number, not text",
                "'versionNames: {x: 1}'            | 1:19 | versionNames.x: x is not a version",
                "'versionNames: {3: c}'            | 1:19 | versionNames.3: the bundle has no migration of version 3",
                "'revisions: {3: c}'               | 1:16 | revisions.3: the bundle has no migration of version 3",
                "'revisions: {1: c, 2: c}'         | 1:22 | the revision c is there twice",
                "'versionNames: {1: c, 01: d}'     | 1:26 | the version 01 is there twice",
                "'lint: [a]'                       | 1:7  | lint must be a mapping, not a list",
                "'adopt: {name: x}'                | 1:8  | adopt must be a list, not a mapping",
                "'adopt:\n- name: x\n  tabel: y'   | 3:3  | unknown key adopt[0].tabel (did you mean table?)",
                "'adopt:\n- name: x\n  version: 1' | 2:3  | adopt[0] lacks the key table",
                "'- a'                             | 1:1  | the document must be a mapping, not a list",
            })
    void whatIsWrongIsNamedWithItsPlace(String text, String position, String message) {
        Failure failure = Refusal.of(() -> read(text));
        assertThat(failure.message()).isEqualTo("bundle.yaml:" + position + ": " + message + ".");
        assertThat(failure.where()).isEqualTo("bundle.yaml:" + position);
    }

    @Test
    void adoptionOfAnUnknownVersionIsRefused() {
        Failure failure =
                Refusal.of(() -> read("adopt: [{name: x, table: t, column: c, atLeast: 1, version: 7, wayOut: w}]"));
        assertThat(failure.message()).contains("adopt[0].version: the bundle has no migration of version 7");
    }

    @Test
    void aRuleMayNeedColumnsAndThenSaysWhatToDoWithoutThem() {
        String rule = "adopt: [{name: x, table: t, column: c, atLeast: 1, version: 1, wayOut: w, needs: [%s]%s}]";
        assertThat(read(rule.formatted("a.b, a.c", ", otherwise: o")).adoptRules())
                .containsExactly(new AdoptRule("x", "t", "c", 1, Version.of("1"), "w", List.of("a.b", "a.c"), "o"));
        assertThat(Refusal.of(() -> read(rule.formatted("a.b", ""))).message()).contains("lacks the key otherwise");
        assertThat(Refusal.of(() -> read(rule.formatted("b", ", otherwise: o"))).message())
                .contains("b is not TABLE.COLUMN");
    }
}
