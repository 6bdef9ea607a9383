package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.picsync.archive.Servers;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.settings.SettingsException;
import io.picsync.sync.Mode;
import io.picsync.testing.LiveHome;
import io.picsync.watch.ConfigurationHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that an operator edits while {@code picsync run} goes on. */
final class LiveConfigurationIT {
  private static final Duration BOUND = Duration.ofMinutes(1);

  private final LiveHome home;
  private final Path another;

  LiveConfigurationIT(@TempDir Path temporary) throws IOException {
    home = LiveHome.in(temporary);
    another = Files.createDirectories(temporary.resolve("another"));
  }

  private static String health(LiveHome.Running picsync) {
    return picsync
        .bean("picsync-configuration", ConfigurationHealth.class)
        .call(Map.of())
        .getMessage()
        .orElse("");
  }

  @Test
  void serversAreAddedChangedBrokenMendedAndRemovedWhileAnotherSyncsRunGoesOn() throws Exception {
    home.pictures("busy", 0, 200);
    home.pictures("edited", 0, 3);
    home.edit(
        "busy",
        LiveHome.sync("busy", "1h")
            .replace("new/busy", "held/busy")
            .replace("source: old", "source: held-old")
            .replace("interval:", "bandwidth: 1KB/s\n        interval:"));
    String busy =
        "picsync.server.held.uri=%s%npicsync.server.held-old.uri=%s"
            .formatted(home.fresh().toUri(), home.old().toUri());
    home.configure(busy);
    try (LiveHome.Running picsync = home.start()) {
      Servers servers = picsync.bean("servers", Servers.class);
      await().atMost(BOUND).until(() -> home.stored("busy") > 0);
      home.configure("picsync.server.third.uri=" + another.toUri(), busy);
      picsync.awaitTold("Edited settings took effect. keys=[picsync.server.third.uri]");
      assertThat(servers.names()).contains("third");
      Files.createDirectories(another.resolve("edited"));
      home.edit("edited", LiveHome.sync("edited", "1h").replace("new/edited", "third/edited"));
      await().atMost(BOUND).until(() -> home.reports("edited").size() == 1);
      assertThat(home.last("edited").transferred()).isEqualTo(3);
      assertThat(another.resolve("edited/pictures/20110710/2.jpg")).exists();

      Path moved = another.resolveSibling("moved");
      Files.createDirectories(moved.resolve("edited"));
      home.configure("picsync.server.third.uri=" + moved.toUri(), busy);
      picsync.awaitTold("took effect. keys=[picsync.server.third.uri]");
      picsync.begin("edited", Mode.sync);
      await()
          .atMost(BOUND)
          .until(() -> moved.resolve("edited/pictures/20110710/2.jpg").toFile().exists());

      home.configure("picsync.server.third.uri=ftp://a b", busy);
      picsync.awaitTold(
          "refused", "file=config/application.properties line=3", "picsync.server.third.uri");
      assertThat(health(picsync))
          .contains("config/application.properties:3: picsync.server.third.uri=ftp://a b");
      assertThat(servers.get("third").address()).isEqualTo(moved.toString());

      home.configure(busy);
      picsync.awaitTold("refused", "No server is called 'third'", "sync edited");
      Files.delete(home.file("edited"));
      picsync.awaitTold("The configuration is well again.");
      await().atMost(BOUND).until(() -> !servers.names().contains("third"));
      assertThatThrownBy(() -> servers.get("third")).isInstanceOf(SettingsException.class);
      assertThat(health(picsync)).isEqualTo("The configuration is in effect.");
      assertThat(home.reports("busy")).as("the run went on all the time").isEmpty();
    }
    assertThat(home.reports("busy").get(0).cause()).isEqualTo("picsync stops.");
  }

  @Test
  void aRunOnAChangedServerEndsAtAPictureAndTheNextGoesOnWithTheNewOne() throws Exception {
    home.pictures("edited", 0, 3000);
    home.edit("edited", LiveHome.sync("edited", "1h"));
    try (EmbeddedFtpServer right = EmbeddedFtpServer.start(home.fresh(), "archive", "one");
        EmbeddedFtpServer other = EmbeddedFtpServer.start(another, "archive", "two")) {
      List<String> lines =
          List.of(
              "picsync.server.old.uri=" + home.old().toUri(),
              "picsync.server.new.username=archive");
      Files.createDirectories(another.resolve("edited"));
      configure(lines, right, "one");
      try (LiveHome.Running picsync = home.start()) {
        await().atMost(BOUND).until(() -> home.stored("edited") > 0);
        configure(lines, other, "two");
        picsync.awaitTold("An edit waits for runs to end.", "syncs=edited");
        await().atMost(BOUND).until(() -> home.reports("edited").size() == 2);
      }
    }
    assertThat(home.reports("edited").get(0).status()).isEqualTo("cancelled");
    assertThat(home.reports("edited").get(0).failed()).isZero();
    assertThat(home.last("edited").status()).isEqualTo("completed");
    assertThat(home.last("edited").transferred()).isEqualTo(3000);
  }

  private void configure(List<String> lines, EmbeddedFtpServer server, String password)
      throws IOException {
    home.configuration(
        lines.get(0),
        lines.get(1),
        "picsync.server.new.uri=" + server.uri(),
        "picsync.server.new.password=" + password);
  }

  @Test
  void limitsTakeEffectOnTheSpotAndWhatWaitsForARestartIsNamed() throws Exception {
    String ftp = "picsync.server.ftp.uri=ftp://127.0.0.1:1";
    home.configure(ftp, "picsync.server.ftp.connections=2", "own.hours=Mon-Fri 08:00-18:00");
    try (LiveHome.Running picsync = home.start()) {
      Servers servers = picsync.bean("servers", Servers.class);
      servers.get("ftp").setConnections(3);
      home.configure(
          ftp,
          "picsync.server.ftp.connections=2",
          "picsync.server.new.bandwidth=2MB/s",
          "picsync.sync.runs=1");
      picsync.awaitTold("keys=[picsync.server.new.bandwidth, picsync.sync.runs]");
      assertThat(servers.bandwidth("new").now()).hasToString("2MB/s");
      assertThat(servers.state("ftp").configured()).as("set over JMX, not edited").isEqualTo(3);

      home.configure(ftp, "picsync.server.ftp.connections=7", "picsync.report.folder=elsewhere");
      picsync.awaitTold(
          "keys=[picsync.server.ftp.connections, picsync.server.new.bandwidth, picsync.sync.runs]");
      assertThat(servers.state("ftp").configured()).isEqualTo(7);
      assertThat(servers.bandwidth("new").now().isUnlimited()).isTrue();
      picsync.awaitTold("take effect at the next start. keys=[picsync.report.folder]");
      assertThat(health(picsync))
          .isEqualTo("Degraded. Edited keys wait for the next start: picsync.report.folder.");

      home.configure(ftp, "picsync.sync.rums=1");
      picsync.awaitTold("refused", "line=4", "picsync.sync.rums is not a configuration key");
      Files.writeString(home.home().resolve("config/application.properties"), "a=\\u12");
      picsync.awaitTold("refused", "line=1", "four hexadecimal digits");
      Files.delete(home.home().resolve("config/application.properties"));
      picsync.awaitTold("refused", "it can't be read");
      home.configure(ftp, "picsync.server.ftp.connections=7");
      picsync.awaitTold("No edited setting waits for the next start any more.");
      assertThat(health(picsync)).isEqualTo("The configuration is in effect.");
      assertThat(servers.state("ftp").configured()).isEqualTo(7);
    }
  }
}
