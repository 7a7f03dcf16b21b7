package io.schemajob.lint.effect;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.sql.LockMode;

/** A lock that a script takes on a table or view that was there before it. */
public record TableLock(SqlName table, LockMode mode) {}
