package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

final class CausesTest {
  @Test
  void wordThatAnOptionDoesNotHaveIsToldWithThoseThatItHas() {
    CamelContext context = new DefaultCamelContext();
    try {
      context.addComponent(
          "sync", new SyncComponent(context, Clock.systemUTC(), 1, Duration.ZERO, List.of()));

      Throwable failure =
          catchThrowable(
              () -> context.getEndpoint("sync:source1?source=a/b&destination=c/d&mode=snyc"));

      assertThat(Causes.message(failure)).isEqualTo("mode=snyc: the word is none of check, sync.");
    } finally {
      context.stop();
    }
  }

  @Test
  void messageOfTheInnermostCauseIsToldInOneLine() {
    Exception failure = new ExecutionException(new IllegalStateException("one\r\ntwo"));

    assertThat(Causes.message(failure)).isEqualTo("IllegalStateException: one two");
  }
}
