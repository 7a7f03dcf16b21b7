package io.schemajob.catalog;

import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.equivalence.Answers;
import io.schemajob.catalog.equivalence.DeparsedForms;
import io.schemajob.catalog.equivalence.Forms;
import io.schemajob.catalog.equivalence.LiveWording;
import io.schemajob.catalog.equivalence.PlannedForms;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A declaration in the server's words wherever the server says that both mean the same. Texts that are the same need no
 * server, so a declaration that {@code snapshot} wrote costs no statement.
 *
 * @param declared in these words
 * @param refusals the server's messages by the declared texts that it refuses
 * @param notes warns of differences that may be none, as the server could not be asked
 */
record DeclaredWording(Schema declared, Map<String, String> refusals, List<Difference> notes) {
    /** @param schema that this is, with the further ones of its bundle */
    static DeclaredWording of(
            Connection connection, String schema, ReadOnlyWork.Path path, Schema declared, Schema live)
            throws SQLException {
        DeclaredWording main = one(connection, schema, path, declared, live);
        if (declared.further().isEmpty()) {
            return main;
        }
        Map<String, Schema> others = new TreeMap<>(declared.further());
        Map<String, String> refusals = new HashMap<>(main.refusals());
        List<Difference> notes = new ArrayList<>(main.notes());
        for (Map.Entry<String, Schema> other : others.entrySet()) {
            Schema found = live.further().get(other.getKey());
            if (found != null) {
                DeclaredWording wording = one(connection, other.getKey(), path, other.getValue(), found);
                other.setValue(wording.declared());
                refusals.putAll(wording.refusals());
                wording.notes().forEach(note -> notes.add(note.in(other.getKey())));
            }
        }
        return new DeclaredWording(main.declared().withFurther(others).linked(schema), refusals, notes);
    }

    private static DeclaredWording one(
            Connection connection, String schema, ReadOnlyWork.Path path, Schema declared, Schema live)
            throws SQLException {
        Answers answers = new Answers();
        Schema noted = LiveWording.of(declared, live, answers.noting());
        if (answers.isEmpty()) {
            return new DeclaredWording(noted, Map.of(), List.of());
        }
        ReadOnlyWork.scratch(connection, schema, path, () -> ask(answers, new DeparsedForms(connection, schema)));
        if (answers.isOpen()) {
            ReadOnlyWork.run(
                    connection, schema, path, () -> ask(answers, PlannedForms.of(connection, schema, answers)));
        }
        return new DeclaredWording(LiveWording.of(declared, live, answers.given()), answers.refusals(), note(answers));
    }

    private static List<Difference> note(Answers answers) {
        return answers.closed() == null || answers.unanswered() == 0
                ? List.of()
                : List.of(Difference.changed(
                        ObjectIdentity.worded("declaration", "SQL of the declared schema"),
                        "comparison",
                        "by the server",
                        "%d texts word by word, as it refuses temporary objects: %s"
                                .formatted(answers.unanswered(), answers.closed()),
                        Difference.Severity.WARNING));
    }

    /** The difference, with the server's message if it is one because the server refuses the declared text. */
    Difference explained(Difference difference) {
        String declared = String.valueOf(difference.declared());
        return refusals.entrySet().stream()
                .filter(refusal -> declared.contains(refusal.getKey()))
                .findFirst()
                .map(refusal -> difference.remarked("refused by PostgreSQL: " + refusal.getValue()))
                .orElse(difference);
    }

    private static Void ask(Answers answers, Forms forms) throws SQLException {
        answers.ask(forms);
        return null;
    }
}
