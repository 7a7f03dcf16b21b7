package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Optional;

/** The names of the NOT NULL of domains, which PostgreSQL keeps since 17; those that it gives by itself are left out. */
public final class DomainNotNullKind extends AbstractSettings {
    /** At the end of names that PostgreSQL gives. */
    public static final String LABEL = "not_null";

    private static final String NAME = "not_null_name";
    private static final int FIRST_MAJOR = 17;
    private static final String FROM =
            """
              FROM pg_catalog.pg_constraint k
              JOIN pg_catalog.pg_type t ON t.oid = k.contypid AND t.typtype = 'd'
             WHERE k.connamespace = :schema AND k.contype = 'n' AND k.conname <> %s
            """
                    .formatted(ChosenName.sql("t.typname", LABEL));

    public static final String NOUN = "domain not null constraint";

    DomainNotNullKind() {
        super(NOUN, "types/*", Phase.SETTINGS, Undeclared.WARNING, "", List.of(Aspect.text(NAME)));
    }

    @Override
    public int since() {
        return 5;
    }

    /** A name changes no result. */
    @Override
    public boolean harmless(Coverage coverage) {
        return true;
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(noun(), "not null constraint of domain %s", object.name());
    }

    @Override
    public String newer() {
        return "`not_null_name` 17";
    }

    @Override
    public Sign sign() {
        return Sign.type("t.typtype = 'd'").since(17);
    }

    @Override
    public String query(int major) {
        return "SELECT ARRAY['types', t.typname]::text[] AS path, k.conname AS not_null_name" + FROM;
    }

    @Override
    public Optional<SchemaObject> on(int major, SchemaObject declared) {
        if (major < FIRST_MAJOR) {
            return Optional.empty();
        }
        boolean chosen = ChosenName.of(declared.name(), LABEL).equals(declared.text(NAME));
        return Optional.of(chosen ? declared.plain() : declared);
    }

    /** Declared on a server that keeps no names, nothing is said of it. */
    @Override
    public Optional<SchemaObject> assumed(SchemaObject found, Schema declared) {
        return Optional.of(declared.objects().coverage().server() >= FIRST_MAJOR ? found.plain() : found);
    }

    /** Where one side has no name of its own, the NOT NULL may come or go with it: then nothing is renamed. */
    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        if (!SettingsSql.differs(before, after, NAME)) {
            return Optional.of(List.of());
        }
        String alter = "ALTER DOMAIN " + SqlText.name(after.name()) + " RENAME CONSTRAINT ";
        return Optional.of(List.of(
                before.text(NAME) != null && after.text(NAME) != null
                        ? alter + name(before) + " TO " + name(after)
                        : SettingsSql.each(
                                "name",
                                """
                                SELECT %1$s || pg_catalog.format('%%I TO %%I', k.conname, %2$s)
                                  FROM pg_catalog.pg_constraint k
                                 WHERE k.contypid = %3$s::regtype AND k.contype = 'n' AND k.conname <> %2$s"""
                                        .formatted(
                                                SqlText.literal(alter),
                                                SqlText.literal(named(after)),
                                                SqlText.literal(SqlText.name(after.name()))))));
    }

    /** The name that a domain's NOT NULL has of its own, or null. */
    public static String nameOf(String domain, SchemaObjects objects) {
        SchemaObject named = objects.of(NOUN).get(List.of("types", domain));
        return named == null ? null : named.text(NAME);
    }

    private static String name(SchemaObject domain) {
        return SqlText.name(named(domain));
    }

    private static String named(SchemaObject domain) {
        String name = domain.text(NAME);
        return name == null ? ChosenName.of(domain.name(), LABEL) : name;
    }
}
