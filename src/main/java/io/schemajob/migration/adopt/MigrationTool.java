package io.schemajob.migration.adopt;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.Revisions;
import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Version;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The tools whose history can be read and taken over. Each is known by its table and the columns of it; two share the name
 * {@code schema_migrations}, and several others {@code migrations}, {@code changelog} and {@code schema_version}.
 *
 * <p>The layouts are those that the tools create for PostgreSQL in their newest versions. Tools that keep their table in
 * a schema of their own (Drizzle, Sqitch, Supabase, pgroll) are not met here.
 */
public enum MigrationTool {
    /** One row, or none where nothing is applied. */
    GOLANG_MIGRATE("golang-migrate", "schema_migrations", "version dirty", "version::text, dirty"),
    /** A row for each head, mostly one: {@code version_num varchar(32)}. */
    ALEMBIC("Alembic", "alembic_version", "version_num", "version_num::text, false"),
    /** The newest row of a version counts; 0 is the table's own. */
    GOOSE(
            "goose",
            "goose_db_version",
            "id version_id is_applied",
            "version_id::text, false",
            "version_id <> 0 AND is_applied AND id = (SELECT max(l.id) FROM %1$s l WHERE l.version_id = t.version_id)",
            "version_id"),
    RAILS("Rails", "schema_migrations", "version", "version::text, false"),
    DBMATE("dbmate", "schema_migrations", "version", "version::text, false"),
    ECTO("Ecto", "schema_migrations", "version inserted_at", "version::text, false"),
    MIGRATUS("Migratus", "schema_migrations", "id applied", "id::text, false"),
    SEQUEL("Sequel", "schema_migrations", "filename", "filename::text, false"),
    SQLX("sqlx", "_sqlx_migrations", "version success", "version::text, NOT success"),
    DIESEL("diesel", "__diesel_schema_migrations", "version run_on", "version::text, false", "version !~ '^0+$'", "1"),
    REFINERY("refinery", "refinery_schema_history", "version name", "version::text || '_' || name, false"),
    SEA_ORM("SeaORM", "seaql_migrations", "version applied_at", "version::text, false"),
    NODE_PG_MIGRATE("node-pg-migrate", "pgmigrations", "name run_on", "name::text, false"),
    PRISMA(
            "Prisma",
            "_prisma_migrations",
            "migration_name finished_at rolled_back_at",
            "migration_name::text, finished_at IS NULL",
            "rolled_back_at IS NULL",
            "1"),
    KNEX("Knex", "knex_migrations", "name batch", "name::text, false"),
    SEQUELIZE("Sequelize", "SequelizeMeta", "name", "name::text, false"),
    TYPEORM("TypeORM", "migrations", "timestamp name", "\"timestamp\"::text, false"),
    KYSELY("Kysely", "kysely_migration", "name timestamp", "name::text, false"),
    MIKRO_ORM("MikroORM", "mikro_orm_migrations", "name executed_at", "name::text, false"),
    LARAVEL("Laravel", "migrations", "migration batch", "migration::text, false"),
    RAMBLER("rambler", "migrations", "migration", "migration::text, false"),
    DOCTRINE(
            "Doctrine",
            "doctrine_migration_versions",
            "version executed_at",
            "coalesce(substring(version from '[0-9]+$'), version)::text, false"),
    PHINX("Phinx", "phinxlog", "version migration_name", "version::text, false"),
    DJANGO("Django", "django_migrations", "app name", "app || '.' || name, false"),
    YOYO("yoyo", "_yoyo_migration", "migration_id", "migration_id::text, false"),
    SQL_MIGRATE("sql-migrate", "gorp_migrations", "id applied_at", "id::text, false"),
    /** One row, 0 where nothing is applied. */
    TERN("tern", "schema_version", "version", "version::text, false", "version::text <> '0'", "1"),
    GO_PG(
            "go-pg",
            "gopg_migrations",
            "id version",
            "version::text, false",
            "version <> 0 AND id = (SELECT max(l.id) FROM %1$s l)",
            "1"),
    BUN("bun", "bun_migrations", "name group_id", "name::text, false"),
    POP("pop", "schema_migration", "version", "version::text, false"),
    ATLAS(
            "Atlas",
            "atlas_schema_revisions",
            "version applied total error",
            "version::text, applied < total OR coalesce(error, '') <> ''",
            "version NOT LIKE '.%%'",
            "1"),
    LIQUIBASE(
            "Liquibase",
            "databasechangelog",
            "id author filename exectype",
            "id::text, exectype = 'FAILED'",
            "exectype <> 'SKIPPED'",
            "orderexecuted"),
    FLYWAY_4(
            "Flyway before version 5",
            "schema_version",
            "version installed_rank success",
            "version::text, NOT success",
            "version IS NOT NULL",
            "installed_rank"),
    EVOLVE("Evolve", "changelog", "version type success", "version::text, NOT success", "version IS NOT NULL", "1"),
    MYBATIS("MyBatis Migrations", "changelog", "id applied_at description", "id::text, false"),
    PLAY("Play", "play_evolutions", "id state", "id::text, state <> 'applied'"),
    EF_CORE("EF Core", "__EFMigrationsHistory", "MigrationId ProductVersion", "\"MigrationId\"::text, false");

