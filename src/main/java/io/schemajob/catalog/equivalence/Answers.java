package io.schemajob.catalog.equivalence;

import io.schemajob.catalog.sql.PrintedSql;
import io.schemajob.catalog.sql.SqlScope;
import io.schemajob.database.query.SqlStates;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the server says of texts that are not the same. First all questions are noted, as one walk over both schemas asks
 * them; then the server is asked; then a second walk gets the answers.
 */
public final class Answers {
    /**
     * A text that is printed, read and printed again can look another way once: PostgreSQL keeps casts of the elements of
     * {@code IN} where it reads them. So the prints of both sides are compared, one after the other.
     */
    private static final int PRINTS = 3;

    /** PostgreSQL allows 1664 columns. */
    private static final int AT_ONCE = 500;

    /** Only a server that cannot be asked in this way at all refuses the text 1 here. */
    private static final SqlScope PROBE = SqlScope.domain("pg_catalog.int4", null);

    private final Set<Question> questions = new LinkedHashSet<>();
    private final Set<Question> equal = new LinkedHashSet<>();
    private final Set<Question> different = new LinkedHashSet<>();
    private final Map<String, String> refusals = new LinkedHashMap<>();
    private String closed;

    /** Notes each question, and says that the texts differ. What no server can be asked is answered at once. */
    public Equivalence noting() {
        return (scope, declared, live) -> {
            if (scope.kind() == SqlScope.Kind.WORDS) {
                return Equivalence.TOKENS.same(scope, declared, live);
            }
            questions.add(new Question(scope, declared, live));
            return false;
        };
    }

    /** What was answered; where there is no answer, tokens are compared. */
    public Equivalence given() {
        return (scope, declared, live) -> {
            Question question = new Question(scope, declared, live);
            return equal.contains(question)
                    || !different.contains(question) && Equivalence.TOKENS.same(scope, declared, live);
        };
    }

    /** Whether there is nothing to ask: everything is the same text. */
    public boolean isEmpty() {
        return questions.isEmpty();
    }

    Set<String> texts() {
        Set<String> texts = new LinkedHashSet<>();
        questions.forEach(question -> texts.addAll(List.of(question.declared(), question.live())));
        return texts;
    }

    /** How many texts nobody could be asked about that differ by their tokens: they are told as different. */
    public long unanswered() {
        return questions.stream()
                .filter(question -> !equal.contains(question) && !different.contains(question))
                .filter(question -> !Equivalence.TOKENS.same(question.scope(), question.declared(), question.live()))
                .count();
    }

    /** What the server says where it cannot be asked, or null. */
    public String closed() {
        return closed;
    }

    /** Whether two texts that are not known to be equal are left. */
    public boolean isOpen() {
        return !equal.containsAll(questions);
    }

    /** The server's messages about declared texts that it refuses though it takes the live ones. */
    public Map<String, String> refusals() {
        return Collections.unmodifiableMap(refusals);
    }

    private Predicate<Question> open(Forms forms) {
        return question ->
                !equal.contains(question) && !refusals.containsKey(question.declared()) && forms.covers(question);
    }

    /** Asks what is open. An object that the server does not let us make gives no answer. */
    public void ask(Forms forms) throws SQLException {
        Map<String, String> failures = new HashMap<>();
        print(forms, PROBE, List.of("1"), new HashMap<>(), failures);
        if (!failures.isEmpty()) {
            closed = failures.values().iterator().next();
            return;
        }
        Map<SqlScope, List<Question>> byScope = new LinkedHashMap<>();
        questions.stream().filter(open(forms)).forEach(question -> byScope.computeIfAbsent(
                        question.scope(), scope -> new ArrayList<>())
                .add(question));
        for (Map.Entry<SqlScope, List<Question>> entry : byScope.entrySet()) {
            ask(forms, entry.getKey(), entry.getValue());
        }
    }

