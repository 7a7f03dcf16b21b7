package io.schemajob.autogenerate.made;

import java.util.ArrayList;
import java.util.List;

/** Makes a schema of all kinds of objects, with references between them, as statements that run in their order. */
public final class SchemaMaker {
    private static final String[] TEXTS = {"what it is", "it's", "two\nlines", "back\\slash", "größe"};

    private SchemaMaker() {}

    /**
     * The statements.
     *
     * @param major the oldest version on which they have to run
     * @param privileges whether some are about owners and privileges
     */
    public static List<String> statements(Choices choices, int major, boolean privileges) {
        Draft draft = new Draft(choices, major);
        if (privileges && draft.maybe("default privileges", 4)) {
            draft.sql("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pair_reader");
        }
        new Foundations(draft).make();
        Others others = new Others(draft);
        others.definitions();
        new Tables(draft).make();
        new Partitions(draft).make();
        new Attached(draft).make();
        new Views(draft).make();
        others.onTables();
        comments(draft);
        if (privileges) {
            privileges(draft);
        }
        return new ArrayList<>(draft.statements);
    }

    private static void comments(Draft draft) {
        for (String object : draft.commentable) {
            if (draft.maybe("comment on " + object, 8)) {
                String text = draft.of("comment text " + object, TEXTS);
                draft.sql("COMMENT ON " + object + " IS " + Draft.literal(text));
            }
        }
    }

    private static void privileges(Draft draft) {
        for (String object : draft.grantable) {
            String word = object.substring(0, object.indexOf(' '));
            String usual =
                    switch (word) {
                        case "TABLE" -> draft.of("privilege on " + object, "SELECT", "INSERT, UPDATE", "ALL");
                        case "FUNCTION" -> "EXECUTE";
                        default -> "USAGE";
                    };
            if (draft.maybe("grant on " + object, 3)) {
                draft.sql("GRANT " + usual + " ON " + object + " TO "
                        + draft.of("grantee of " + object, "pair_reader", "PUBLIC", "pair_writer")
                        + (draft.choices.pick("grantee of " + object, 3) != 1
                                        && draft.maybe("grant option of " + object, 4)
                                ? " WITH GRANT OPTION"
                                : ""));
            }
            if (!word.equals("TABLE") && !word.equals("SEQUENCE") && draft.maybe("revoke on " + object, 5)) {
                draft.sql("REVOKE ALL ON " + object + " FROM PUBLIC");
            }
            if (draft.maybe("owner of " + object, 6)) {
                draft.sql("ALTER " + object + " OWNER TO pair_writer");
            }
        }
    }
}
