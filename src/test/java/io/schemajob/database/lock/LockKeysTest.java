package io.schemajob.database.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LockKeysTest {
    /** A run of the last release must meet the lock of a run of this one: the keys may never change. */
    @Test
    void areFixedForEver() {
        assertThat(LockKeys.of("agent_executor", "public"))
                .isEqualTo(new LockKeys(3506882014374519258L, -1824154466819461269L));
    }

    @Property
    void differForEverySchemaAndEveryUse(
            @ForAll String database, @ForAll String schema, @ForAll String otherDatabase, @ForAll String otherSchema) {
        Assume.that(!List.of(database, schema).equals(List.of(otherDatabase, otherSchema)));
        Assume.that((database + schema + otherDatabase + otherSchema).indexOf('\0') < 0);
        LockKeys keys = LockKeys.of(database, schema);
        LockKeys other = LockKeys.of(otherDatabase, otherSchema);
        assertThat(List.of(keys.job(), keys.shared(), other.job(), other.shared()))
                .doesNotHaveDuplicates();
    }

    @Test
    void doNotRunDatabaseAndSchemaTogether() {
        assertThat(LockKeys.of("ab", "c")).isNotEqualTo(LockKeys.of("a", "bc"));
    }
}