    private void ask(Forms forms, SqlScope scope, List<Question> open) throws SQLException {
        Map<String, List<String>> prints = new HashMap<>();
        Map<String, String> refused = new HashMap<>();
        List<Question> left = new ArrayList<>(open);
        for (int round = 0; round < (forms.isSqlAgain(scope) ? PRINTS : 1) && !left.isEmpty(); round++) {
            Set<String> texts = new LinkedHashSet<>();
            left.forEach(question -> texts.addAll(List.of(question.declared(), question.live())));
            printAgain(forms, scope, List.copyOf(texts), prints, refused);
            left.removeIf(question -> settle(question, prints, refused));
        }
    }

    private static void printAgain(
            Forms forms,
            SqlScope scope,
            List<String> texts,
            Map<String, List<String>> prints,
            Map<String, String> refused)
            throws SQLException {
        Map<String, String> latest = new LinkedHashMap<>();
        for (String text : texts) {
            List<String> before = prints.getOrDefault(text, List.of());
            if (!refused.containsKey(text)) {
                latest.put(text, before.isEmpty() ? text : before.get(before.size() - 1));
            }
        }
        List<String> asked = List.copyOf(new LinkedHashSet<>(latest.values()));
        Map<String, String> answers = new HashMap<>();
        Map<String, String> failures = new HashMap<>();
        for (int from = 0; from < asked.size(); from += AT_ONCE) {
            print(forms, scope, asked.subList(from, Math.min(from + AT_ONCE, asked.size())), answers, failures);
        }
        latest.forEach((text, sql) -> {
            if (answers.containsKey(sql)) {
                prints.computeIfAbsent(text, key -> new ArrayList<>()).add(answers.get(sql));
            } else if (!prints.containsKey(text)) {
                refused.put(text, failures.get(sql));
            }
        });
    }

    /** All at once; and where one of them is refused, in halves. */
    private static void print(
            Forms forms, SqlScope scope, List<String> asked, Map<String, String> answers, Map<String, String> failures)
            throws SQLException {
        if (asked.isEmpty()) {
            return;
        }
        try {
            List<String> printed = forms.of(scope, asked);
            for (int i = 0; i < asked.size(); i++) {
                answers.put(asked.get(i), printed.get(i));
            }
        } catch (SQLException e) {
            if (!isRefusal(e)) {
                throw e;
            } else if (asked.size() == 1) {
                failures.put(asked.get(0), e.getMessage());
            } else {
                int half = asked.size() / 2;
                print(forms, scope, asked.subList(0, half), answers, failures);
                print(forms, scope, asked.subList(half, asked.size()), answers, failures);
            }
        }
    }

    /** Not a refusal is what would befall any other statement: no lock in time, cancelled, no room, no connection. */
    private static boolean isRefusal(SQLException e) {
        String state = SqlStates.of(e);
        return !(SqlStates.unavailable(state)
                || SqlStates.lockTimeout(state)
                || state.equals(SqlStates.QUERY_CANCELED));
    }

    /** Whether no further print can change the answer. */
    private boolean settle(Question question, Map<String, List<String>> prints, Map<String, String> refused) {
        List<String> expected = prints.get(question.declared());
        List<String> found = prints.get(question.live());
        if (expected != null && found != null) {
            different.add(question);
            if (expected.stream()
                    .map(PrintedSql::canonical)
                    .anyMatch(form -> found.stream().map(PrintedSql::canonical).anyMatch(form::equals))) {
                equal.add(question);
                return true;
            }
            return isFixed(expected) && isFixed(found);
        }
        if (found != null && refused.containsKey(question.declared())) {
            different.add(question);
            refusals.put(question.declared(), refused.get(question.declared()));
        }
        return true;
    }

    private static boolean isFixed(List<String> prints) {
        int last = prints.size() - 1;
        return last > 0 && prints.get(last).equals(prints.get(last - 1));
    }
}
