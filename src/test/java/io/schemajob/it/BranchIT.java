package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.GitFolder;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a branch adds to another one, as the real git knows it. */
class BranchIT {
    private static final String INDEX = "CREATE INDEX i%d ON a (n);\n";

    private final Postgres server = Postgres.version(16);

    private static Cli cli(GitFolder git, Postgres.Database database) {
        return new Cli(git.files().path().resolve("db").toString(), database);
    }

    private static GitFolder project() {
        return GitFolder.create()
                .with("db/migrations/001_a.up.sql", "CREATE TABLE a (n int);\n")
                .with("db/migrations/001_a.down.sql", "DROP TABLE a;\n")
                .with("db/migrations/002_b.up.sql", INDEX.formatted(1))
                .with("db/migrations/002_b.down.sql", "DROP INDEX i1;\n")
                .commit("one");
    }

    private static List<String> found(App.Result result) {
        return result.out()
                .lines()
                .filter(line -> line.matches("\\S+:\\d+: .*"))
                .toList();
    }

    @Test
    void lintTellsWhatIsNewOnTheBranch() {
        GitFolder git = project();
        git.run("checkout", "-q", "-b", "feature");
        Cli cli = cli(git, server.createDatabase());
        assertThat(found(cli.app("lint", "--since", "main").run())).isEmpty();
        assertThat(cli.app("lint").run().exitCode()).isEqualTo(ExitStatus.FINDINGS.code());

        // The same finding on another line is old; a second one like it, and one in a file of this branch, are new.
        git.with("db/migrations/002_b.up.sql", "\n\n" + INDEX.formatted(1));
        assertThat(cli.app("lint", "--since", "main").run().exitCode()).isZero();
        git.with("db/migrations/002_b.up.sql", "\n" + INDEX.formatted(1) + INDEX.formatted(2))
                .with("db/migrations/003_c.up.sql", INDEX.formatted(3))
                .with("db/migrations/003_c.down.sql", "DROP INDEX i3;\n");
        for (String ref : List.of("main", "HEAD")) {
            App.Result result = cli.fails(ExitStatus.FINDINGS, "lint", "--since", ref);
            assertThat(found(result))
                    .hasSize(3)
                    .anySatisfy(line -> assertThat(line).startsWith("migrations/002_b.up.sql:3: error"))
                    .anySatisfy(line -> assertThat(line).startsWith("migrations/003_c.up.sql:1: error"))
                    .anySatisfy(line -> assertThat(line).startsWith("migrations/003_c.down.sql:1: warning"));
            assertThat(result.err()).contains("3 of 5 finding(s) are new since " + ref);
        }
        assertThat(cli.fails(ExitStatus.CONFIG, "lint", "--since", "no/such").err())
                .contains("base branch");
    }

    @Test
    void whatTheBranchMadeIsAllNew() {
        GitFolder git = GitFolder.create().with("README", "x").commit("none");
        git.run("checkout", "-q", "-b", "feature");
        git.with(
                        "db/migrations/001_a.up.sql",
                        "CREATE TABLE a (n int);\n" + INDEX.formatted(1) + "ALTER TABLE a RENAME TO b;")
                .with("db/migrations/001_a.down.sql", "DROP TABLE b;\n");
        Cli cli = cli(git, server.createDatabase());
        List<String> all = found(cli.app("lint").run());
        assertThat(found(cli.app("lint", "--since", "main").run())).isEqualTo(all);
    }

