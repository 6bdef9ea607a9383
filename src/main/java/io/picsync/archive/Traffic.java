package io.picsync.archive;

import java.time.Duration;

/**
 * What a run says of its bytes: the exchange property {@link ArchiveConstants#TRAFFIC}.
 * Thread-safe.
 */
public interface Traffic {
  /** Of the run's sync; unlimited for none. */
  Bandwidth bandwidth();

  /** Of its pictures on their ways in and out. */
  Balance balance();

  /** Whether bytes are to stop for now. */
  boolean paused();

  /** How long it has been paused; zero while it is not. */
  Duration pausedFor();

  /**
   * Waits while it is paused and not cancelled.
   *
   * @return whether it no longer is
   */
  boolean resumedWithin(Duration longest);
}
