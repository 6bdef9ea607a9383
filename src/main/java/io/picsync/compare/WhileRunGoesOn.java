package io.picsync.compare;

import io.picsync.sync.Run;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Ends early when the run is cancelled or halted, and waits while it is paused. An element that was
 * promised is given: a split that misses one ends before the others of it are done.
 */
final class WhileRunGoesOn<T> implements Iterator<T> {
  private final Run run;
  private final Iterator<T> all;
  private final Runnable count;
  private boolean promised;

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
    promised = promised || (all.hasNext() && run.goesOn());
    return promised;
  }

  @Override
  public T next() {
    if (!all.hasNext()) {
      throw new NoSuchElementException();
    }
    promised = false;
    count.run();
    return all.next();
  }
}
