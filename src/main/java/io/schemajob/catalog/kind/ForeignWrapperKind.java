package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Foreign-data wrappers that no extension brought. */
final class ForeignWrapperKind extends AbstractKind {
    ForeignWrapperKind() {
        super(
                "foreign-data wrapper",
                "foreign_data_wrappers/*",
                Phase.FOUNDATION,
                Undeclared.WARNING,
                "foreign-data wrapper",
                List.of(Aspect.text("handler"), Aspect.text("validator"), Aspect.map("options")));
    }

    @Override
    public List<String> names(SchemaObject object) {
        return List.of(object.name());
    }

    @Override
    public boolean databaseWide() {
        return true;
    }

    @Override
    public Sign sign() {
        return Sign.filled("pg_foreign_data_wrapper");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['foreign_data_wrappers', w.fdwname]::text[] AS path, %s AS handler, %s AS validator, %s AS options
              FROM pg_catalog.pg_foreign_data_wrapper w WHERE %s
            """
                .formatted(
                        CatalogSql.function("w.fdwhandler"),
                        CatalogSql.function("w.fdwvalidator"),
                        SettingsSql.foreignOptions("w.fdwoptions"),
                        CatalogSql.ours("w", "pg_foreign_data_wrapper"));
    }

    @Override
    public List<String> create(SchemaObject wrapper) {
        return List.of("CREATE FOREIGN DATA WRAPPER " + SqlText.name(wrapper.name())
                + (wrapper.text("handler") == null ? "" : " HANDLER " + wrapper.text("handler"))
                + (wrapper.text("validator") == null ? "" : " VALIDATOR " + wrapper.text("validator"))
                + SettingsSql.foreignOptions(wrapper.map("options")));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        List<String> changes = new ArrayList<>();
        for (String function : List.of("handler", "validator")) {
            if (SettingsSql.differs(before, after, function)) {
                String word = function.toUpperCase(Locale.ROOT);
                changes.add(after.text(function) == null ? "NO " + word : word + " " + after.text(function));
            }
        }
        changes.add(SettingsSql.changedOptions(before.map("options"), after.map("options")));
        String all = String.join(" ", changes).strip();
        return Optional.of(
                all.isEmpty()
                        ? List.of()
                        : List.of("ALTER FOREIGN DATA WRAPPER " + SqlText.name(after.name()) + " " + all));
    }

    /** It stays, since its servers and their passwords stand on it. */
    @Override
    public Optional<SchemaObject> meanwhile(SchemaObject wrapper) {
        return Optional.of(wrapper.without("handler").without("validator"));
    }

    @Override
    public List<String> drop(SchemaObject wrapper) {
        return List.of("DROP FOREIGN DATA WRAPPER " + SqlText.name(wrapper.name()));
    }
}
