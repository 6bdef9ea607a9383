package io.picsync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.Secret;
import io.picsync.testing.SetClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a guesser is not listened to. */
final class LoginsTest {
  private static final String ADDRESS = "192.0.2.1";

  private final SetClock clock = new SetClock(Instant.parse("2026-11-24T12:00:00Z"));
  private final Logins logins =
      new Logins(Optional.empty(), Optional.of(new Secret("correct horse")), clock);

  private Role login(String password) {
    byte[] login = ("operator:" + password).getBytes(StandardCharsets.UTF_8);
    return logins.role("Basic " + Base64.getEncoder().encodeToString(login), ADDRESS);
  }

  private void guess() {
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> login("guessed")).hasMessageContaining("The login is wrong");
    }
    assertThatThrownBy(() -> login("correct horse")).hasMessageContaining("wait a minute");
  }

  @Test
  void guesserIsListenedToAgainAfterAMinute() {
    guess();
    clock.pass(Duration.ofSeconds(59));
    assertThatThrownBy(() -> login("correct horse")).hasMessageContaining("wait a minute");
    clock.pass(Duration.ofSeconds(2));

    assertThat(login("correct horse")).isEqualTo(Role.operator);
  }

  @Test
  void clockThatIsSetBackMakesTheMinuteNoLonger() {
    guess();
    clock.pass(Duration.ofDays(-365));

    assertThat(login("correct horse")).isEqualTo(Role.operator);
  }
}
