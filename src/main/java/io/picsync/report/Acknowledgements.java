package io.picsync.report;

import io.picsync.lists.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which alarms operators acknowledged that no report has told of yet, each an empty file {@code
 * .acknowledged/SYNC} in the reports folder: what somebody decided outlives a restart, an edit of
 * the route, and runs that see too little of the source. Thread-safe.
 */
public final class Acknowledgements {
  private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

  private final Path folder;

  /**
   * @param reports the reports folder
   */
  public Acknowledgements(Path reports) {
    this.folder = reports.resolve(".acknowledged");
  }

  /**
   * What the source has by the next report that sees all of it is right; the sync's alarm ends
   * then.
   *
   * @throws IOException when it can't be kept; the alarm goes on
   */
  public void note(String sync) throws IOException {
    WholeFile.write(folder.resolve(sync), new byte[0]);
  }

  boolean has(String sync) {
    return Files.exists(folder.resolve(sync));
  }

  /** A stored report measures the source anew. */
  void used(String sync) {
    try {
      Files.deleteIfExists(folder.resolve(sync));
    } catch (IOException e) {
      LOG.warn(
          "An acknowledgement of an alarm stays; the next report uses it again. sync={} why={}",
          sync,
          e.toString());
    }
  }
}
