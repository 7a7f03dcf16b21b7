package io.schemajob.bundle.script;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the scripts of a bundle are named and divided; one style a bundle, found out from its files or declared. */
public enum NamingStyle {
    /** {@code 001_name.up.sql} and {@code 001_name.down.sql}, as golang-migrate. */
    GOLANG_MIGRATE("golang-migrate"),
    /** {@code V1__name.sql}, {@code U1__name.sql} and {@code R__name.sql}, as Flyway. */
    FLYWAY("flyway"),
    /** {@code 00001_name.sql} with both directions between {@code -- +goose} marks. */
    GOOSE("goose"),
    /** {@code 20240101120000_name.sql} with both directions below {@code -- migrate:up} and {@code -- migrate:down}. */
    DBMATE("dbmate");

    private final String key;

    NamingStyle(String key) {
        this.key = key;
    }

    /** What {@code format:} in bundle.yaml calls it. */
    public String key() {
        return key;
    }

    /** Whether a file holds both directions. */
    public boolean oneFile() {
        return this == GOOSE || this == DBMATE;
    }

    public static Optional<NamingStyle> of(String key) {
        return Arrays.stream(values()).filter(style -> style.key.equals(key)).findFirst();
    }

    public static String keys() {
        return Arrays.stream(values()).map(NamingStyle::key).collect(Collectors.joining(", "));
    }
}
