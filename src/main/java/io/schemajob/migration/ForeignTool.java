package io.schemajob.migration;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.Migration;
import io.schemajob.bundle.Revisions;
import io.schemajob.bundle.Version;
import java.util.Optional;
import java.util.Set;

/** The tools whose history can be read, taken over and kept in step: a table with the current version alone. */
public enum ForeignTool {
    /** One row, or none where nothing is applied: {@code version bigint, dirty boolean}. */
    GOLANG_MIGRATE("golang-migrate", "schema_migrations", "version", "version, dirty", "?::bigint, false") {
        @Override
        Optional<Version> version(Bundle bundle, String recorded) {
            return Version.find(recorded).flatMap(bundle::migration).map(Migration::version);
        }

        @Override
        Optional<String> name(Bundle bundle, Version version) {
            return version.number()
                    .filter(number -> number.bitLength() < Long.SIZE)
                    .map(Object::toString);
        }
    },
    /** A row for each head, mostly one: {@code version_num varchar(32)}. */
    ALEMBIC("alembic", "alembic_version", "version_num", "version_num", "?") {
        @Override
        Optional<Version> version(Bundle bundle, String recorded) {
            return Revisions.of(bundle).version(recorded);
        }

        @Override
        Optional<String> name(Bundle bundle, Version version) {
            return Optional.of(Revisions.of(bundle).name(version)).filter(name -> name.length() <= ALEMBIC_WIDTH);
        }
    };

    private static final int ALEMBIC_WIDTH = 32;

    private final String id;
    private final String table;
    private final String versionColumn;
    private final String columns;
    private final String values;

    ForeignTool(String id, String table, String versionColumn, String columns, String values) {
        this.id = id;
        this.table = table;
        this.versionColumn = versionColumn;
        this.columns = columns;
        this.values = values;
    }

    /** As commands and notes spell it. */
    public String id() {
        return id;
    }

    /** As people call it. */
    public String title() {
        return this == ALEMBIC ? "Alembic" : id;
    }

    /** Its default name; a tool that was told another one is not recognised. */
    public String table() {
        return table;
    }

    String versionColumn() {
        return versionColumn;
    }

    boolean recordsDirt() {
        return this == GOLANG_MIGRATE;
    }

    /** Others have a table of the same name, such as Rails with {@code schema_migrations}. */
    Set<String> requiredColumns() {
        return Set.of(columns.split(", "));
    }

    /** The columns of a row, for INSERT. */
    String columns() {
        return columns;
    }

    /** The values of a row of a version in good order, with one parameter. */
    String row() {
        return values;
    }

    /** The bundle's version of what the tool has recorded; empty where the bundle does not know it. */
    abstract Optional<Version> version(Bundle bundle, String recorded);

    /** What the tool records for a version of the bundle; empty where its table cannot hold it. */
    abstract Optional<String> name(Bundle bundle, Version version);
}
