package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.api.Test;

/**
 * A run costs the same for each script, however many there are: counted in the transactions that the server saw, as every
 * statement in autocommit is one.
 */
class LinearCostIT {
    @Test
    void eachScriptCostsTheSameAndNothingToDoCostsTheSameForAny() {
        try (Postgres server = Postgres.dedicated(16).start()) {
            compare(cost(server, 10), cost(server, 40), cost(server, 70));
        }
    }

    private static void compare(long[] ten, long[] forty, long[] seventy) {
        assertThat(seventy[0] - forty[0]).isEqualTo(forty[0] - ten[0]).isEqualTo(30 * 2);
        assertThat(ten[1]).isEqualTo(forty[1]).isEqualTo(seventy[1]).isLessThan(20);
    }

    /** The transactions of a run that applies so many scripts, and of one more with nothing to do. */
    private static long[] cost(Postgres server, int scripts) {
        ScriptFolder folder = ScriptFolder.create();
        for (int i = 1; i <= scripts; i++) {
            folder.with(
                    "%03d_step.up.sql".formatted(i),
                    "CREATE TABLE t%d (n int); CREATE INDEX ON t%d (n);".formatted(i, i));
        }
        Postgres.Database database = server.createDatabase();
        try (OtherSession eye = OtherSession.of(server.createDatabase())) {
            long before = transactions(eye, database);
            run(folder, database);
            long applied = transactions(eye, database);
            run(folder, database);
            return new long[] {applied - before, transactions(eye, database) - applied};
        }
    }

    private static void run(ScriptFolder folder, Postgres.Database database) {
        App.Result result = folder.migrate(database).run();
        assertThat(result.exitCode()).as(result.text()).isZero();
    }

    /** Backends report what they did before they disappear from {@code pg_stat_activity}. */
    private static long transactions(OtherSession eye, Postgres.Database database) {
        eye.await("SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = '%s'".formatted(database.name()));
        return Long.parseLong(eye.value("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '%s'"
                .formatted(database.name())));
    }
}
