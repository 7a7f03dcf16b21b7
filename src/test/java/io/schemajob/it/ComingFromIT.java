package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.BundleFolder;
import io.schemajob.testing.PgVector;
import io.schemajob.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of ours that docs/coming-from.md lists works, each on a migrated database of its own. */
class ComingFromIT {
    private static final Path PAGE = Path.of("docs/coming-from.md");
    private static final Pattern BUNDLE = Pattern.compile("<!-- bundle: (\\S+) -->");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern COMMAND = Pattern.compile("(?:([A-Z_]+)='…' )?schemajob (.+)");

    /** What users of Bindu's and Minion's guides type. */
    private static final List<String> STATEMENTS = List.of(
            "pip install -e .",
            "uv pip install -e .",
            "DATABASE_URL=postgresql://user:password@localhost:5432/bindu",
            "STORAGE__POSTGRES_URL=postgresql://user:password@localhost:5432/bindu",
            "createdb bindu",
            "CREATE DATABASE bindu;",
            "alembic upgrade head",
            "alembic upgrade +1",
            "alembic upgrade 20241207_0001",
            "alembic downgrade -1",
            "alembic downgrade 20241207_0001",
            "alembic downgrade base",
            "alembic current",
            "alembic history",
            "alembic history --verbose",
            "alembic stamp head",
            "alembic revision -m \"add_new_feature\"",
            "alembic revision --autogenerate -m \"auto_generated_changes\"",
            "psql $DATABASE_URL -c \"SELECT version();\"",
            "psql -U postgres -l",
            "dropdb bindu && createdb bindu",
            "DATABASE_URL=postgresql://staging alembic upgrade head",
            "uv run alembic upgrade head",
            "time alembic upgrade head",
            "pg_dump -U postgres bindu > backup.sql",
            "command: [\"alembic\", \"upgrade\", \"head\"]",
            "brew install pgvector",
            "sudo apt install postgresql-14-pgvector",
            "git clone --branch v0.5.1 …",
            "make install",
            "brew install golang-migrate",
            "migrate -path migrations -database \"postgresql://…\" up",
            "migrate … down 1",
            "make migrate-up",
            "make migrate-down",
            "psql -U minion -d minion -f migrations/001_initial_schema.up.sql",
            "psql -U minion -d minion -f migrations/001_initial_schema.down.sql",
            "CREATE USER minion …",
            "CREATE DATABASE minion OWNER minion;",
            "GRANT ALL PRIVILEGES ON DATABASE minion TO minion;",
            "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\";",
            "CREATE EXTENSION IF NOT EXISTS \"pgvector\";",
            "psql -U minion -d minion -c \"\\dt\"",
            "\\dx",
            "SELECT cleanup_expired_sessions();",
            "DELETE FROM activities WHERE created_at < …",
            "DELETE FROM metrics …",
            "UPDATE sessions SET status = 'archived' …",
            "REINDEX TABLE memories;",
            "ANALYZE agents;",
            "SELECT * FROM agent_stats …",
            "SELECT * FROM recent_feedback_summary;",
            "SELECT * FROM memories … ORDER BY embedding <=> …",
            "brew services start postgresql",
            "sudo systemctl start postgresql",
            "GRANT ALL ON SCHEMA public TO minion;",
            "GRANT ALL ON ALL TABLES …",
            "GRANT ALL ON ALL SEQUENCES …",
            "pg_dump -U minion -d minion > backup.sql",
            "psql -U minion -d minion < backup.sql");

    /** What Minion's guide has one type into psql, on a database that our bundle made. */
    private static final List<String> SQL = List.of(
            "SELECT * FROM memories WHERE agent_id = '%1$s' ORDER BY embedding <=> %2$s::vector LIMIT 10",
            "SELECT * FROM agent_stats WHERE agent_id = '%1$s'",
            "SELECT * FROM recent_feedback_summary",
            "SELECT cleanup_expired_sessions()",
            "DELETE FROM activities WHERE created_at < CURRENT_TIMESTAMP - INTERVAL '90 days'",
            "DELETE FROM metrics WHERE timestamp < CURRENT_TIMESTAMP - INTERVAL '30 days'",
            "UPDATE sessions SET status = 'archived'"
                    + " WHERE status = 'closed' AND updated_at < CURRENT_TIMESTAMP - INTERVAL '7 days'",
            "REINDEX TABLE memories",
            "REINDEX TABLE activities",
            "ANALYZE agents",
            "ANALYZE sessions",
            "ANALYZE memories",
            "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\"");

