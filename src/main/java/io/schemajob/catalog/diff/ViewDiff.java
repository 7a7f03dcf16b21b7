package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.TypeNames;
import java.util.List;
import java.util.Set;

/** Compares one view that both sides have. */
final class ViewDiff {
    private ViewDiff() {}

    static void compare(View declared, View live, Findings findings) {
        ObjectIdentity object = declared.identity();
        findings.owner(object, live.owner());
        findings.same(object, "kind", declared.kind(), live.kind());
        if (!declared.definition().equals(live.definition())) {
            findings.drift(object, "definition", new CodeText(declared.definition()), new CodeText(live.definition()));
        } else if (!declared.columns().isEmpty()) {
            findings.same(object, "columns", columns(declared), columns(live));
        }
        findings.same(object, "options", declared.options(), live.options());
        findings.comment(Comments.VIEW, object, declared.comment(), live.comment());
        for (Column column : declared.columns()) {
            live.columns().stream()
                    .filter(other -> other.name().equals(column.name()))
                    .forEach(other -> findings.comment(
                            Comments.VIEW_COLUMN,
                            ObjectIdentity.column(declared.name(), column.name()),
                            column.comment(),
                            other.comment()));
        }
        new IndexDiff(declared.name(), findings).compare(declared.indexes(), live.indexes(), Set.of());
        TriggerDiff.compare(declared.name(), declared.triggers(), live.triggers(), findings);
    }

    private static List<String> columns(View view) {
        return view.columns().stream()
                .map((Column column) -> column.name() + " " + TypeNames.brief(column.type()))
                .toList();
    }
}
