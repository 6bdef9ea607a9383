package io.picsync.sync;

/** What a run does. */
public enum Mode {
  /** Compares and reports; changes nothing. */
  check,
  /** Compares, transfers what is missing, reports. */
  sync
}
