package io.schemajob.catalog.equivalence;

import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** The expressions in an index: its keys and its condition. */
final class IndexTexts {
    private IndexTexts() {}

    /** The index with the texts that the function chooses of both; keys are paired by their places. */
    static Index replaced(Index index, Index other, BinaryOperator<String> choose) {
        List<IndexKey> keys = new ArrayList<>();
        for (int i = 0; i < index.keys().size(); i++) {
            IndexKey key = index.keys().get(i);
            String found = i < other.keys().size() ? other.keys().get(i).expression() : null;
            keys.add(new IndexKey(
                    key.column(),
                    choose.apply(key.expression(), found),
                    key.collation(),
                    key.opclass(),
                    key.parameters(),
                    key.descending(),
                    key.nullsFirst()));
        }
        return new Index(
                index.name(),
                index.unique(),
                index.method(),
                keys,
                index.include(),
                choose.apply(index.predicate(), other.predicate()),
                index.nullsNotDistinct(),
                index.options(),
                index.valid());
    }

    /** Whether they differ in nothing but names, settings and the texts of their expressions. */
    static boolean alike(Index index, Index other) {
        BinaryOperator<String> blank = (text, ignored) -> text == null ? null : "";
        return equal(replaced(index, index, blank), replaced(other, other, blank));
    }

    /** Whether they do the same: without name, settings and state. */
    static boolean equal(Index index, Index other) {
        return index.definition().equals(other.definition());
    }
}
