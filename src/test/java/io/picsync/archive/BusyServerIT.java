package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.sync.Mode;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.LoggedLines;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose cameras need it. */
final class BusyServerIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  /** More than can go within the test at the bandwidth given. */
  private static final int PICTURES = 6000;

  private Path home;
  private Path root;
  private ScriptedFtpServer old;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = Files.createDirectories(folder.resolve("new"));
    old = ScriptedFtpServer.start();
    for (int i = 0; i < PICTURES; i++) {
      old.put("cam1/20110714/%06d.jpg".formatted(i), Trees.picture(i, 1000), TAKEN);
    }
  }

  @AfterEach
  void stop() throws IOException {
    old.close();
  }

  private PicsyncContext picsync(String backOff) throws Exception {
    return PicsyncContext.at(home)
        .server("old", old)
        .server("new", root)
        .set("picsync.server.old.bandwidth", "100KB/s")
        .set("picsync.server.old.back-off", backOff)
        .sync("cam1", "old/cam1", "new/cam1")
        .start();
  }

  private static ConditionFactory within(Duration most) {
    return await().atMost(most).pollInterval(Duration.ofMillis(200));
  }

  private static boolean says(LoggedLines log, String text) {
    return log.lines().stream().anyMatch(line -> line.contains(text));
  }

  @Test
  void busyServerIsUsedByFewerConnectionsAndByAllAgainAfterwards() throws Exception {
    try (LoggedLines log = LoggedLines.informing();
        PicsyncContext picsync = picsync("true")) {
      picsync.sync("cam1").start(Mode.sync);
      within(Duration.ofSeconds(60)).until(() -> old.count("RETR") > 700); // seven seconds
      assertThat(says(log, "answers slowly")).isFalse();

      ArmedFault slow = old.fault("MDTM", PICTURES, Fault.late(Duration.ofMillis(600)));
      within(Duration.ofSeconds(60)).until(() -> says(log, "answers slowly"));
      within(Duration.ofSeconds(60)).until(() -> says(log, "server=old connections=1 "));
      Servers servers =
          Objects.requireNonNull(
              picsync.context().getRegistry().lookupByNameAndType("servers", Servers.class));
      assertThat(servers.state("old").limit()).isEqualTo(1);
      within(Duration.ofSeconds(60)).until(() -> servers.state("old").inUse() <= 1);

      slow.disarm();
      within(Duration.ofSeconds(90)).until(() -> says(log, "answers as usual again"));
      within(Duration.ofSeconds(60))
          .until(() -> servers.state("old").limit() == servers.state("old").configured());
      picsync.managed("cam1").cancelRun();
    }
  }
}