    /** Names that tables of an application may well have. */
    private static final Set<String> COMMON = Set.of("migrations", "changelog", "schema_version", "schema_migration");

    /** What some of them keep beside it. */
    private static final Set<String> COMPANIONS = Set.of(
            "databasechangeloglock",
            "ar_internal_metadata",
            "knex_migrations_lock",
            "kysely_migration_lock",
            "bun_migration_locks",
            "_yoyo_log",
            "_yoyo_version",
            "yoyo_lock");

    private static final int ALEMBIC_WIDTH = 32;

    private final String title;
    private final String table;
    private final Set<String> columns;
    private final String what;
    private final String which;
    private final String order;

    MigrationTool(String title, String table, String columns, String what) {
        this(title, table, columns, what, "true", "1");
    }

    /**
     * @param columns that it has, with blanks between them
     * @param what to read of a row: the version as text, and whether it failed or is not finished
     * @param which rows say that something is applied
     */
    MigrationTool(String title, String table, String columns, String what, String which, String order) {
        this.title = title;
        this.table = table;
        this.columns = Set.of(columns.split(" "));
        this.what = what;
        this.which = which;
        this.order = order;
    }

    /** As commands and notes spell it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As people call it. */
    public String title() {
        return title;
    }

    /** Its default name; a tool that was told another one is not recognised. */
    public String table() {
        return table;
    }

    /** Whether nobody else calls a table so. */
    public boolean hasTableOfItsOwn() {
        return !COMMON.contains(table);
    }

    /** Whether a table of this name is a tool's, and so no part of a schema, as our own history is not. */
    public static boolean isHistory(String table) {
        return COMPANIONS.contains(table)
                || Arrays.stream(values()).anyMatch(tool -> tool.hasTableOfItsOwn() && tool.table.equals(table));
    }

    /**
     * Whether a table of the right name is this tool's.
     *
     * @param found its columns
     * @param tables that are there too
     */
    boolean owns(Set<String> found, Set<String> tables) {
        if (!found.containsAll(columns)) {
            return false;
        }
        return switch (this) {
            case RAILS, DBMATE -> found.size() == 1 && tables.contains("ar_internal_metadata") == (this == RAILS);
            case TERN -> found.size() == 1;
            case RAMBLER -> !found.contains("batch");
            default -> true;
        };
    }

    /** Reads version and trouble of what is applied, in the tool's order. */
    String query(String qualified) {
        return ("SELECT %2$s FROM %1$s t WHERE " + which + " ORDER BY %3$s").formatted(qualified, what, order);
    }

    /** Whether its table says the current version alone; the others list everything that is applied. */
    boolean saysCurrent() {
        return this == GOLANG_MIGRATE || this == ALEMBIC || this == TERN || this == GO_PG;
    }

    /** Whether its table can be mirrored: it holds nothing but a version. */
    public boolean mirrored() {
        return this == GOLANG_MIGRATE || this == ALEMBIC;
    }

    /** The columns of a row, for INSERT into a mirrored table. */
    public String columns() {
        return this == ALEMBIC ? "version_num" : "version, dirty";
    }

    /** The values of a row of a version in good order, with one parameter. */
    public String row() {
        return this == ALEMBIC ? "?" : "?::bigint, false";
    }

    /** The bundle's version of what the tool has recorded; empty where the bundle does not know it. */
    Optional<Version> version(Bundle bundle, String recorded) {
        return this == ALEMBIC ? Revisions.of(bundle).version(recorded) : RecordedName.version(bundle, recorded);
    }

    /** What the tool is likely to call a version of the bundle, for messages. */
    String name(Bundle bundle, Version version) {
        return this == ALEMBIC ? Revisions.of(bundle).name(version) : version.toString();
    }

    /**
     * What may be written into its table for a version of the bundle; empty where the table cannot hold it, or where
     * nothing says that the tool knows it. golang-migrate works on the same scripts; Alembic's are elsewhere, so somebody
     * has to list them.
     */
    public Optional<String> mirror(Bundle bundle, Version version) {
        if (this == ALEMBIC) {
            return Revisions.of(bundle).listed(version).filter(name -> name.length() <= ALEMBIC_WIDTH);
        }
        return version.number()
                .filter(number -> bundle.style() == NamingStyle.GOLANG_MIGRATE && number.bitLength() < Long.SIZE)
                .map(Object::toString);
    }
}
