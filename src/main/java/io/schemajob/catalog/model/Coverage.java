package io.schemajob.catalog.model;

/**
 * Of what a declaration says that there is no more than it mentions.
 *
 * @param server major version of the server that it was written from; 0 if unknown: then it says nothing by silence of what
 *     only newer servers keep
 * @param level kinds of objects up to this level that are not mentioned do not exist; of newer kinds it says nothing
 * @param openSettings whether settings that are not mentioned, such as storage parameters, may have been tuned
 * @param privileges whether owners and privileges are part of it
 * @param owner of every object of which it does not say another; null if any role may be
 */
public record Coverage(int server, int level, boolean openSettings, boolean privileges, String owner) {
    /** A declaration from before there were kinds. */
    public static final Coverage NONE = new Coverage(0, 1, false, false, null);

    public Coverage ownedBy(String role) {
        return new Coverage(server, level, openSettings, privileges, role);
    }
}
