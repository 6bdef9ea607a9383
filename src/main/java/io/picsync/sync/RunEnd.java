package io.picsync.sync;

import org.jspecify.annotations.Nullable;

/** How a run ends: the worst that was told of it, and the first cause of that. Thread-safe. */
final class RunEnd {
  private RunStatus status = RunStatus.completed;
  private @Nullable String cause;

  /** A worse end replaces a better one; among equals the first cause stays. */
  synchronized void is(RunStatus end, String why) {
    boolean worse =
        switch (status) {
          case completed -> true;
          case incomplete -> end != RunStatus.incomplete;
          case failed -> end == RunStatus.cancelled;
          case cancelled -> false;
        };
    if (worse) {
      status = end;
      cause = why;
    }
  }

  synchronized RunStatus status() {
    return status;
  }

  /** Null for a run that completed. */
  synchronized @Nullable String cause() {
    return cause;
  }
}
