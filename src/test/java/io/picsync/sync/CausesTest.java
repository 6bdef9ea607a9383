package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

final class CausesTest {
  @Test
  void messageOfTheInnermostCauseIsToldInOneLine() {
    Exception failure = new ExecutionException(new IllegalStateException("one\r\ntwo"));

    assertThat(Causes.message(failure)).isEqualTo("IllegalStateException: one two");
  }
}
