package io.picsync.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers for a moment, so that many who ask for the same cost as much as one. An answer is
 * made anew as soon as what it is made of is another one, and after half a second in any case:
 * counters of runs move on all the time. Thread-safe; who asks for what is being made waits for it.
 */
final class Answers {
  private static final Duration MOMENT = Duration.ofMillis(500);
  private static final int KEPT = 64;

  private final LongSupplier nanos;
  private final Map<String, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @param nanos a clock that never goes back
   */
  Answers(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** One answer; its monitor is held while it is made. */
  private static final class Kept {
    private @Nullable Object state;
    private byte @Nullable [] json;
    private long made;
  }

  /**
   * @param question what is asked for
   * @param state of what the answer is made of; another one makes another answer
   * @param making the answer as JSON
   */
  byte[] of(String question, Object state, Supplier<String> making) {
    Kept answer;
    synchronized (kept) {
      answer = kept.computeIfAbsent(question, asked -> new Kept());
    }
    synchronized (answer) {
      byte[] json = answer.json;
      if (json == null
          || !state.equals(answer.state)
          || nanos.getAsLong() - answer.made > MOMENT.toNanos()) {
        answer.made = nanos.getAsLong();
        answer.state = state;
        json = making.get().getBytes(StandardCharsets.UTF_8);
        answer.json = json;
      }
      return json;
    }
  }
}
