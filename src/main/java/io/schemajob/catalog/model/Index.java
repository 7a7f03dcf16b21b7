package io.schemajob.catalog.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An index that no constraint owns.
 *
 * @param name as stored
 * @param unique whether it forbids equal keys
 * @param method {@code btree}, {@code gin} …
 * @param keys in order
 * @param include further columns stored in it
 * @param predicate of a partial index, or null
 * @param nullsNotDistinct whether two NULLs are equal (from PostgreSQL 15)
 * @param options storage parameters, such as {@code m} of an HNSW index
 * @param valid whether queries may use it and writes keep it current ({@code indisvalid and indisready}); a killed
 *     concurrent build leaves false, and so does {@code ON ONLY} a partitioned table while a partition lacks its part
 */
public record Index(
        String name,
        boolean unique,
        String method,
        List<IndexKey> keys,
        List<String> include,
        String predicate,
        boolean nullsNotDistinct,
        Map<String, String> options,
        boolean valid) {
    public Index {
        keys = List.copyOf(keys);
        include = List.copyOf(include);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** The same as a build that succeeds leaves it. */
    public Index whole() {
        return withState(true);
    }

    /** The same in another state. */
    public Index withState(boolean state) {
        return new Index(name, unique, method, keys, include, predicate, nullsNotDistinct, options, state);
    }

    /** What it does: without its name, storage parameters and validity, which are compared on their own. */
    public Index definition() {
        return new Index(null, unique, method, keys, include, predicate, nullsNotDistinct, Map.of(), true);
    }

    /** The same with other storage parameters. */
    public Index withOptions(Map<String, String> others) {
        return new Index(name, unique, method, keys, include, predicate, nullsNotDistinct, others, valid);
    }
}
