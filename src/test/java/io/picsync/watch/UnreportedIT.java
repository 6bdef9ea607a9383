package io.picsync.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.sync.Mode;
import io.picsync.testing.Fault;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run can't tell is not taken for nothing. */
final class UnreportedIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  @Test
  void runsThatFoundNothingOutLeaveWhatIsKnown(@TempDir Path folder) throws Exception {
    Path root = folder.resolve("new");
    Files.createDirectories(root.resolve("pictures"));
    try (ScriptedFtpServer ftp = ScriptedFtpServer.start()) {
      ftp.put("pictures/20110714/1.jpg", Trees.picture(1, 500), TAKEN);
      PicsyncContext.Builder home =
          PicsyncContext.at(folder.resolve("home"))
              .server("old", ftp)
              .server("new", root)
              .sync("source1", "old/pictures", "new/pictures");
      try (PicsyncContext picsync = home.start()) {
        ManagedSync sync = picsync.managed("source1");
        assertThat(sync.getMissing()).as("before the first comparison").isEqualTo(-1);
        picsync.run("source1", Mode.check);
        assertThat(sync.getMissing()).isEqualTo(1);

        ftp.fault("PASS", 9, Fault.reply("530 No."));
        ftp.dropConnections();
        assertThat(picsync.run("source1", Mode.check).status()).isEqualTo("failed");
        assertThat(sync.getMissing()).isEqualTo(1);
        assertThat(sync.getOldestMissing()).isEmpty();
      }
      try (PicsyncContext picsync = home.start()) {
        assertThat(picsync.managed("source1").getMissing()).as("by the reports").isEqualTo(1);
      }
    }
  }

  @Test
  void runWithoutAReportIsToldUntilOneLeavesOne(@TempDir Path folder) throws Exception {
    Path root = Files.createDirectories(folder.resolve("disk"));
    Files.createDirectories(root.resolve("new"));
    Trees.put(root, "old/20110714/1.jpg", Trees.picture(1, 500), TAKEN);
    try (PicsyncContext picsync =
        PicsyncContext.at(folder.resolve("home"))
            .server("disk", root)
            .sync("source1", "disk/old", "disk/new")
            .start()) {
      Path inTheWay = picsync.reports().resolve("source1");
      assertThat(degraded(picsync)).isEqualTo(false);

      Files.createDirectories(picsync.reports());
      Files.writeString(inTheWay, "");
      picsync.ended(picsync.sync("source1").start(Mode.sync));
      assertThat(picsync.managed("source1").getUnreported()).contains(inTheWay.toString());
      assertThat(degraded(picsync)).isEqualTo(true);
      assertThat(health(picsync).getDetails()).containsKey("sync.source1");

      Files.delete(inTheWay);
      picsync.run("source1", Mode.sync);
      assertThat(picsync.managed("source1").getUnreported()).isEmpty();
      assertThat(degraded(picsync)).isEqualTo(false);
    }
  }

  private static Object degraded(PicsyncContext picsync) {
    assertThat(health(picsync).getState()).isEqualTo(HealthCheck.State.UP);
    return Objects.requireNonNull(health(picsync).getDetails().get("degraded"));
  }

  private static HealthCheck.Result health(PicsyncContext picsync) {
    return picsync.health("picsync-reports");
  }
}
