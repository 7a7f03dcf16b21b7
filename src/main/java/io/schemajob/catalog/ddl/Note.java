package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.ObjectIdentity;
import java.util.List;

/**
 * Something that the scripts leave to a person.
 *
 * @param object what it is about
 * @param reason one sentence
 * @param statements that would do it, if there are any; they stand in the script as a comment
 * @param open whether the schema differs from what is declared until somebody has done it
 */
public record Note(ObjectIdentity object, String reason, List<String> statements, boolean open) {
    /** Of something that stays, as others may have made it. */
    static Note undeclared(ObjectIdentity object, String drop) {
        return new Note(object, "It is not declared, which is a warning of verify.", List.of(drop), false);
    }
}
