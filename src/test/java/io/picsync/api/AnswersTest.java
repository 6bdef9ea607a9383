package io.picsync.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Answers that are kept for a moment. */
final class AnswersTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Answers answers = new Answers(nanos::get);
  private final AtomicInteger made = new AtomicInteger();

  private String ask(String question, Object state) {
    return new String(
        answers.of(question, state, () -> "answer " + made.incrementAndGet()),
        StandardCharsets.UTF_8);
  }

  @Test
  void manyWhoAskForTheSameCostAsMuchAsOne() {
    assertThat(ask("syncs", "idle")).isEqualTo("answer 1");
    nanos.addAndGet(Duration.ofMillis(500).toNanos());
    assertThat(ask("syncs", "idle")).isEqualTo("answer 1");
    nanos.addAndGet(1);
    assertThat(ask("syncs", "idle")).as("it may be half a second old").isEqualTo("answer 2");
  }

  @Test
  void changeIsSeenAtOnce() {
    ask("syncs", "idle");

    assertThat(ask("syncs", "running")).isEqualTo("answer 2");
    assertThat(ask("progress", "running")).as("another question").isEqualTo("answer 3");
  }
}
