package io.schemajob.report.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A finding for machines: what changed, of what, and both values as they are and whole.
 *
 * @param change {@code missing}, {@code extra} or {@code changed}
 * @param kind class of the object
 * @param names of the object, from the outside in
 * @param schema where it is, if that is not the run's; or null
 * @param expected what is declared; JSON's null for nothing
 * @param found what is there
 */
public record TypedChange(
        String change, String kind, List<String> names, String schema, JsonNode expected, JsonNode found) {
    public TypedChange {
        names = List.copyOf(names);
    }
}
