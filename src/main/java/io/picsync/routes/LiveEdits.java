package io.picsync.routes;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files that operators edit while picsync runs, as {@link LiveWatch} takes them: it looks, waits
 * for the runs that an edit concerns, and lets it take effect. Called by the watch's one thread,
 * but for {@link #faults}.
 */
public interface LiveEdits {
  /**
   * Reads what was edited and has settled, and decides whether it may take effect. What may not
   * changes nothing.
   *
   * @param again whether to decide anew on edits that were refused, for something else changed
   * @throws IOException when the files can't be looked at just now
   */
  void look(boolean again) throws IOException;

  /** The syncs whose runs an edit concerns that is to take effect; empty where there is none. */
  Optional<Set<String>> concerned();

  /**
   * Takes effect; no run of the concerned syncs is under way.
   *
   * @return false when it could not, and all is as before
   */
  boolean apply();

  /** What keeps edits from taking effect. Any thread may ask. */
  List<FileFault> faults();
}
