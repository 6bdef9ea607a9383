package io.picsync.command;

import io.picsync.report.Report;
import io.picsync.sync.RunStatus;

/** What the command tells a script. */
final class ExitCode {
  /** Nothing missing remains at the destination. */
  static final int NOTHING_MISSING = 0;

  /** Pictures are missing at the destination, or remained missing. */
  static final int MISSING = 1;

  /** A folder was untrusted, or a picture failed: the figures are not the whole truth. */
  static final int INCOMPLETE = 2;

  /** The work could not be done. */
  static final int FAILED = 3;

  /** The command line is wrong (sysexits' EX_USAGE). */
  static final int USAGE = 64;

  /** Something is wrong in the files that were validated (sysexits' EX_DATAERR). */
  static final int FAULTS = 65;

  private ExitCode() {}

  static int of(Report report) {
    if (report.status() == RunStatus.failed) {
      return FAILED;
    }
    if (report.status() != RunStatus.completed) {
      return INCOMPLETE;
    }
    return report.remaining() > 0 ? MISSING : NOTHING_MISSING;
  }
}
