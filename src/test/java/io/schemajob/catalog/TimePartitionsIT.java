package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.model.PartitionPolicy;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.job.author.SnapshotJob;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which partitions a snapshot leaves out since they come and go with time, and that it says so in the file and on the console. */
class TimePartitionsIT {
    /** Key, then names and bounds of two partitions: each table is called by what it shows. */
    private record Shape(String table, String key, String first, String second) {
        String sql() {
            return "CREATE TABLE %1$s (id bigint, d date, t timestamp, z timestamptz, s text, n int, y int) PARTITION BY %2$s;%n%3$s%4$s"
                    .formatted(table, key, partition(first), partition(second));
        }

        List<String> partitions() {
            return List.of(table + "_" + first.split(" ", 2)[0], table + "_" + second.split(" ", 2)[0]);
        }

        private String partition(String nameAndBound) {
            String[] parts = nameAndBound.split(" ", 2);
            return "CREATE TABLE %s_%s PARTITION OF %s %s;%n".formatted(table, parts[0], table, parts[1]);
        }
    }

    private static Shape range(String table, String key, String first, String second) {
        return new Shape(
                table,
                "RANGE (" + key + ")",
                first.replace(" ", " FOR VALUES FROM (").replace("|", ") TO (") + ")",
                second.replace(" ", " FOR VALUES FROM (").replace("|", ") TO (") + ")");
    }

    private static final List<Shape> TIME = List.of(
            range("days_of_dates", "d", "a '2025-01-01'|'2025-01-02'", "b '2025-01-02'|'2025-01-03'"),
            range(
                    "hours",
                    "z",
                    "a '2025-01-01·00:00+00'|'2025-01-01·01:00+00'",
                    "b '2025-01-01·01:00+00'|'2025-01-01·02:00+00'"),
            range(
                    "weeks",
                    "z",
                    "a '2025-01-06·00:00+00'|'2025-01-13·00:00+00'",
                    "b '2025-01-13·00:00+00'|'2025-01-20·00:00+00'"),
            range("months", "t", "a '2025-01-01'|'2025-02-01'", "b '2025-02-01'|'2025-03-01'"),
            range("quarters", "d", "a '2025-01-01'|'2025-04-01'", "b '2025-04-01'|'2025-07-01'"),
            range("years", "d", "a MINVALUE|'2025-01-01'", "b '2025-01-01'|MAXVALUE"),
            range("text_days", "s", "a '2025-01-01'|'2025-01-02'", "b '2025-01-02'|'2025-01-03'"),
            range("text_months", "s", "a '2025-01'|'2025-02'", "b '2025-02'|'2025-03'"),
            range("text_weeks", "s", "a '2025-W01'|'2025-W02'", "b '2025-W02'|'2025-W03'"),
            range("text_quarters", "s", "a '2025-Q1'|'2025-Q2'", "b '2025-Q2'|'2025-Q3'"),
            range(
                    "second_column",
                    "n,·z",
                    "a 1,·'2025-01-01·00:00+00'|1,·'2025-02-01·00:00+00'",
                    "b 2,·'2025-01-01·00:00+00'|2,·'2025-02-01·00:00+00'"),
            range("named_days", "id", "20250101 0|10", "20250102 10|20"),
            range("named_days_apart", "id", "2025_01_01 0|10", "2025_01_02 10|20"),
            range("named_weeks", "id", "2025_w01 0|10", "2025w02 10|20"),
            range("named_months", "id", "y2025m01 0|10", "2025_02 10|20"),
            range("named_quarters", "id", "2025_q1 0|10", "2025q2 10|20"),
            range("named_years", "y", "2025 2025|2026", "y2026 2026|2027"),
            new Shape("list_of_days", "LIST (d)", "a FOR VALUES IN ('2025-01-01')", "b FOR VALUES IN ('2025-01-02')"),
            new Shape("list_of_months", "LIST (s)", "a FOR VALUES IN ('2025-01')", "b FOR VALUES IN ('2025-02')"));

    private static final List<Shape> OTHER = List.of(
            range("numbers", "id", "a 0|1000", "b 1000|2000"),
            range("numbers_like_years", "id", "2000 0|2000", "2001 2000|4000"),
            range("thousands", "n", "2000 2000|3000", "1000 1000|2000"),
            new Shape("list_of_numbers", "LIST (y)", "2025 FOR VALUES IN (2025)", "2026 FOR VALUES IN (2026)"),
            range("letters", "s", "a 'a'|'m'", "b 'm'|'z'"),
            new Shape("states", "LIST (s)", "a FOR VALUES IN ('open')", "b FOR VALUES IN ('closed')"),
            new Shape("codes", "LIST (n)", "2025 FOR VALUES IN (7)", "2026 FOR VALUES IN (8)"),
            new Shape(
                    "shares",
                    "HASH (id)",
                    "2025_01 FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
                    "2025_02 FOR VALUES WITH (MODULUS 2, REMAINDER 1)"),
            new Shape("dated_and_other", "LIST (s)", "a FOR VALUES IN ('2025-01-01')", "b FOR VALUES IN ('never')"),
            range("dated_and_numbered", "id", "2025_01 0|10", "old 10|20"));

