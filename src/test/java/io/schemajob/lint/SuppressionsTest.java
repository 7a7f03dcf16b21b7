package io.schemajob.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.lint.finding.LintFinding;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.finding.ScriptLint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionsTest {
    private static final String ALLOW = "-- lint:allow drop-column nobody has read it since 2.3\n";
    private static final String DROP = "ALTER TABLE t DROP COLUMN a;\n";

    private static ScriptLint lint(String sql) {
        return Bundles.lint("CREATE TABLE t (a int, b int);", sql).scripts().get(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ALLOW + DROP,
                ALLOW + "-- and that is why\n" + DROP,
                "SELECT 1;\n" + ALLOW + "\n" + DROP,
                "-- schemajob:ignore drop-column nobody has read it since 2.3\n" + DROP,
                "--lint:allow   drop-column   nobody has read it since 2.3  \r\n" + DROP,
                "ALTER TABLE t\n  " + ALLOW + " DROP COLUMN a;\n",
                "ALTER TABLE t DROP COLUMN a; " + ALLOW + "SELECT 1;",
                "/* x */ " + ALLOW + "/* y */ " + DROP,
            })
    void commentsSilenceTheStatementTheyAreAt(String sql) {
        ScriptLint lint = lint(sql);
        assertThat(lint.findings()).isEmpty();
        assertThat(lint.silenced()).singleElement().satisfies(silenced -> {
            assertThat(silenced.finding().rule()).isEqualTo(Rule.DROP_COLUMN);
            assertThat(silenced.reason()).isEqualTo("nobody has read it since 2.3");
        });
    }

    @Test
    void otherStatementsStayFindings() {
        ScriptLint lint = lint(ALLOW + DROP + "ALTER TABLE t DROP COLUMN b;");
        assertThat(lint.findings()).extracting(LintFinding::line).containsExactly(3);
        assertThat(lint.silenced()).hasSize(1);
    }

    @Test
    void statementsOnOneLineAreStillSeveral() {
        ScriptLint lint = lint(ALLOW + "-- lint:allow rename-column it is new\n"
                + "ALTER TABLE t DROP COLUMN a; ALTER TABLE t RENAME b TO c;");
        assertThat(lint.findings())
                .extracting(LintFinding::rule)
                .containsExactly(Rule.USELESS_ALLOW, Rule.RENAME_COLUMN);
        assertThat(lint("-- lint:allow rename-column it is new\nALTER TABLE t RENAME b TO c;")
                        .findings())
                .isEmpty();
    }

    @Test
    void whatConcernsTheScriptIsAllowedAnywhereInIt() {
        ScriptLint lint = lint("SELECT 1;\nALTER TABLE t ADD c int;\nALTER TABLE u ADD c int;\nSELECT 2;\n"
                + "-- lint:allow several-locks both are small");
        assertThat(lint.findings()).isEmpty();
        assertThat(lint.silenced()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- lint:allow drop-column\n | the comment gives no reason for drop-column",
                "-- lint:allow drop-colum it is old\n | the comment names a rule that does not exist, drop-colum",
                "-- lint:allow\n | the comment names no rule",
                "-- lint:allow drop-table it is old\n | nothing here violates drop-table",
            })
    void commentsThatSilenceNothingAreTold(String commentAndComplaint) {
        String[] parts = commentAndComplaint.split(" \\| ");
        ScriptLint lint = lint(parts[0] + DROP);
        assertThat(lint.findings())
                .extracting(LintFinding::rule)
                .containsExactlyInAnyOrder(Rule.USELESS_ALLOW, Rule.DROP_COLUMN);
        assertThat(lint.findings()).extracting(LintFinding::subject).contains(parts[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '\n-- lint:allow drop-column in a string';\n",
                "/*\n-- lint:allow drop-column in a comment\n*/\n",
                "COPY t FROM stdin;\n-- lint:allow drop-column in data\n\\.\n",
            })
    void whatOnlyLooksLikeACommentIsNone(String before) {
        assertThat(lint(before + DROP).findings()).extracting(LintFinding::rule).containsExactly(Rule.DROP_COLUMN);
    }
}
