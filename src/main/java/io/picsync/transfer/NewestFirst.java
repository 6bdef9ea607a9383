package io.picsync.transfer;

import io.picsync.sync.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * A plan with the newest pictures first: by their names, which are capture times, whatever folders
 * they lie in. It holds the whole plan, some 150 bytes a picture. Ends early with the run, as the
 * plan itself does.
 */
final class NewestFirst implements Iterator<PlannedPicture> {
  private final Run run;
  private final Iterator<PlannedPicture> sorted;
  private boolean promised;

  NewestFirst(Run run, Iterator<PlannedPicture> plan) {
    this.run = run;
    List<PlannedPicture> all = new ArrayList<>();
    plan.forEachRemaining(all::add);
    all.sort(Comparator.comparing(NewestFirst::name).reversed());
    this.sorted = all.iterator();
  }

  private static String name(PlannedPicture picture) {
    return picture.path().substring(picture.path().lastIndexOf('/') + 1);
  }

  @Override
  public boolean hasNext() {
    promised = promised || (sorted.hasNext() && run.goesOn());
    return promised;
  }

  @Override
  public PlannedPicture next() {
    promised = false;
    return sorted.next();
  }
}