    @Test
    void checkLeavesOutOldFindings() {
        GitFolder git = project();
        git.run("checkout", "-q", "-b", "feature");
        Cli cli = cli(git, server.createDatabase());
        assertThat(cli.fails(ExitStatus.FINDINGS, "check", "--offline").out()).contains("index-not-concurrent");
        App.Result result = cli.app("check", "--offline", "--since", "main").run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.out()).contains("passed   lint: no finding that main has not");
        git.with("db/migrations/003_c.up.sql", INDEX.formatted(3));
        assertThat(cli.fails(ExitStatus.FINDINGS, "check", "--offline", "--since", "main", "--output", "github")
                        .out())
                .contains("file=db/migrations/003_c.up.sql,line=1")
                .doesNotContain("002_b");
    }

    /** Both branches have made a version 003; the database has main's. */
    @Test
    void renumberedScriptsRunAfterThoseOfTheOtherBranch() {
        for (boolean rebased : new boolean[] {true, false}) {
            GitFolder git = project()
                    .with("db/schema.yaml", "tables: {a: {columns: {n: integer}, indexes: {i1: [n]}}}\n")
                    .commit("declared");
            git.run("checkout", "-q", "-b", "feature");
            git.with("db/migrations/003_mine.up.sql", "ALTER TABLE a ADD mine int;\n")
                    .with("db/migrations/003_mine.down.sql", "ALTER TABLE a DROP mine;\n")
                    .with("db/migrations/004_more.up.sql", "ALTER TABLE a ADD more int;\n")
                    .with("db/migrations/004_more.down.sql", "\n")
                    .with("db/schema/003.yaml", "tables: {}\n")
                    .with("db/bundle.yaml", "revisions: {'003': abc}\n")
                    .commit("mine");
            git.run("checkout", "-q", "main");
            git.with("db/migrations/003_theirs.up.sql", "ALTER TABLE a ADD theirs int;\n")
                    .with("db/migrations/003_theirs.down.sql", "ALTER TABLE a DROP theirs;\n")
                    .with(
                            "db/schema.yaml",
                            "tables: {a: {columns: {n: integer, theirs: integer}, indexes: {i1: [n]}}}\n")
                    .commit("theirs");
            Cli cli = cli(git, server.createDatabase());
            cli.succeeds("migrate");
            git.run("checkout", "-q", "feature");
            if (rebased) {
                git.run("rebase", "-q", "main");
                assertThat(cli.fails(ExitStatus.CONFIG, "migrate").err()).contains("has the version 003");
            } else {
                assertThat(cli.app("check", "--offline", "--base", "main").run().out())
                        .contains("version-collision", "schemajob new --renumber main");
            }

            App.Result result = cli.app("new", "--renumber", "main").run();
            assertThat(result.exitCode()).as(result.text()).isZero();
            assertThat(result.out())
                    .isEqualTo(
                            """
                            migrations/003_mine.down.sql → migrations/004_mine.down.sql
                            migrations/003_mine.up.sql → migrations/004_mine.up.sql
                            schema/003.yaml → schema/004.yaml
                            migrations/004_more.down.sql → migrations/005_more.down.sql
                            migrations/004_more.up.sql → migrations/005_more.up.sql
                            Next: schemajob check --base main
                            """);
            assertThat(result.err())
                    .contains(
                            "schema/004.yaml was written before what main has added",
                            "bundle.yaml names 003 under revisions");
            assertThat(git.files().read("db/migrations/005_more.up.sql")).contains("more");
            assertThat(git.files().read("db/schema/003.yaml")).contains("theirs: integer");
            assertThat(cli.app("new", "--renumber", "main").run().out()).contains("Nothing to renumber");
            git.commit("renumbered");
            if (!rebased) {
                git.run("rebase", "-q", "main");
            }
            git.with("db/bundle.yaml", "name: db\n")
                    .with("db/migrations/005_more.down.sql", "ALTER TABLE a DROP more;\n");
            App.Result checked = cli.app("check", "--offline", "--base", "main", "--since", "main")
                    .run();
            assertThat(checked.out()).contains("passed   base branch");
            cli.app("migrate", "--no-verify").run();
            assertThat(cli.applied()).containsExactly("001", "002", "003", "004", "005");
            cli.succeeds("rollback", "003", "--yes");
            assertThat(cli.prints("verify")).contains("verified");
        }
    }

    @Test
    void namesOfGooseAndFlywayAreRenumberedToo() {
        GitFolder git = GitFolder.create()
                .with("db/20240101120000_a.sql", "-- +goose Up\nSELECT 1;\n")
                .commit("one");
        git.run("checkout", "-q", "-b", "feature");
        git.with("db/20240102120000_mine.sql", "-- +goose Up\nSELECT 1;\n").commit("mine");
        git.run("checkout", "-q", "main");
        git.with("db/20240103120000_theirs.sql", "-- +goose Up\nSELECT 1;\n").commit("theirs");
        git.run("checkout", "-q", "feature");
        String printed = cli(git, server.createDatabase()).prints("new", "--renumber", "main");
        assertThat(printed).containsPattern("20240102120000_mine.sql → 20\\d{12}_mine.sql");

        GitFolder flyway =
                GitFolder.create().with("db/V1_1__a.sql", "SELECT 1;\n").commit("one");
        flyway.run("checkout", "-q", "-b", "feature");
        flyway.with("db/V1_2__mine.sql", "SELECT 1;\n")
                .with("db/U1_2__mine.sql", "SELECT 1;\n")
                .with("db/R__views.sql", "SELECT 1;\n")
                .commit("mine");
        flyway.run("checkout", "-q", "main");
        flyway.with("db/V1_2__theirs.sql", "SELECT 1;\n").commit("theirs");
        flyway.run("checkout", "-q", "feature");
        Cli cli = cli(flyway, server.createDatabase());
        assertThat(cli.prints("new", "--renumber", "main"))
                .startsWith("U1_2__mine.sql → U1_3__mine.sql\nV1_2__mine.sql → V1_3__mine.sql\nNext");
        ScriptFolder files = flyway.files().with("db/V1_3__x.sql", "").with("db/V1_2__x.sql", "");
        assertThat(cli.fails(ExitStatus.USAGE, "new", "x", "--renumber", "main").err())
                .contains("takes no name");
        assertThat(files.read("db/V1_3__mine.sql")).isEqualTo("SELECT 1;\n");
    }
}
