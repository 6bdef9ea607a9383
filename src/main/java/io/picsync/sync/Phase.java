package io.picsync.sync;

/** Where a sync is just now. */
public enum Phase {
  idle,
  waiting,
  comparing,
  transferring,
  reporting
}
