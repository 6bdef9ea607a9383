package io.picsync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RateTest {
  @ParameterizedTest
  @CsvSource({
    "2MB/s, 2097152",
    "500KB/s, 512000",
    "500 kb/s, 512000",
    "2000B/s, 2000",
    "20Mbit/s, 2500000",
    "20mbit/s, 2500000",
    "800kbit/s, 100000",
    "1Gbit/s, 125000000",
  })
  void rateIsReadInBytes(String text, long bytes) {
    assertThat(Rate.parse("key", text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2MB/s", "500KB/s", "2500001B/s", "unlimited"})
  void rateIsWrittenAsItMayBeRead(String text) {
    assertThat(Rate.parse("key", text)).hasToString(text);
  }

  @Test
  void noLimitIsNoNumber() {
    assertThat(Rate.parse("key", "Unlimited").isUnlimited()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2MB", "2", "0MB/s", "fast", "1000MB/s", "100Gbit/s", "1B/s", "-1MB/s", ""})
  void whatIsNoRateIsRefusedWithItsKey(String text) {
    assertThatThrownBy(() -> Rate.parse("picsync.server.old.bandwidth", text))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("picsync.server.old.bandwidth: '" + text + "'");
  }
}
