package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import java.util.List;

/** What a partition has otherwise of an index that it has because its parent has one; it is named by that of the parent. */
abstract class AbstractAttachedIndex extends AbstractSettings {
    private final String from;
    private final String columns;

    /**
     * @param from which indexes {@code i} of partitions {@code c} have an entry, with their parents' {@code p}
     * @param columns the aspects as the query has them
     */
    AbstractAttachedIndex(String noun, Undeclared undeclared, List<Aspect> aspects, String from, String columns) {
        super(noun, "tables/*/attached_indexes/*", Phase.SETTINGS, undeclared, "", aspects);
        this.from = from;
        this.columns = columns;
    }

    @Override
    public final ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(noun(), "index of %s in %s", object.name(0), object.name());
    }

    @Override
    public final List<String> needs(SchemaObject object) {
        return List.of(object.name());
    }

    @Override
    public final List<TablePart> parts(SchemaObject object) {
        return List.of(new TablePart(object.name(0), object.name(), false));
    }

    @Override
    public final Sign sign() {
        return Sign.relation("c.relkind IN ('i', 'I') AND c.relispartition");
    }

    @Override
    public final String query(int major) {
        return "SELECT ARRAY['tables', c.relname, 'attached_indexes', p.relname]::text[] AS path, " + columns + from;
    }
}
