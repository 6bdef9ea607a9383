package io.picsync.delivery;

import io.picsync.report.RunId;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * One way to the endpoint with a sync's waiting reports, the oldest first: which one is on its way,
 * and how far it is. The steps of the route tell, one after the other. One thread.
 */
final class Delivery {
  private enum Step {
    /** The one before was taken, or there was none. */
    between,
    /** Its turn has come. */
    reading,
    /** On its way, or at the endpoint. */
    sending,
    /** It was not taken, so none behind it is sent. */
    refused,
    /** Others may bring reports of this sync. */
    over
  }

  private final Line line;
  private final long stored;
  private final Iterator<RunId> runs;
  private Step step = Step.between;
  private @Nullable RunId run;

  /**
   * @param stored what {@link Line#enter} said
   */
  Delivery(Line line, long stored, Iterator<RunId> runs) {
    this.line = line;
    this.stored = stored;
    this.runs = runs;
  }

  Line line() {
    return line;
  }

  /** Goes on to the next report; none behind one that was refused. */
  boolean next() {
    if (step != Step.between || !runs.hasNext()) {
      return false;
    }
    run = runs.next();
    step = Step.reading;
    return true;
  }

  /** The report whose turn it is, or was last. */
  RunId run() {
    if (run == null) {
      throw new IllegalStateException("No report's turn has come.");
    }
    return run;
  }

  void read() {
    step = Step.sending;
  }

  /** Whether a report has been read and nothing is known of what became of it. */
  boolean isSending() {
    return step == Step.sending;
  }

  void taken() {
    step = Step.between;
  }

  void refused() {
    step = Step.refused;
  }

  boolean isOver() {
    return step == Step.over;
  }

  /** The last call. */
  void end() {
    if (step == Step.between && !runs.hasNext()) {
      line.leaveEmpty(stored);
    } else {
      line.leave();
    }
    step = Step.over;
  }
}
