package io.schemajob.catalog.kind;

import java.util.List;

/**
 * Where objects of a kind stand in {@code schema.yaml}.
 *
 * @param elements keys from the root; {@code *} stands for a name
 */
public record Place(List<String> elements) {
    public static final String NAME = "*";

    static Place of(String path) {
        return new Place(List.of(path.split("/")));
    }

    /** {@code tables/*}. */
    public String path() {
        return String.join("/", elements);
    }
}
