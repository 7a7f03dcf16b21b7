package io.schemajob.bundle.source;

import java.util.Collection;
import java.util.Set;

/** Where the files of a bundle are: resources, a folder or an archive. Names first, so that only what counts is read. */
public interface BundleSource {
    /** What {@code bundle.yaml} may override. */
    String name();

    /** For people: {@code built in} or the path. */
    String origin();

    /**
     * Files relative to the bundle's folder with forward slashes; folders end in a slash. What begins with a dot is left
     * out: Kubernetes keeps the versions of a mounted ConfigMap there, and macOS its metadata.
     */
    Collection<String> paths();

    /** Reads these files, each once, in any order. */
    void read(Set<String> paths, Receiver receiver);

    /** Takes one file at a time, so that the bytes of all are never held together. */
    interface Receiver {
        void accept(String path, byte[] content);
    }
}
