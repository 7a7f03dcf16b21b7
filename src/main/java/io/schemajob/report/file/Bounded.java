package io.schemajob.report.file;

import io.schemajob.report.cancel.DaemonThread;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Input and output that may wait for somebody who never comes, such as the other end of a pipe. */
final class Bounded {
    private Bounded() {}

    /**
     * Works on a thread that is abandoned when the time is over.
     *
     * @param what for the message: "reading x"
     */
    static <T> T run(String what, int seconds, Callable<T> work) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        DaemonThread.start("schemajob-bounded", () -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(what + " took longer than " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
