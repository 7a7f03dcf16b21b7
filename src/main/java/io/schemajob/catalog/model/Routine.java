package io.schemajob.catalog.model;

import java.util.List;

/**
 * A function or procedure.
 *
 * @param signature name and argument types, {@code round_up(numeric, integer)}: what PostgreSQL tells overloads apart by
 * @param name alone
 * @param procedure whether it is called by {@code CALL}
 * @param arguments with names, modes and defaults, as {@code CREATE FUNCTION} has them
 * @param result its type, or null for a procedure
 * @param language {@code sql}, {@code plpgsql} …
 * @param volatility what the planner may assume
 * @param strict whether a NULL argument makes the result NULL
 * @param securityDefiner whether it runs with its owner's rights
 * @param leakproof whether it may run before security barriers
 * @param parallel {@code UNSAFE}, {@code RESTRICTED} or {@code SAFE}
 * @param configuration {@code name=value} settings of its SET clauses, in the order in which they are said
 * @param body between the dollar quotes, or a {@code BEGIN ATOMIC} block or {@code RETURN} expression
 * @param sqlBody whether the body is parsed SQL ({@code BEGIN ATOMIC}) rather than a string
 * @param library the file of a function in C, whose body is the name in it; or null
 * @param transforms the types that a {@code TRANSFORM} converts for it
 * @param owner the role; null where a declaration leaves it open
 * @param comment or null
 */
public record Routine(
        String signature,
        String name,
        boolean procedure,
        String arguments,
        String result,
        String language,
        Volatility volatility,
        boolean strict,
        boolean securityDefiner,
        boolean leakproof,
        Parallel parallel,
        List<String> configuration,
        String body,
        boolean sqlBody,
        String library,
        List<String> transforms,
        String owner,
        String comment) {
    public Routine {
        configuration = List.copyOf(configuration);
        transforms = List.copyOf(transforms);
    }

    /** Whether equal arguments always give equal results. */
    public enum Volatility {
        VOLATILE,
        STABLE,
        IMMUTABLE
    }

    /** Whether parallel workers may run it. */
    public enum Parallel {
        UNSAFE,
        RESTRICTED,
        SAFE
    }

    /** {@code function} or {@code procedure}. */
    public String kind() {
        return procedure ? "procedure" : "function";
    }

    /** The same with another owner and comment. */
    public Routine with(String role, String text) {
        return new Routine(
                signature,
                name,
                procedure,
                arguments,
                result,
                language,
                volatility,
                strict,
                securityDefiner,
                leakproof,
                parallel,
                configuration,
                body,
                sqlBody,
                library,
                transforms,
                role,
                text);
    }

    public ObjectIdentity identity() {
        return ObjectIdentity.of(kind(), signature);
    }
}
