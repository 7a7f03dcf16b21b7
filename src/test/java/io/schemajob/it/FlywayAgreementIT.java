package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.CatalogText;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.ValidateResult;
import org.junit.jupiter.api.Test;

/**
 * A user can leave us at any time, and come from there: Flyway as its makers deliver it, pointed at the same folder of
 * scripts, agrees with us on what is applied, pending and valid.
 */
class FlywayAgreementIT {
    private static final String ROWS =
            "SELECT installed_rank, version, description, type, script, checksum, installed_by, success"
                    + " FROM flyway_schema_history ORDER BY installed_rank";

    /** Longer than the history's column: Flyway cuts it, and so do we. */
    private static final String LONG = "tenth_" + "x".repeat(220);

    private final Postgres.Database ours = Postgres.version(16).createDatabase();
    private final Postgres.Database theirs = Postgres.version(16).createDatabase();

    @Test
    void agreesWithTheNamesOfGolangMigrate() {
        ScriptFolder folder = ScriptFolder.create()
                .with("000_first.up.sql", "CREATE TABLE first (id int);\n")
                .with("000_first.down.sql", "DROP TABLE first;")
                .with(
                        "002_has_more_words.up.sql",
                        "\ufeff-- umlauts: \u00e4\u00f6\u00fc\r\nCREATE TABLE second (id int);\r\n")
                .with("002_has_more_words.down.sql", "DROP TABLE second;")
                .with("010_" + LONG + ".up.sql", "CREATE TABLE tenth (id int);\n\n\n")
                .with("010_" + LONG + ".down.sql", "DROP TABLE tenth;");
        assertAgreement(
                folder,
                configuration -> configuration
                        .sqlMigrationPrefix("")
                        .sqlMigrationSeparator("_")
                        .sqlMigrationSuffixes(".up.sql"),
                List.of("000", "002", "010"));
    }

    @Test
    void agreesWithItsOwnNames() {
        ScriptFolder folder = ScriptFolder.create()
                .with("V20241207_0001__initial_schema.sql", "CREATE TABLE first (id int);\n")
                .with("U20241207_0001__initial_schema.sql", "DROP TABLE first;")
                .with("V20241207_0002__second.sql", "CREATE TABLE second (id int);")
                .with("U20241207_0002__second.sql", "DROP TABLE second;")
                .with("V20250101.1__dotted.sql", "CREATE TABLE third (id int);")
                .with("U20250101.1__dotted.sql", "DROP TABLE third;");
        assertAgreement(
                folder, configuration -> configuration, List.of("20241207.0001", "20241207.0002", "20250101.1"));
    }

    /** Its history is ours already, so there is nothing to take over, at an older version nor at the newest. */
    @Test
    void aTeamGoesOnFromAnyVersion() {
        ScriptFolder folder = Shop.flyway();
        // As everybody has to who builds indexes concurrently with Flyway: its own lock would be waited for.
        UnaryOperator<FluentConfiguration> style =
                configuration -> configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
        Flyway older = flyway(style, folder, ours);
        Flyway first = flyway(configuration -> style.apply(configuration).target("2025.1"), folder, ours);
        assertThat(first.migrate().migrationsExecuted).isEqualTo(1);
        Cli cli = Cli.of(folder, ours);
        assertThat(cli.succeeds("verify").out()).contains("verified successfully");
        cli.succeeds("adopt");
        cli.succeeds("migrate");
        TakenOver.goesOn(cli);
        assertValid(older);

        Flyway newest = flyway(style, folder, theirs);
        assertThat(newest.migrate().migrationsExecuted).isEqualTo(4);
        Cli next = Cli.of(folder, theirs);
        next.succeeds("adopt");
        assertThat(next.succeeds("migrate").out()).contains("already applied. Skipping.");
        next.succeeds("verify");
        next.succeeds("rollback", "-1", "--yes");
        assertThat(newest.migrate().migrationsExecuted).isEqualTo(1);
        assertValid(newest);
    }

    private void assertAgreement(ScriptFolder folder, UnaryOperator<FluentConfiguration> style, List<String> versions) {
        Cli cli = Cli.of(folder, ours);
        Flyway flyway = flyway(style, folder, ours);
        cli.succeeds("migrate", "+2");
        assertThat(versions(flyway.info().applied())).isEqualTo(versions.subList(0, 2));
        assertThat(versions(flyway.info().pending())).isEqualTo(versions.subList(2, 3));
        assertValid(flyway);
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(1);
        assertThat(cli.succeeds("migrate").out()).contains("already applied. Skipping.");
        assertThat(cli.succeeds("info").out()).contains("0 pending").doesNotContain("PROBLEM");

        Flyway alone = flyway(style, folder, theirs);
        assertThat(alone.migrate().success).isTrue();
        assertThat(historyTable(ours)).isEqualTo(historyTable(theirs)).isNotEmpty();
        assertThat(rows(ours)).isEqualTo(rows(theirs)).hasSize(3);
        assertThat(CatalogText.of(ours).stream().map(FlywayAgreementIT::withoutOwner))
                .isEqualTo(CatalogText.of(theirs).stream()
                        .map(FlywayAgreementIT::withoutOwner)
                        .toList());

        cli.succeeds("rollback", "base", "--yes");
        assertThat(flyway.info().applied()).isEmpty();
        assertThat(versions(flyway.info().pending())).isEqualTo(versions);
        assertValid(flyway);
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(3);
        assertValid(flyway);

        Cli.of(folder, theirs).succeeds("rollback", "-2", "--yes");
        assertThat(versions(alone.info().applied())).isEqualTo(versions.subList(0, 1));
        Cli.of(folder, theirs).succeeds("stamp", "head");
        assertThat(versions(alone.info().applied())).isEqualTo(versions);
        assertValid(alone);
    }

    private static void assertValid(Flyway flyway) {
        ValidateResult result = flyway.validateWithResult();
        assertThat(result.validationSuccessful).as(result.getAllErrorMessages()).isTrue();
    }

    private static Flyway flyway(
            UnaryOperator<FluentConfiguration> style, ScriptFolder folder, Postgres.Database database) {
        String url = "jdbc:postgresql://127.0.0.1:" + database.server().port() + "/" + database.name();
        return style.apply(Flyway.configure()
                        .dataSource(url, database.user(), database.password())
                        .locations("filesystem:" + folder.path())
                        .ignoreMigrationPatterns("*:pending"))
                .load();
    }

    private static List<String> versions(MigrationInfo[] infos) {
        return Arrays.stream(infos).map(info -> info.getVersion().toString()).toList();
    }

    private static List<String> historyTable(Postgres.Database database) {
        return CatalogText.of(database).stream()
                .filter(line -> line.contains("flyway_schema_history"))
                .map(FlywayAgreementIT::withoutOwner)
                .toList();
    }

    private List<String> rows(Postgres.Database database) {
        Stream<String> rows = new Cli("unused", database).rows(ROWS).stream();
        return rows.map(FlywayAgreementIT::withoutOwner).toList();
    }

    private static String withoutOwner(String line) {
        return line.replaceAll("db\\d+_owner", "OWNER");
    }
}
