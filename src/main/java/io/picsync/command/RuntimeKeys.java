package io.picsync.command;

import io.picsync.api.ApiSettings;
import java.util.Set;
import java.util.TreeSet;

/** The configuration keys that the wiring reads; servers' keys are the archive's own. */
final class RuntimeKeys {
  /** Of the keys that are the servers' own. */
  static final String SERVER = "picsync.server.";

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
  static final String BUNDLE_AFTER = "picsync.retention.bundle-after";
  static final String DELETE_AFTER = "picsync.retention.delete-after";
  private static final Set<String> ALL =
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
          LOG_DAYS,
          BUNDLE_AFTER,
          DELETE_AFTER);

  private RuntimeKeys() {}

  /** With those that capabilities read by themselves. */
  static Set<String> all() {
    Set<String> all = new TreeSet<>(ALL);
    all.addAll(ApiSettings.KEYS);
    return all;
  }
}
