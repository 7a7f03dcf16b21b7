package io.schemajob.autogenerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.catalog.ChangePlanner;
import io.schemajob.catalog.VerificationRequest;
import io.schemajob.catalog.Verifier;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.testing.Matrix;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Keys of partitions whose indexes are parts of a plain index of the parent, or stand beside its part. */
class KeyPartIT {
    static final List<Integer> MAJORS = Matrix.MAJORS;

    private static final String PARENT =
            """
            CREATE TABLE p (k int NOT NULL, a int, b text DEFAULT 'b', CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (k);
            CREATE UNIQUE INDEX p_ka ON p (k, a);
            """;
    private static final String PART = "ALTER TABLE p ADD COLUMN c int; "
            + """
            CREATE TABLE p1 (k int NOT NULL, a int, b text DEFAULT 'own', c int, CONSTRAINT positive CHECK (a > 0),
                CONSTRAINT p1_own UNIQUE (k, a));
            ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);
            CREATE TABLE p2 (k int NOT NULL, a int, b text DEFAULT 'b', c int, CONSTRAINT positive CHECK (a > 0), PRIMARY KEY (k, a))
                PARTITION BY LIST (a);
            ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2);
            CREATE TABLE p21 PARTITION OF p2 FOR VALUES IN (1);
            CREATE TABLE p3 PARTITION OF p FOR VALUES IN (3);
            """;
    private static final String BESIDE =
            "CREATE TABLE p4 PARTITION OF p (CONSTRAINT p4_own UNIQUE (k, a)) FOR VALUES IN (4);";

    private static final Map<Integer, Postgres.Database> DATABASES = new TreeMap<>();

    @BeforeAll
    static void create() {
        MAJORS.forEach(major -> DATABASES.put(major, Postgres.version(major).createDatabase()));
    }

    private static SchemaState state(Connection connection, String sql) throws SQLException {
        return SchemaState.of(connection, "", sql);
    }

    private static DdlPlan plan(Connection connection, SchemaState to) throws SQLException {
        return ChangePlanner.plan(
                connection,
                new ChangePlanner.Request("public", null, to.declared(), new DiffOptions(true, null), false));
    }

    private static List<String> drift(Connection connection, SchemaState declared) throws SQLException {
        VerificationRequest request =
                new VerificationRequest("public", null, declared.declared(), List.of(), new DiffOptions(false, null));
        return Verifier.verify(connection, request).differences().stream()
                .filter(difference -> difference.isDrift())
                .map(difference -> difference.object() + ": " + difference.aspect())
                .toList();
    }

    private static void run(Connection connection, DdlPlan plan) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (List<Operation> script : plan.scripts()) {
                for (Operation operation : script) {
                    for (String sql : operation.up()) {
                        statement.execute(sql);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("MAJORS")
    void scriptsLeadThereAndBackOnEachServer(int major) throws SQLException {
        List<String> failures = new ArrayList<>();
        for (SchemaPair pair : SchemaPairIT.of("key-parts")) {
            if (pair.since() <= major) {
                failures.addAll(PairRun.failures(DATABASES.get(major), pair));
            }
        }
        assertThat(failures).isEmpty();
    }

    /** A new partition is attached with its key, as PARTITION OF makes another part; and the down script drops it. */
    @ParameterizedTest
    @FieldSource("MAJORS")
    void newPartitionsHaveTheirKeysAsParts(int major) throws SQLException {
        try (Connection connection = DATABASES.get(major).planningOnce()) {
            SchemaState to = state(connection, PARENT + PART + BESIDE);
            SchemaState from = state(connection, PARENT);
            Lead lead = new Lead(connection, "new partitions", false);
            lead.lead("there", from, to, List.of(), false);
            assertThat(lead.failures()).isEmpty();
            SchemaState nothing = state(connection, "");
            lead.lead("from nothing", nothing, to, List.of(), false);
            assertThat(lead.failures()).isEmpty();
        }
    }

    /** Both have the same indexes and keys, and another part. */
    @ParameterizedTest
    @FieldSource("MAJORS")
    void verifyTellsWhichIndexIsThePart(int major) throws SQLException {
        String parent = "CREATE TABLE p (k int NOT NULL, a int NOT NULL) PARTITION BY LIST (k);";
        String index = "CREATE UNIQUE INDEX p_ka ON p (k, a);";
        for (String key : List.of("CONSTRAINT p1_own UNIQUE (k, a)", "PRIMARY KEY (k, a)", "UNIQUE (k, a)")) {
            String partition = "CREATE TABLE p1 PARTITION OF p (" + key + ") FOR VALUES IN (1);";
            try (Connection connection = DATABASES.get(major).planningOnce()) {
                SchemaState part = state(connection, parent + partition + index);
                assertThat(drift(connection, part)).isEmpty();
                SchemaState beside = state(connection, parent + index + partition);
                assertThat(drift(connection, beside)).isEmpty();
                String name = key.startsWith("CONSTRAINT") ? "p1_own" : key.startsWith("P") ? "p1_pkey" : "p1_k_a_key";
                String expected = "index of " + name + " on p1: attached to";
                assertThat(drift(connection, part)).containsExactly(expected);
                state(connection, parent + partition + index);
                assertThat(drift(connection, beside)).containsExactly(expected);
            }
        }
    }

    /** The index takes the keys along, but nothing that the plan knows nothing of. */
    @ParameterizedTest
    @FieldSource("MAJORS")
    void whatOthersMadeOnTheKeyStopsTheScript(int major) throws SQLException {
        String made = "CREATE TABLE p (k int NOT NULL, a int NOT NULL, b int) PARTITION BY LIST (k);"
                + "CREATE TABLE p1 PARTITION OF p (PRIMARY KEY (k, a)) FOR VALUES IN (1);";
        try (Connection connection = DATABASES.get(major).planningOnce();
                Statement statement = connection.createStatement()) {
            SchemaState to = state(connection, made);
            for (String others : List.of(
                    "CREATE TABLE others.t (k int, a int, FOREIGN KEY (k, a) REFERENCES public.p1)",
                    "CREATE VIEW others.v AS SELECT k, a, count(*) FROM public.p1 GROUP BY k, a",
                    "CREATE VIEW others.v AS SELECT k, a, b FROM public.p1 GROUP BY k, a",
                    "CREATE TABLE others.t (k int, a int, FOREIGN KEY (k, a) REFERENCES public.p (k, a))")) {
                state(connection, made + "CREATE UNIQUE INDEX p_ka ON p (k, a); CREATE SCHEMA others;" + others);
                DdlPlan plan = plan(connection, to);
                if (others.contains("count")) {
                    run(connection, plan);
                    assertThat(drift(connection, to)).isEmpty();
                } else {
                    assertThatThrownBy(() -> run(connection, plan))
                            .as(others)
                            .hasMessageContaining(
                                    "something depends on the index p_ka or on a key that is a part of it");
                }
                statement.execute("DROP SCHEMA others CASCADE");
            }
        }
    }
}
