package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FtpFactsTest {
  private final AtomicLong nanoTime = new AtomicLong();
  private final FtpFacts facts = new FtpFacts("x", nanoTime::get);

  @Test
  void serverThatToldNoDigestIsAskedForOneAgainLater() {
    facts.learn(List.of(" XMD5"));
    assertThat(facts.digest()).isPresent();

    facts.digestFails(new FtpReply(550, "550 Too busy for that."));
    assertThat(facts.digest()).isEmpty();

    nanoTime.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(facts.digest()).map(FtpDigest::verb).contains("XMD5");
  }

  @Test
  void commandsGoOneByOneForLongerEachTime() {
    facts.oneByOne("a reply was missing");
    assertThat(facts.together()).isFalse();

    nanoTime.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(facts.together()).isTrue();
    facts.oneByOne("again");
    nanoTime.addAndGet(Duration.ofMinutes(39).toNanos());
    assertThat(facts.together()).isFalse();
    nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(facts.together()).isTrue();
  }

  @Test
  void repliesThatAreHeldEachTimeAreAcknowledgedForAWhile() {
    for (int i = 0; i < 4; i++) {
      facts.repliesCameWithin(Duration.ofMillis(40).toNanos());
    }
    assertThat(facts.holdsReplies()).isFalse();

    facts.repliesCameWithin(Duration.ofMillis(40).toNanos());
    assertThat(facts.holdsReplies()).isTrue();

    nanoTime.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(facts.holdsReplies()).isFalse();
  }

  @Test
  void repliesThatAreLateNowAndThenAreNotHeld() {
    for (int i = 0; i < 100; i++) {
      facts.repliesCameWithin(Duration.ofMillis(i % 5 == 4 ? 1 : 200).toNanos());
    }

    assertThat(facts.holdsReplies()).isFalse();
  }
}
