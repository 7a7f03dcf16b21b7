package io.schemajob.lint.effect;

import io.schemajob.bundle.sql.SqlName;
import java.util.List;

/**
 * What a database says of row security before the pending scripts run.
 *
 * @param firstPending path of the script that meets it first
 * @param exempt whether no policy concerns the job's role
 * @param tables those that hide rows from the job's role; without a schema in the run's own
 */
public record LiveRowSecurity(String firstPending, boolean exempt, List<SqlName> tables) {}
