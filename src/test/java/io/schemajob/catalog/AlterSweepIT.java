package io.schemajob.catalog;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.DumpEntries;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SchemaDump;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What {@code pg_dump} shows of an ALTER, {@code verify} tells: every form of the manual, each on a schema of its own, so that two
 * dumps judge them all.
 */
class AlterSweepIT {
    private static final Pattern LINE = Pattern.compile("([=~!?+-])(?:(\\d+):)? (.*)");

    /** @param mark what {@code alters.txt} says of it */
    private record Alter(String schema, String setup, char mark, String sql) {
        String in(String text) {
            return text.replace(":s", schema);
        }

        @Override
        public String toString() {
            return schema + ": " + sql;
        }
    }

    private static List<Alter> on(int major) {
        List<Alter> all = new ArrayList<>();
        String some = System.getProperty("schemajob.alter", "");
        for (String block : RichSchema.resource("/catalog/alters.txt").split("\n\n")) {
            StringBuilder setup = new StringBuilder();
            for (String line : block.lines().toList()) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    boolean exists = matcher.group(2) == null || Integer.parseInt(matcher.group(2)) <= major;
                    if (exists && line.contains(some)) {
                        String name = "s%03d".formatted(all.size());
                        all.add(new Alter(
                                name, setup.toString(), matcher.group(1).charAt(0), matcher.group(3)));
                    }
                } else if (!line.startsWith("#")) {
                    setup.append(line).append('\n');
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Matrix#MAJORS")
    void whatTheDumpShowsIsTold(int major) throws SQLException {
        List<Alter> alters = on(major);
        SoftAssertions softly = new SoftAssertions();
        Postgres.Database database = Postgres.version(major).createDatabase();
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("SET allow_in_place_tablespaces = on");
            try (var space =
                    statement.executeQuery("SELECT FROM pg_catalog.pg_tablespace WHERE spcname = 'sweep_space'")) {
                if (!space.next()) {
                    connection.createStatement().execute("CREATE TABLESPACE sweep_space LOCATION ''");
                }
            }
            connection.setAutoCommit(false);
            for (Alter alter : alters) {
                try {
                    setUp(statement, alter);
                    verified(connection, statement, alter, major == Postgres.NEWEST, softly);
                } catch (SQLException e) {
                    softly.fail(alter + ": " + e.getMessage());
                }
                connection.rollback();
            }
            connection.setAutoCommit(true);
            for (Alter alter : alters) {
                setUp(statement, alter);
            }
            Map<String, String> before = DumpEntries.bySchema(SchemaDump.of(database));
            for (Alter alter : alters) {
                execute(statement, alter, alter.sql());
            }
            Map<String, String> after = DumpEntries.bySchema(SchemaDump.of(database));
            for (Alter alter : alters) {
                boolean differs = !Objects.equals(before.get(alter.schema()), after.get(alter.schema()));
                softly.assertThat(differs)
                        .as("pg_dump shows it: " + alter)
                        .isEqualTo(!"-+".contains(alter.mark() + ""));
            }
        }
        softly.assertAll();
    }

    private static void setUp(Statement statement, Alter alter) throws SQLException {
        statement.execute("CREATE SCHEMA " + alter.schema());
        execute(statement, alter, alter.setup());
    }

    private static void verified(
            Connection connection, Statement statement, Alter alter, boolean mend, SoftAssertions softly)
            throws SQLException {
        String text = snapshot(connection, alter);
        Schema declared = SchemaYaml.read(new TextFile("schema.yaml", text));
        softly.assertThat(told(connection, alter, declared))
                .as("before " + alter)
                .isEmpty();
        execute(statement, alter, alter.sql());
        List<Difference> told = told(connection, alter, declared);
        boolean drift = told.stream().anyMatch(Difference::isDrift);
        softly.assertThat(told.isEmpty() ? '-' : drift ? '=' : '~')
                .as("told of " + alter + ": " + told)
                .isEqualTo("!?+".contains(alter.mark() + "") ? '=' : alter.mark());
        if (mend && drift && alter.mark() != '?') {
            mended(connection, statement, alter, declared, softly);
        }
    }

    private static void mended(
            Connection connection, Statement statement, Alter alter, Schema declared, SoftAssertions softly)
            throws SQLException {
        String damaged = snapshot(connection, alter);
        DdlPlan plan = ChangePlanner.plan(
                connection,
                new ChangePlanner.Request(alter.schema(), null, declared, new DiffOptions(true, null), false));
        softly.assertThat(plan.leavesDrift())
                .as("left to a person: " + alter + plan.notes())
                .isEqualTo(alter.mark() == '!');
        List<Operation> operations =
                new ArrayList<>(plan.scripts().stream().flatMap(List::stream).toList());
        for (Operation operation : operations) {
            for (String sql : operation.commented() ? List.<String>of() : operation.up()) {
                execute(statement, alter, sql);
            }
        }
        if (!plan.leavesDrift()) {
            softly.assertThat(told(connection, alter, declared))
                    .filteredOn(Difference::isDrift)
                    .as("mended " + alter)
                    .isEmpty();
        }
        Collections.reverse(operations);
        for (Operation operation : operations) {
            for (String sql : operation.commented() ? List.<String>of() : operation.down()) {
                execute(statement, alter, sql);
            }
        }
        softly.assertThat(words(snapshot(connection, alter)))
                .as("way back of " + alter)
                .isEqualTo(words(damaged));
    }

    /** Without the order of lines: a column that is added again stands at the end. */
    private static String words(String text) {
        return text.lines().sorted().collect(Collectors.joining("\n"));
    }

    private static void execute(Statement statement, Alter alter, String sql) throws SQLException {
        statement.execute("SET search_path = " + alter.schema());
        try {
            statement.execute(alter.in(sql));
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " in " + sql, e);
        }
    }

    private static String snapshot(Connection connection, Alter alter) throws SQLException {
        return SchemaYaml.write(Snapshot.take(connection, alter.schema(), null, List.of()), List.of());
    }

    private static List<Difference> told(Connection connection, Alter alter, Schema declared) throws SQLException {
        return Verifier.verify(
                        connection,
                        new VerificationRequest(alter.schema(), null, declared, List.of(), new DiffOptions(true, null)))
                .differences();
    }
}
