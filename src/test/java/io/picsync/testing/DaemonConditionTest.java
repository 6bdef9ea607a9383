package io.picsync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class DaemonConditionTest {
  @Test
  void testsOfAnInstalledDaemonRun() {
    assertThat(DaemonCondition.decide("sh", false).isDisabled()).isFalse();
    assertThat(DaemonCondition.decide("sh", true).isDisabled()).isFalse();
  }

  @Test
  void testsOfAMissingDaemonAreSkippedWithAReasonOutsideCi() {
    var decision = DaemonCondition.decide("no-such-daemon", false);

    assertThat(decision.isDisabled()).isTrue();
    assertThat(decision.getReason())
        .hasValueSatisfying(r -> assertThat(r).contains("no-such-daemon"));
  }

  @Test
  void testsOfAMissingDaemonFailInCi() {
    assertThatThrownBy(() -> DaemonCondition.decide("no-such-daemon", true))
        .hasMessageContaining("no-such-daemon is not installed");
  }
}
