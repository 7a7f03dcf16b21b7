package io.schemajob.cli.line;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Commands of other migration tools, and what to type here instead. */
public final class OtherWords {
    private static final Map<String, String> MEANINGS = new HashMap<>();

    static {
        add(
                "schemajob info shows what is applied and what is pending.",
                "status",
                "state",
                "ls",
                "list",
                "log",
                "show");
        add("schemajob info shows what is applied and what is pending.", "pending", "heads", "branches", "applied");
        add(
                "schemajob verify compares the database with the declared schema; schemajob lint reads the scripts.",
                "validate",
                "test",
                "assert",
                "doctor",
                "health");
        add("schemajob new NAME writes the next pair of scripts.", "create", "add", "make", "generate", "gen", "init");
        add(
                "schemajob diff shows what differs; schemajob new NAME --autogenerate writes the statements.",
                "compare",
                "drift",
                "changes",
                "autogenerate");
        add(
                "schemajob snapshot writes a schema.yaml from the database.",
                "dump",
                "pull",
                "inspect",
                "introspect",
                "extract",
                "snap");
        add(
                "schemajob migrate applies what is pending; with --dry-run it rolls back.",
                "apply",
                "push",
                "deploy",
                "run",
                "execute",
                "update",
                "latest",
                "sync");
        add(
                "schemajob rollback -1 --yes runs the newest down script; data in dropped tables is lost.",
                "undo",
                "revert",
                "back",
                "rolldown");
        add("schemajob rollback -1 --yes, then schemajob migrate.", "redo", "remigrate");
        add(
                "Nothing drops a schema here; schemajob rollback base --yes runs every down script.",
                "reset",
                "drop",
                "clean",
                "wipe",
                "fresh",
                "refresh",
                "purge",
                "destroy");
        add("Rows belong into a migration, or come with schemajob import sqlite FILE.", "seed", "load", "fixtures");
        add(
                "Scripts are kept as they were applied. For a new database schemajob snapshot writes the schema they"
                        + " lead to.",
                "squash",
                "merge",
                "collapse");
        add(
                "schemajob baseline VERSION records a version without running anything; schemajob adopt finds it out.",
                "mark",
                "resolve",
                "fake",
                "skip",
                "set");
        add("schemajob repair mends checksums and failed entries of the history.", "fix", "heal", "recover");
        add("schemajob plan shows pending scripts, the tables they lock and who uses them.", "preview", "explain");
        add("The job lock ends with the session that holds it; schemajob migrate names the holder.", "lock", "unlock");
    }

    private OtherWords() {}

    private static void add(String meaning, String... words) {
        for (String word : words) {
            MEANINGS.put(word, meaning);
        }
    }

    /** A sentence, or null for a word that no other tool has. */
    public static String meaning(String word) {
        // dbmate, Rails, Prisma and others write db:migrate:status, migrate:up, migration-create.
        String last = word.toLowerCase(Locale.ROOT).replaceFirst(".*[:.]", "");
        return MEANINGS.get(last);
    }

    public static Map<String, String> all() {
        return Map.copyOf(MEANINGS);
    }
}
