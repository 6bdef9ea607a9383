package io.picsync;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.OpenSshServer;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.VsftpdServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at any instant: nothing half is visible, the next run repairs and leaves no stray. A few
 * kills by default; {@code bench/kill} does hundreds. {@code -Dpicsync.kills.seed} repeats a trial.
 */
final class KillIT {
  private static final int KINDS = 4;
  private static final int KILLS = Math.max(1, Integer.getInteger("picsync.kills", 16) / KINDS);

  private Path folder;
  private Path served;

  @BeforeEach
  void makeFolders(@TempDir Path made) throws IOException {
    folder = made;
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
    served = Files.createDirectory(made.resolve("new"));
  }

  private KillTrial trial(
      String address, Map<String, String> environment, KillTrial.ServerSide server)
      throws IOException {
    long seed = Long.getLong("picsync.kills.seed", System.nanoTime());
    System.err.printf("KillIT: %s seed=%d%n", address, seed);
    return new KillTrial(
        folder,
        new KillTrial.Destination(address, environment, served.resolve("cam1"), server),
        seed);
  }

  private static void kill(KillTrial trial, int kills) throws IOException, InterruptedException {
    try {
      trial.kill(kills);
    } finally {
      System.err.println("KillIT: " + trial);
    }
  }

  @Test
  void folderIsRepairedByTheNextRun() throws Exception {
    kill(trial(served.resolve("cam1").toString(), Map.of(), new KillTrial.ServerSide() {}), KILLS);
  }

  @Test
  void ftpServerIsRepairedByTheNextRun() throws Exception {
    try (EmbeddedFtpServer ftp = EmbeddedFtpServer.start(served, "camera", "secret")) {
      kill(
          trial(
              ftp.uri().replace("//", "//camera@") + "/cam1",
              Map.of("PICSYNC_DESTINATION_PASSWORD", "secret"),
              new KillTrial.ServerSide() {}),
          KILLS);
    }
  }

  @Test
  @RequiresDaemon("vsftpd")
  void vsftpdIsRepairedByTheNextRunWhoeverWasKilled() throws Exception {
    try (VsftpdServer vsftpd = VsftpdServer.at(served).start()) {
      KillTrial trial =
          trial(
              vsftpd.uri().replace("//", "//" + vsftpd.user() + "@") + "/cam1",
              Map.of("PICSYNC_DESTINATION_PASSWORD", vsftpd.password()),
              new KillTrial.ServerSide() {
                @Override
                public void handOver() throws IOException {
                  vsftpd.handOver();
                }

                @Override
                public long sessions() {
                  return vsftpd.sessions();
                }
              });
      kill(trial, KILLS);
      trial.disturb(Math.max(1, KILLS / 8), vsftpd::dropSessions);
      System.err.println("KillIT: " + trial);
    }
  }

  @Test
  @RequiresDaemon("sshd")
  void sftpServerIsRepairedByTheNextRunWhoeverWasKilled() throws Exception {
    try (OpenSshServer sshd = OpenSshServer.at(served).start()) {
      KillTrial trial =
          trial(
              sshd.uri().replace("//", "//" + sshd.user() + "@") + "/cam1",
              Map.of(
                  "PICSYNC_DESTINATION_PRIVATE_KEY", sshd.privateKey().toString(),
                  "PICSYNC_DESTINATION_KNOWN_HOSTS",
                      Files.writeString(folder.resolve("known_hosts"), sshd.knownHost())
                          .toString()),
              new KillTrial.ServerSide() {
                @Override
                public void handOver() throws IOException {
                  sshd.handOver();
                }

                @Override
                public long sessions() {
                  return sshd.sessions();
                }
              });
      kill(trial, KILLS);
      trial.disturb(Math.max(1, KILLS / 8), sshd::dropSessions);
      System.err.println("KillIT: " + trial);
    }
  }
}
