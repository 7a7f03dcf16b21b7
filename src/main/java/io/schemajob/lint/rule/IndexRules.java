package io.schemajob.lint.rule;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.effect.TrackedSchema;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.sql.Ddl;

/** Indexes are built and dropped concurrently, unless nobody uses their table yet. */
public final class IndexRules implements RuleCheck {
    @Override
    public void look(Ddl ddl, int line, ScriptContext context) {
        if (ddl instanceof Ddl.CreateIndex create) {
            // ON ONLY a partitioned table builds nothing; its partitions' indexes are attached later.
            if (!create.concurrently() && !create.only() && context.existed(create.table())) {
                context.report(Rule.INDEX_NOT_CONCURRENT, line, "CREATE INDEX on " + create.table());
            }
        } else if (ddl instanceof Ddl.Drop drop && drop.kind() == Ddl.Kind.INDEX && !drop.concurrently()) {
            drop.names().stream()
                    .filter(name -> matters(name, context))
                    .forEach(name -> context.report(Rule.INDEX_DROP_NOT_CONCURRENT, line, "DROP INDEX " + name));
        } else if (ddl instanceof Ddl.Reindex reindex && !reindex.concurrently() && context.existed(reindex.name())) {
            context.report(
                    Rule.REINDEX_NOT_CONCURRENT, line, "REINDEX %s %s".formatted(reindex.kind(), reindex.name()));
        } else if (ddl instanceof Ddl.Refresh refresh && !refresh.concurrently() && context.existed(refresh.view())) {
            context.report(Rule.REFRESH_NOT_CONCURRENT, line, "REFRESH MATERIALIZED VIEW " + refresh.view());
        }
    }

    /** The index of a partitioned table cannot be dropped concurrently. */
    private static boolean matters(SqlName index, ScriptContext context) {
        SqlName table =
                context.schema().index(index).map(TrackedSchema.Index::table).orElse(null);
        boolean plain =
                table == null || context.existed(table) && !context.schema().isPartitioned(table);
        return context.existed(index) && plain;
    }
}
