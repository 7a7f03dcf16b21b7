package io.schemajob.bundle;

import io.schemajob.bundle.script.Version;
import java.util.List;

/**
 * How to recognise a database that something else has already migrated: a table that records versions, and the version
 * from which on it equals one of our migrations.
 *
 * @param name who else migrates this schema, as people call it
 * @param table the table that tells, in the job's schema
 * @param column the integer column whose maximum is the other tool's version
 * @param atLeast the smallest maximum that equals {@code version}
 * @param version our migration that such a database has reached
 * @param wayOut what to do when the other tool's version is older
 * @param needs columns, as {@code table.column}, without which the tables are of another kind, whatever version they have
 * @param otherwise what to do when one of them is not there
 */
public record AdoptRule(
        String name,
        String table,
        String column,
        long atLeast,
        Version version,
        String wayOut,
        List<String> needs,
        String otherwise) {
    public AdoptRule {
        needs = List.copyOf(needs);
    }

    /** A rule that goes by the version alone. */
    public AdoptRule(String name, String table, String column, long atLeast, Version version, String wayOut) {
        this(name, table, column, atLeast, version, wayOut, List.of(), null);
    }
}
