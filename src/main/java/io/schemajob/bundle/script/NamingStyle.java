package io.schemajob.bundle.script;

/** How the scripts of a bundle are named; one style a bundle, found out from its files. */
public enum NamingStyle {
    /** {@code 001_name.up.sql} and {@code 001_name.down.sql}, as golang-migrate. */
    GOLANG_MIGRATE,
    /** {@code V1__name.sql}, {@code U1__name.sql} and {@code R__name.sql}, as Flyway. */
    FLYWAY
}
