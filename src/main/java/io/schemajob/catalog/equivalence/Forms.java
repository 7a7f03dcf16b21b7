package io.schemajob.catalog.equivalence;

import io.schemajob.catalog.sql.SqlScope;
import java.sql.SQLException;
import java.util.List;

/** A way to ask the server what it makes of SQL texts. Two texts of which it makes the same mean the same. */
public sealed interface Forms permits DeparsedForms, PlannedForms {
    /** Whether this can be asked in this way. */
    boolean covers(Question question);

    /** Whether a form is SQL of the same place again, so that it can be asked about too. */
    boolean isSqlAgain(SqlScope scope);

    /**
     * The form of each text, in their order. The open transaction is as before.
     *
     * @throws SQLException when the server refuses them, or at least one of them
     */
    List<String> of(SqlScope scope, List<String> texts) throws SQLException;
}
