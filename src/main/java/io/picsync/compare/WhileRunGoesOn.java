package io.picsync.compare;

import io.picsync.sync.Run;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Ends early when the run is cancelled or halted, and waits while it is paused. */
final class WhileRunGoesOn<T> implements Iterator<T> {
  private final Run run;
  private final Iterator<T> all;
  private final Runnable count;

  /**
   * @param count called for each element given out
   */
  WhileRunGoesOn(Run run, Iterator<T> all, Runnable count) {
    this.run = run;
    this.all = all;
    this.count = count;
  }

  @Override
  public boolean hasNext() {
    return all.hasNext() && run.goesOn();
  }

  @Override
  public T next() {
    if (!all.hasNext()) {
      throw new NoSuchElementException();
    }
    count.run();
    return all.next();
  }
}
