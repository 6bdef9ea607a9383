package io.picsync.archive.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CheckFileTest {
  private final AtomicLong nanoTime = new AtomicLong();
  private final CheckFile checkFile = new CheckFile("x", nanoTime::get);

  @Test
  void nextBestDigestIsAskedForWhereOneIsRefused() {
    assertThat(checkFile.algorithm()).contains("sha256");
    checkFile.refused("sha256", "unsupported");
    checkFile.refused("sha256", "unsupported"); // by another session, at the same time
    assertThat(checkFile.algorithm()).contains("sha1");
    checkFile.refused("sha1", "unsupported");
    assertThat(checkFile.algorithm()).contains("md5");
  }

  @Test
  void serverThatTellsNoneIsAskedAgainLater() {
    refuseAll();
    assertThat(checkFile.algorithm()).isEmpty();

    nanoTime.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(checkFile.algorithm()).contains("sha256");
    refuseAll();
    nanoTime.addAndGet(Duration.ofMinutes(39).toNanos());
    assertThat(checkFile.algorithm()).isEmpty();
    nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(checkFile.algorithm()).contains("sha256");
  }

  private void refuseAll() {
    checkFile.refused("sha256", "busy");
    checkFile.refused("sha1", "busy");
    checkFile.refused("md5", "busy");
  }
}
