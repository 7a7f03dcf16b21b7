package io.schemajob.kubernetes;

import java.util.OptionalInt;

/** A pod of a Job with one container, as far as a controller deals with it. */
interface JobPod {
    /** Of the container; empty while it runs. */
    OptionalInt exitCode();

    /** Whether it has begun its work: how long a container takes to start says nothing. */
    boolean working();

    /** SIGTERM: how the deletion of a pod begins. */
    void terminate();

    /** SIGKILL: how it ends after the grace period, or what the kernel does when memory is out. */
    void kill();
}
