package io.schemajob.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.bundle.BundleLoader;
import io.schemajob.lint.finding.LintFinding;
import io.schemajob.lint.finding.LintReport;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.finding.Severity;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LinterTest {
    private static final String TABLE = "CREATE TABLE t (a int);\n";
    private static final String INDEX = "CREATE INDEX i ON t (a);\n";

    static List<String> builtIn() {
        return BundleLoader.builtInNames();
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void builtInBundlesAreClean(String name) {
        LintReport report = Bundles.lint(BundleLoader.load(name));
        assertThat(report.findings()).isEmpty();
        assertThat(report.silenced())
                .allSatisfy(silenced -> assertThat(silenced.reason()).isNotBlank());
        assertThat(report.scripts()).isNotEmpty();
    }

    @Test
    void aFindingSaysWhereAndWhy() {
        LintFinding finding = Bundles.lint(TABLE, "-- a comment\n\nSELECT 1;\nALTER TABLE t\n  ADD b int,\n  DROP a;")
                .findings()
                .get(0);
        assertThat(finding.file()).isEqualTo("migrations/002_x.up.sql");
        assertThat(finding.line()).isEqualTo(6);
        assertThat(finding.rule().id()).isEqualTo("drop-column");
        assertThat(finding.message())
                .isEqualTo("DROP COLUMN t.a: the release that is running may still use it, and its values are lost.");
        assertThat(finding.rule().documentation()).isEqualTo("docs/lint.md#drop-column");
    }

    @Test
    void aMigrationWithoutADownScriptIsTold() {
        LintReport report = Bundles.lint(Bundles.of("", List.of(TABLE), null));
        assertThat(report.findings()).extracting(LintFinding::rule).containsExactly(Rule.MISSING_DOWN);
        assertThat(Bundles.lint(TABLE).findings()).isEmpty();
    }

    @Test
    void downScriptsMayTakeAwayButNotStopTheApplication() {
        LintReport drop = Bundles.lint(Bundles.of("", List.of(TABLE), "DROP TABLE t; DROP TABLE u;"));
        assertThat(drop.findings()).isEmpty();
        LintReport index = Bundles.lint(Bundles.of("", List.of(TABLE), INDEX));
        assertThat(index.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.INDEX_NOT_CONCURRENT);
            assertThat(finding.file()).isEqualTo("migrations/001_x.down.sql");
        });
    }

    /** Otherwise 002 would be taken for the creation of a table that a later rollback leaves there. */
    @Test
    void downScriptsTeachNothing() {
        LintReport report = Bundles.lint(Bundles.of("", List.of(TABLE, INDEX), "DROP TABLE t;"));
        assertThat(report.findings()).extracting(LintFinding::rule).containsExactly(Rule.INDEX_NOT_CONCURRENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1;\\nSELECT 'open | 2 | a string opens here and is never closed",
                "\\nROLLBACK; | 2 | a script may not begin or end transactions itself, but says ROLLBACK",
                "SELECT 1;\\n\\\\connect x | 2 | \\connect is a command of psql, not SQL",
            })
    void scriptsThatARunWouldRefuseAreFindings(String script, int line, String subject) {
        LintReport report = Bundles.lint(
                script.replace("\\\\", "\u0000").replace("\\n", "\n").replace("\u0000", "\\"));
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.UNREADABLE_SCRIPT);
            assertThat(finding.line()).isEqualTo(line);
            assertThat(finding.subject()).isEqualTo(subject);
        });
    }

    @Test
    void bundlesTurnRulesOffWithAReason() {
        LintReport report = Bundles.lint(Bundles.of(
                "lint: {allow: {index-not-concurrent: the tables are small}, level: warning}",
                List.of(TABLE, INDEX, "ALTER TABLE t DROP a;"),
                "SELECT 1"));
        assertThat(report.silenced()).singleElement().satisfies(silenced -> {
            assertThat(silenced.finding().rule()).isEqualTo(Rule.INDEX_NOT_CONCURRENT);
            assertThat(silenced.reason()).isEqualTo("the tables are small");
        });
        assertThat(report.findings()).extracting(LintFinding::rule).containsExactly(Rule.DROP_COLUMN);
        assertThat(report.level()).isEqualTo(Severity.WARNING);
        assertThat(report.failing()).isEqualTo(1);
        assertThat(report.withLevel(Severity.ERROR).failing()).isZero();
    }

    /** Scripts that were applied cannot be changed, and so not be given comments. */
    @Test
    void migrationsUpToAVersionAreLeftAlone() {
        String bigger = "ALTER TABLE t ALTER a TYPE bigint;";
        LintReport report = Bundles.lint(Bundles.of("lint: {after: 2}", List.of(TABLE, INDEX, bigger), "SELECT 1"));
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.file()).contains("003");
            assertThat(finding.subject()).isEqualTo("t.a from integer to bigint");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lint: {allow: {no-such-rule: x}} | bundle.yaml:1:15: there is no lint rule no-such-rule; docs/lint.md lists them.",
                "lint: {allow: {drop-table: }} | bundle.yaml:1:27: lint.allow.drop-table needs a reason.",
                "lint: {level: high} | bundle.yaml:1:15: lint.level is error, warning or info, not high.",
                "lint: {after: 9} | bundle.yaml:1:15: lint.after: the bundle has no migration of version 9.",
                "lint: {after: x y} | bundle.yaml:1:15: lint.after: x y is not a version.",
                "lint: {alow: {}} | bundle.yaml:1:8: unknown key lint.alow (did you mean allow?).",
            })
    void mistakesInTheSettingsAreRefused(String yaml, String message) {
        assertThatThrownBy(() -> Bundles.lint(Bundles.of(yaml, List.of(TABLE), "SELECT 1")))
                .isInstanceOfSatisfying(
                        SchemajobException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.CONFIG))
                .hasMessage(message);
    }

    @Test
    void identifiersAndReasonsAreFitToPrint() {
        assertThat(Arrays.stream(Rule.values())).allSatisfy(rule -> {
            assertThat(rule.id()).matches("[a-z]+(-[a-z]+)*");
            assertThat(Rule.find(rule.id())).contains(rule);
            assertThat(rule.reason()).doesNotEndWith(".").matches("[a-zP].*");
        });
    }
}
