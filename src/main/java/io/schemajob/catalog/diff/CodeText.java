package io.schemajob.catalog.diff;

/**
 * The body of a function or the query of a view, which people read line by line; white space at the ends of its lines is no
 * difference.
 */
public record CodeText(String text) {
    @Override
    public String toString() {
        return text;
    }
}
