package io.schemajob.catalog.model;

/**
 * A check constraint of a table or a domain.
 *
 * @param name of the constraint
 * @param expression that must not be false
 * @param noInherit whether children of the table are exempt
 * @param enforcement for which rows it holds
 */
public record Check(String name, String expression, boolean noInherit, Enforcement enforcement) {
    public static Check of(String name, String expression) {
        return new Check(name, expression, false, Enforcement.VALID);
    }

    public boolean validated() {
        return enforcement == Enforcement.VALID;
    }

    /** The same by another name. */
    public Check named(String other) {
        return new Check(other, expression, noInherit, enforcement);
    }

    /** The same once it is validated. */
    public Check proved() {
        return new Check(name, expression, noInherit, Enforcement.VALID);
    }
}
