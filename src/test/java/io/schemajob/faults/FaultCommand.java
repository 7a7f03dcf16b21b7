package io.schemajob.faults;

import java.nio.file.Path;
import java.util.List;

/** What is run under a fault, from which state of the database, and what is there afterwards. */
enum FaultCommand {
    MIGRATE(State.EMPTY),
    ROLLBACK(State.APPLIED),
    IMPORT(State.APPLIED),
    EXPORT(State.ROWS),
    ADOPT(State.FOREIGN),
    REPAIR(State.DAMAGED),
    MAINTAIN(State.ROWS),
    FLEET(State.EMPTY);

    /** What is in the database before the run. */
    enum State {
        EMPTY,
        /** All scripts are applied. */
        APPLIED,
        /** And there are rows. */
        ROWS,
        /** golang-migrate has made it. */
        FOREIGN,
        /** A checksum is not that of the script, and a concurrent index is invalid. */
        DAMAGED
    }

    private final State state;

    FaultCommand(State state) {
        this.state = state;
    }

    /** What commands of a kind do to a database is much the same. */
    enum Kind {
        MIGRATION,
        MANY_SCRIPTS,
        DATA,
        UPKEEP
    }

    Kind kind() {
        return switch (this) {
            case MIGRATE -> Kind.MIGRATION;
            case ROLLBACK, FLEET -> Kind.MANY_SCRIPTS;
            case IMPORT, EXPORT -> Kind.DATA;
            case ADOPT, REPAIR, MAINTAIN -> Kind.UPKEEP;
        };
    }

    State state() {
        return state;
    }

    /** Whether an end with the history at a version in between is possible. */
    boolean movesHistory() {
        return this == MIGRATE || this == ROLLBACK;
    }

    /** What a script of it, or its only transaction, cannot do without: as the object of LOCK TABLE. */
    String locked() {
        return switch (this) {
            case IMPORT, EXPORT, MAINTAIN -> "made_1";
            case ROLLBACK, REPAIR -> "flyway_schema_history";
            // Their tables are not there yet.
            case MIGRATE, ADOPT, FLEET -> "pg_catalog.pg_class IN SHARE MODE";
        };
    }

    /** @param place for files of this run alone */
    List<String> arguments(FaultBundle bundle, Path place) {
        return switch (this) {
            case MIGRATE -> List.of("migrate");
            case ROLLBACK -> List.of("rollback", "001", "--yes");
            case IMPORT -> List.of("import", "sqlite", bundle.source().toString(), "--backup-dir", place.toString());
            case EXPORT -> List.of("export", "sqlite", place.resolve("out.db").toString());
            case ADOPT -> List.of("adopt");
            case REPAIR -> List.of("repair");
            case MAINTAIN -> List.of("maintain");
            case FLEET ->
                List.of("fleet", "migrate", "--targets", bundle.targets().toString());
        };
    }
}