    /** A default partition is always declared; below a partition by state its months are ignored, and it is not. */
    private static final String MIXED =
            """
            CREATE TABLE kept_rest (d date NOT NULL) PARTITION BY RANGE (d);
            CREATE TABLE kept_rest_other PARTITION OF kept_rest DEFAULT;
            CREATE TABLE kept_rest_a PARTITION OF kept_rest FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');
            CREATE TABLE by_state (s text, d date) PARTITION BY LIST (s);
            CREATE TABLE by_state_open PARTITION OF by_state FOR VALUES IN ('open') PARTITION BY RANGE (d);
            CREATE TABLE by_state_open_a PARTITION OF by_state_open FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');
            CREATE TABLE by_state_closed PARTITION OF by_state FOR VALUES IN ('closed');
            CREATE TABLE none_yet (d date NOT NULL) PARTITION BY RANGE (d);
            CREATE TABLE referred (d date PRIMARY KEY) PARTITION BY RANGE (d);
            CREATE TABLE referred_a PARTITION OF referred FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');
            CREATE TABLE refers (d date REFERENCES referred_a);
            """;

    private static final String SAID =
            "Partitions of %s are ignored, as they come and go (%d left out); partitions: declared keeps them.";

    @Test
    void whatComesAndGoesIsLeftOutAndSaid() {
        for (int major : List.of(Postgres.MAJORS.get(0), Postgres.NEWEST)) {
            Postgres.Database database = Postgres.version(major).createDatabase();
            StringBuilder script = new StringBuilder(MIXED);
            TIME.forEach(shape -> script.append(shape.sql().replace('·', ' ')));
            OTHER.forEach(shape -> script.append(shape.sql().replace('·', ' ')));
            database.execute(script.toString());
            ScriptFolder folder = ScriptFolder.create();
            List<String> texts = new ArrayList<>();
            JobRun run =
                    JobRun.run(database, folder, context -> texts.add(new SnapshotJob(context, List.of()).execute()));
            assertThat(run.exitCode()).as(run.text()).isZero();
            String text = texts.get(0);

            List<String> said = new ArrayList<>();
            TIME.forEach(shape -> said.add(SAID.formatted(shape.table(), 2)));
            said.add(SAID.formatted("kept_rest", 1));
            said.add(SAID.formatted("by_state_open", 1));
            said.add(SAID.formatted("none_yet", 0));
            assertThat(text.lines().filter(line -> line.contains("come and go")))
                    .as("the file on %d", major)
                    .containsExactlyInAnyOrderElementsOf(
                            said.stream().map(line -> "# " + line).toList());
            assertThat(run.lines().stream().filter(line -> line.contains("come and go")))
                    .as("the console on %d", major)
                    .hasSameSizeAs(said)
                    .allMatch(line -> said.stream().anyMatch(line::contains));

            Map<String, Table> tables =
                    SchemaYaml.read(new TextFile("schema.yaml", text)).tables();
            for (Shape shape : TIME) {
                assertThat(tables.get(shape.table()).partitions())
                        .as(shape.table())
                        .isEqualTo(PartitionPolicy.IGNORE);
                assertThat(tables).doesNotContainKeys(shape.partitions().toArray(String[]::new));
            }
            for (Shape shape : OTHER) {
                assertThat(tables.get(shape.table()).partitions())
                        .as(shape.table())
                        .isNull();
                assertThat(tables).containsKeys(shape.partitions().toArray(String[]::new));
            }
            assertThat(tables).containsKeys("kept_rest_other", "by_state_closed", "by_state_open", "referred_a");

            folder.with("schema.yaml", text);
            assertThat(JobRun.verify(database, folder).exitCode()).isZero();
            // Retention: the oldest of each goes, and the next one comes.
            TIME.forEach(
                    shape -> database.execute("DROP TABLE " + shape.partitions().get(0)));
            database.execute(
                    "CREATE TABLE weeks_c PARTITION OF weeks FOR VALUES FROM ('2025-01-20 00:00+00') TO ('2025-01-27 00:00+00')");
            JobRun after = JobRun.verify(database, folder);
            assertThat(after.exitCode()).as(after.text()).isZero();
            for (Shape shape : OTHER) {
                String gone = shape.partitions().get(0);
                database.execute("DROP TABLE " + gone);
                assertThat(JobRun.verify(database, folder).report().findings().toString())
                        .contains(gone);
            }
        }
    }

