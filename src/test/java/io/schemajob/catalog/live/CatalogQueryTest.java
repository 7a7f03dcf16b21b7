package io.schemajob.catalog.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatalogQueryTest {
    @Test
    void readsVectorsAndArrays() {
        assertThat(CatalogQuery.numbers("1 0 12")).containsExactly(1L, 0L, 12L);
        assertThat(CatalogQuery.numbers("{-2,4294967295}")).containsExactly(-2L, 4294967295L);
        assertThat(CatalogQuery.numbers("7")).containsExactly(7L);
        assertThat(CatalogQuery.numbers("{}")).isEmpty();
        assertThat(CatalogQuery.numbers("")).isEmpty();
    }
}
