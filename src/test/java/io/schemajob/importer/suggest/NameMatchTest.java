package io.schemajob.importer.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of one side find those of the other. */
class NameMatchTest {
    @ParameterizedTest
    @CsvSource({
        "Users, users, false",
        "user, users, false",
        "Category, categories, false",
        "boxes, box, false",
        "createdAt, created_at, false",
        "OrderItem, order_items, false",
        "addresses, address, false",
        "custmer, customers, true",
    })
    void findsTheName(String left, String right, boolean guess) {
        NameMatch match = NameMatch.of(List.of(left), List.of("other", right));
        assertThat(match.of(left)).isEqualTo(right);
        assertThat(match.isGuess(left)).isEqualTo(guess);
    }

    @Test
    void pairsTheNearestAndEachOnce() {
        NameMatch match = NameMatch.of(List.of("user", "users", "tag"), List.of("users", "tasks"));
        assertThat(match.of("users")).isEqualTo("users");
        assertThat(match.of("user")).isNull();
        assertThat(match.of("tag")).isNull();
    }

    @Test
    void prefersTheSameNameToOneOfOtherCase() {
        NameMatch match = NameMatch.of(List.of("Name", "name2"), List.of("name", "Name", "users"));
        assertThat(match.of("Name")).isEqualTo("Name");
        assertThat(match.isGuess("Name")).isFalse();
    }
}