    /** Nobody reads the state of a trigger off a partition that is ignored; one that is seen is declared, and one that comes is told. */
    @Test
    void statesOfTriggersOfIgnoredPartitionsAreDeclared() throws SQLException {
        Postgres.Database database = Postgres.version(Postgres.NEWEST).createDatabase();
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                    CREATE TABLE kinds (k int PRIMARY KEY);
                    CREATE TABLE days (d date NOT NULL, k int REFERENCES kinds) PARTITION BY RANGE (d);
                    CREATE TABLE days_a PARTITION OF days FOR VALUES FROM ('2025-01-01') TO ('2025-01-02');
                    CREATE TABLE days_b PARTITION OF days FOR VALUES FROM ('2025-01-02') TO ('2025-01-03');
                    CREATE TABLE days_c PARTITION OF days FOR VALUES FROM ('2025-01-03') TO ('2025-01-04');
                    CREATE TRIGGER days_keep BEFORE INSERT ON days FOR EACH ROW EXECUTE FUNCTION keep();
                    ALTER TABLE days_a DISABLE TRIGGER ALL;
                    ALTER TABLE days_b ENABLE REPLICA TRIGGER days_keep;
                    """);
            Schema snapshot = Snapshot.take(connection, "public", null, List.of());
            String text = SchemaYaml.write(
                    TimePartitions.of(snapshot, Schema.EMPTY, "public").schema(), List.of());
            assertThat(text)
                    .contains(
                            """
                            partitions:
                              days_a:
                                trigger_states:
                                  days_k_fkey: disabled
                                  days_keep: disabled
                              days_b:
                                trigger_states:
                                  days_keep: replica
                            """);
            Schema declared = SchemaYaml.read(new TextFile("schema.yaml", text));
            assertThat(SchemaYaml.write(declared, List.of())).isEqualTo(text);
            assertThat(drift(connection, declared)).isEmpty();
            statement.execute(
                    "ALTER TABLE days_c DISABLE TRIGGER days_keep; ALTER TABLE days_b ENABLE TRIGGER days_keep");
            assertThat(drift(connection, declared))
                    .extracting(Difference::subject)
                    .containsExactlyInAnyOrder("triggers of days_keep on days_b", "triggers of days_keep on days_c");
            DdlPlan plan = plan(connection, declared);
            assertThat(plan.leavesDrift()).isFalse();
            for (Operation operation : plan.scripts().get(0)) {
                for (String sql : operation.up()) {
                    statement.execute(sql);
                }
            }
            assertThat(drift(connection, declared)).isEmpty();
            statement.execute("DROP TABLE days_a");
            assertThat(drift(connection, declared)).isEmpty();
            assertThat(plan(connection, declared).isEmpty()).isTrue();
        }
    }

    private static List<Difference> drift(Connection connection, Schema declared) throws SQLException {
        VerificationRequest request =
                new VerificationRequest("public", null, declared, List.of(), new DiffOptions(false, null));
        return Verifier.verify(connection, request).differences();
    }

    private static DdlPlan plan(Connection connection, Schema declared) throws SQLException {
        return ChangePlanner.plan(
                connection, new ChangePlanner.Request("public", null, declared, new DiffOptions(false, null), false));
    }

    /** What a person has decided stays so in the next snapshot. */
    @Test
    void theWordOfThePreviousFileStays() {
        Postgres.Database database = Postgres.version(Postgres.NEWEST).createDatabase();
        TIME.subList(0, 2).forEach(shape -> database.execute(shape.sql().replace('·', ' ')));
        database.execute(OTHER.get(0).sql());
        ScriptFolder folder = ScriptFolder.create()
                .with(
                        "schema.yaml",
                        """
                        tables:
                          days_of_dates: {partition_by: RANGE (d), partitions: declared, columns: {d: date}}
                          numbers: {partition_by: RANGE (id), partitions: ignore, columns: {id: bigint}}
                        """);
        List<Schema> read = new ArrayList<>();
        JobRun run = JobRun.run(
                database,
                folder,
                context -> read.add(
                        SchemaYaml.read(new TextFile("schema.yaml", new SnapshotJob(context, List.of()).execute()))));
        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(read.get(0).tables())
                .containsOnlyKeys("days_of_dates", "days_of_dates_a", "days_of_dates_b", "hours", "numbers");
    }
}
