package io.picsync.delivery;

import io.picsync.lists.WholeFile;
import io.picsync.report.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * How far deliveries have come: one file {@code .delivery/SYNC} for each sync, with the id of the
 * last report that the endpoint took, and {@code .delivery/.since}, the moment that an endpoint was
 * configured first. What is older than that nobody asked for. Each is written whole and synced.
 */
final class Marks {
  private final Path folder;

  /**
   * @param reports the reports folder
   */
  Marks(Path reports) {
    this.folder = reports.resolve(".delivery");
  }

  /** The moment that deliveries began; noted at the first call. */
  Instant since(Instant now) throws IOException {
    Path file = folder.resolve(".since");
    Optional<String> known = read(file);
    if (known.isEmpty()) {
      WholeFile.write(file, now.toString().getBytes(StandardCharsets.UTF_8));
      return now;
    }
    try {
      return Instant.parse(known.get());
    } catch (DateTimeException e) {
      throw new IOException("The file " + file + " holds no time: " + known.get(), e);
    }
  }

  /** Empty before the first delivery. */
  Optional<RunId> last(String sync) throws IOException {
    Path file = folder.resolve(sync);
    Optional<String> text = read(file);
    Optional<RunId> run = text.flatMap(RunId::of);
    if (text.isPresent() && run.isEmpty()) {
      throw new IOException("The file " + file + " holds no run's id: " + text.get());
    }
    return run;
  }

  void delivered(RunId run) throws IOException {
    WholeFile.write(folder.resolve(run.sync()), run.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
