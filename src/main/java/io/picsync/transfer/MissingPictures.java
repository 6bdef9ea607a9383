package io.picsync.transfer;

import io.picsync.lists.ListReader;
import io.picsync.sync.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Streams the missing list back as the work list. Ends early when the run is cancelled or halted,
 * and waits while it is paused. Used by one thread at a time.
 */
final class MissingPictures implements Iterator<PlannedPicture>, AutoCloseable {
  private final Run run;
  private final ListReader list;
  private @Nullable PlannedPicture next;
  private boolean over;

  MissingPictures(Run run, Path list) throws IOException {
    this.run = run;
    this.list = new ListReader(list);
  }

  @Override
  public boolean hasNext() {
    if (next == null && !over) {
      next = read().orElse(null);
      over = next == null;
    }
    return next != null;
  }

  private Optional<PlannedPicture> read() {
    try {
      Optional<Map<String, String>> line = list.next();
      if (line.isPresent() && !run.goesOn()) {
        leave(line);
        line = Optional.empty();
      }
      if (line.isEmpty()) {
        close();
      }
      return line.map(this::planned);
    } catch (IOException e) {
      throw new UncheckedIOException("The missing list can't be read back: " + e.getMessage(), e);
    }
  }

  /** What is not attempted is not lost sight of. */
  private void leave(Optional<Map<String, String>> first) throws IOException {
    for (Optional<Map<String, String>> line = first; line.isPresent(); line = list.next()) {
      run.progress().left(line.get().getOrDefault("path", ""));
    }
  }

  private PlannedPicture planned(Map<String, String> line) {
    return new PlannedPicture(
        run.id(),
        run.source(),
        run.destination(),
        line.getOrDefault("path", ""),
        Long.parseLong(line.getOrDefault("size", "0")),
        run.options().settle());
  }

  @Override
  public PlannedPicture next() {
    PlannedPicture current = hasNext() ? next : null;
    if (current == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return current;
  }

  @Override
  public void close() throws IOException {
    list.close();
  }
}
