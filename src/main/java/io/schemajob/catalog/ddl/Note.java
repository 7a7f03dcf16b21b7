package io.schemajob.catalog.ddl;

import java.util.List;

/**
 * Something that the scripts leave to a person.
 *
 * @param object what it is about, in the words of {@link io.schemajob.catalog.diff.Difference}
 * @param reason one sentence
 * @param statements that would do it, if there are any; they stand in the script as a comment
 * @param open whether the schema differs from what is declared until somebody has done it
 */
public record Note(String object, String reason, List<String> statements, boolean open) {}
