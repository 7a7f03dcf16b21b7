package io.schemajob.lint;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.lint.finding.LintReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bundles made of texts. */
final class Bundles {
    private static final String NOTHING = "SELECT 1;";

    private Bundles() {}

    /** Migrations 001, 002 … of these up scripts, each with a down script. */
    static Bundle of(String... ups) {
        return of("", List.of(ups), NOTHING);
    }

    /**
     * The same with more to choose.
     *
     * @param yaml {@code bundle.yaml}
     * @param down every down script, or null for none
     */
    static Bundle of(String yaml, List<String> ups, String down) {
        List<Migration> migrations = new ArrayList<>();
        for (int i = 0; i < ups.size(); i++) {
            String name = "00" + (i + 1);
            migrations.add(new Migration(
                    Version.of(name),
                    "x",
                    "x",
                    script(name + "_x.up.sql", ups.get(i)),
                    down == null ? null : script(name + "_x.down.sql", down)));
        }
        return new Bundle(
                "test",
                "test",
                "a test",
                14,
                List.of(),
                false,
                false,
                List.of(),
                null,
                Map.of(),
                List.of(),
                NamingStyle.GOLANG_MIGRATE,
                migrations,
                List.of(),
                Map.of("bundle.yaml", new TextFile("bundle.yaml", yaml)));
    }

    static Script script(String name, String text) {
        return Script.of(new TextFile("migrations/" + name, text));
    }

    static LintReport lint(Bundle bundle) {
        return Linter.lint(bundle, LintConfig.of(bundle));
    }

    static LintReport lint(String... ups) {
        return lint(of(ups));
    }
}
