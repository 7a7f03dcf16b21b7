package io.schemajob.bundle.script;

/**
 * What a script that runs outside of a transaction does at once. After each step the run notes how far it is.
 *
 * @param first index of its first statement, from 0
 * @param count of its statements
 * @param kind how it runs
 */
public record ScriptStep(int first, int count, Kind kind) {
    public enum Kind {
        /** Changes the session only, so that it runs again where a later run goes on: {@code SET}. */
        SESSION,
        /** One statement in a transaction of its own, or several that goose or dbmate send at once. */
        STATEMENT,
        /** {@code BEGIN} to {@code COMMIT}. */
        BLOCK,
        /** A statement that ends transactions itself or refuses them: {@code DO}, {@code CALL}, {@code VACUUM}. */
        ALONE
    }

    /** Behind its last statement. */
    public int end() {
        return first + count;
    }
}
