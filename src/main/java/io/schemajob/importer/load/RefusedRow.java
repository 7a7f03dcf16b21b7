package io.schemajob.importer.load;

import io.schemajob.database.query.SqlStates;
import io.schemajob.importer.mapping.TablePlan;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Names the row at which the server has ended a COPY, because of what it computes of the row: it tells no more than a line. */
final class RefusedRow {
    private static final Pattern LINE = Pattern.compile("COPY \\S+, line (\\d+)");

    private RefusedRow() {}

    /** The same error with the row's name in it; as it is if it is not about a row. */
    static SQLException named(LoadContext context, TablePlan table, SQLException e) throws Exception {
        ServerErrorMessage server = e instanceof PSQLException sql ? sql.getServerErrorMessage() : null;
        String where = server == null ? null : server.getWhere();
        Matcher line = LINE.matcher(where == null ? "" : where);
        if (!line.find()) {
            return e;
        }
        long wanted = Long.parseLong(line.group(1));
        long[] seen = {0};
        RowFinding[] found = {null};
        TableScan.run(context.source(), table, context.batchSize(), context.cancellation(), row -> {
            if (++seen[0] == wanted) {
                found[0] = new RowFinding(table.source().name(), row.rowId(), "", "", "", "");
            }
        });
        if (found[0] == null) {
            return e;
        }
        String place =
                new RowKeys(context.source(), context.plan()).named(found[0]).place();
        return new SQLException(
                "%s row %s: %s".formatted(table.source().name(), place, server.getMessage()), SqlStates.of(e), e);
    }
}
