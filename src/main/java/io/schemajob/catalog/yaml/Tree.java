package io.schemajob.catalog.yaml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A YAML mapping in the making, which skips what says nothing: null, false, and empty collections. */
final class Tree {
    private final Map<String, Object> map = new LinkedHashMap<>();

    Tree put(String key, Object value) {
        boolean empty = value == null
                || value instanceof Collection<?> collection && collection.isEmpty()
                || value instanceof Map<?, ?> members && members.isEmpty();
        return empty ? this : always(key, value);
    }

    /** Adds a key only where the flag is set. */
    Tree put(String key, boolean flag) {
        return flag ? always(key, true) : this;
    }

    Tree always(String key, Object value) {
        map.put(key, value);
        return this;
    }

    Map<String, Object> map() {
        return map;
    }
}