    private static final Map<String, Postgres.Database> MIGRATED = new ConcurrentHashMap<>();

    /**
     * One command of the page.
     *
     * @param variable that holds the URL of the database, or null
     */
    record Case(String bundle, String variable, String command) {}

    @Test
    void namesEveryStatementOfTheGuides() throws IOException {
        Set<String> theirs = new LinkedHashSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| ")) {
                theirs.addAll(spans(line.split(" \\| ")[0]));
            }
        }
        assertThat(theirs).containsAll(STATEMENTS);
    }

    static Set<Case> cases() throws IOException {
        Set<Case> cases = new LinkedHashSet<>();
        String bundle = null;
        for (String line : Files.readAllLines(PAGE)) {
            Matcher marker = BUNDLE.matcher(line);
            if (marker.matches()) {
                bundle = marker.group(1);
            }
            String[] cells = line.split(" \\| ");
            boolean run = line.startsWith("| ") && !cells[cells.length - 1].matches("(cluster|outside)\\b.*");
            for (String span : run ? spans(cells[1]) : List.<String>of()) {
                Matcher command = COMMAND.matcher(span);
                if (command.matches()) {
                    cases.add(new Case(bundle, command.group(1), command.group(2)));
                }
            }
        }
        assertThat(cases).hasSizeGreaterThan(30);
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void works(Case line) throws SQLException, IOException {
        Postgres.Database database = copyOf(line.bundle());
        List<String> arguments = new ArrayList<>(Arrays.asList(line.command().split(" ")));
        boolean writes = line.command().matches("(new|revision) .*");
        arguments.addAll(List.of("--bundle", bundle(line.bundle(), writes)));
        App app = App.command(arguments.toArray(String[]::new));
        if (line.variable() == null) {
            app.database(database);
        } else {
            app.secret(database.password()).env(line.variable(), database.url());
        }
        App.Result result = app.run();
        assertThat(result.exitCode()).as(result.text()).isZero();
    }

    /** A built-in bundle, in a folder where the command writes; of goose and dbmate the folder as they have it. */
    private static String bundle(String name, boolean writes) throws IOException {
        for (TwoWayFoldersIT.Tool tool : TwoWayFoldersIT.Tool.values()) {
            if (tool.title().equals(name)) {
                return TwoWayFoldersIT.three(tool).path().toString();
            }
        }
        return writes ? BundleFolder.copyOf(name).toString() : name;
    }

    /** What stays SQL finds the tables, columns, views and functions that it names. */
    @Test
    void sqlOfTheGuidesFindsWhatItNames() throws SQLException, IOException {
        String vector = "(ARRAY[1.0] || array_fill(0.0, ARRAY[1535]))";
        try (Connection session = copyOf("minion").connect();
                Statement statement = session.createStatement()) {
            for (String sql : SQL) {
                statement.execute(sql.formatted("a1000000-0000-0000-0000-000000000000", vector));
            }
        }
    }

    private static List<String> spans(String cell) {
        return SPAN.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    private static Postgres.Database copyOf(String bundle) throws SQLException, IOException {
        Postgres.Database migrated = MIGRATED.get(bundle);
        if (migrated == null) {
            migrated = migrate(bundle);
            MIGRATED.put(bundle, migrated);
        }
        Postgres.Database copy = migrated.server().createDatabase();
        migrated.server().superuserExecute("DROP DATABASE " + copy.name());
        migrated.server()
                .superuserExecute("CREATE DATABASE %s TEMPLATE %s OWNER %s"
                        .formatted(copy.name(), migrated.name(), migrated.user()));
        return new Postgres.Database(migrated.server(), copy.name(), migrated.user(), migrated.password());
    }

    private static Postgres.Database migrate(String bundle) throws SQLException, IOException {
        Postgres.Database database = Postgres.version(16).createDatabase();
        if (bundle.equals("minion")) {
            PgVector.install(16);
            try (Connection administrator = database.superuser();
                    Statement statement = administrator.createStatement()) {
                statement.execute("CREATE EXTENSION vector");
            }
        }
        new Cli(bundle(bundle, false), database).succeeds("migrate");
        return database;
    }
}
