package io.picsync.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Work that may wait for something, on a thread of its own. The JVM's common pool, where {@link
 * CompletableFuture} begins it otherwise, has one thread on two processors from JDK 25 on: one that
 * waits there holds up all others.
 */
public final class OwnThread {
  private OwnThread() {}

  /** Begins the work; the JVM doesn't wait for its end. */
  public static <T> CompletableFuture<T> call(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(work.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
