package io.picsync.command;

import java.util.Set;

/** The configuration keys that the wiring reads; servers' keys are the archive's own. */
final class RuntimeKeys {
  static final String RUNS = "picsync.sync.runs";
  static final String TURN = "picsync.sync.turn";
  static final String COMPARE_THREADS = "picsync.compare.threads";
  static final String TRANSFER = "picsync.transfer";
  static final String TRANSFER_THREADS = "picsync.transfer.threads";
  static final String TRANSFER_MEMORY = "picsync.transfer.memory";
  static final String TRANSFER_VERIFY = "picsync.transfer.verify";
  static final String TRANSFER_READ_BACK = "picsync.transfer.read-back";
  static final String TRANSFER_SPOOL = "picsync.transfer.spool";
  static final String REPORT_FOLDER = "picsync.report.folder";
  static final String REPORT_ENDPOINT = "picsync.report.endpoint";
  static final String ROUTES_LIVE = "picsync.routes.live";
  static final String ROUTES_RUNS = "picsync.routes.runs";
  static final String LOG_FILE = "picsync.log.file";
  static final String LOG_SIZE = "picsync.log.size";
  static final String LOG_DAYS = "picsync.log.days";
  static final Set<String> ALL =
      Set.of(
          ROUTES_LIVE,
          ROUTES_RUNS,
          RUNS,
          TURN,
          COMPARE_THREADS,
          TRANSFER,
          TRANSFER_THREADS,
          TRANSFER_MEMORY,
          TRANSFER_VERIFY,
          TRANSFER_READ_BACK,
          TRANSFER_SPOOL,
          REPORT_FOLDER,
          REPORT_ENDPOINT,
          LOG_FILE,
          LOG_SIZE,
          LOG_DAYS);

  private RuntimeKeys() {}
}
