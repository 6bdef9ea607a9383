package io.picsync.command;

import io.picsync.archive.ReadBackSample;
import io.picsync.archive.Verify;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the wiring reads of the settings, each read and found right; servers, the API and the log
 * read theirs by themselves.
 *
 * @param reports the reports folder
 * @param spool the spool folder
 * @param compareThreads folders of a run that are listed at once
 * @param transferThreads pictures of a run that are under way at once
 * @param runs the most at once
 * @param turn how long a run keeps its place while others wait
 * @param memory the largest picture that is kept in memory, in bytes
 * @param deleteAfter empty to keep all reports for ever
 */
record RuntimeSettings(
    Path reports,
    Path spool,
    int compareThreads,
    int transferThreads,
    int runs,
    Duration turn,
    long memory,
    Verify verify,
    ReadBackSample readBack,
    Duration bundleAfter,
    Optional<Duration> deleteAfter) {

  /**
   * @param state relative folders are below it
   * @throws SettingsException when one can't be used, or when a key is not known
   */
  static RuntimeSettings read(Settings settings, Path state) {
    settings.refuseUnknown(RuntimeKeys.all(), RuntimeKeys.SERVER);
    return new RuntimeSettings(
        state.resolve(settings.text(RuntimeKeys.REPORT_FOLDER, "reports")),
        state.resolve(settings.text(RuntimeKeys.TRANSFER_SPOOL).orElse(machinesSpool())),
        settings.count(RuntimeKeys.COMPARE_THREADS, 8, 1),
        settings.count(RuntimeKeys.TRANSFER_THREADS, 8, 1),
        settings.count(RuntimeKeys.RUNS, 4, 1),
        settings.duration(RuntimeKeys.TURN, Duration.ofMinutes(10)),
        settings.size(RuntimeKeys.TRANSFER_MEMORY, 8L << 20),
        Verify.of(RuntimeKeys.TRANSFER_VERIFY, settings.text(RuntimeKeys.TRANSFER_VERIFY, "hash")),
        new ReadBackSample(
            settings.share(RuntimeKeys.TRANSFER_READ_BACK, ReadBackSample.DEFAULT.share())),
        Settings.duration(RuntimeKeys.BUNDLE_AFTER, settings.text(RuntimeKeys.BUNDLE_AFTER, "90d")),
        settings
            .text(RuntimeKeys.DELETE_AFTER)
            .map(text -> Settings.duration(RuntimeKeys.DELETE_AFTER, text)));
  }

  private static String machinesSpool() {
    return System.getProperty("java.io.tmpdir")
        + "/picsync-spool-"
        + System.getProperty("user.name");
  }
}
