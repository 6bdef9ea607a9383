package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.DocPage;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of docs/operators-guide.md, taken from there: its configuration, its syncs and its
 * commands, on an FTP server of this machine and in folders below a temporary one.
 */
final class GuideIT {
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final String ADDRESS = "old.example.org";

  private final DocPage guide;
  private final Path root;
  private final Path etc;
  private final Path old;
  private final Path fresh;

  GuideIT(@TempDir Path temporary) throws IOException {
    guide = DocPage.read(Path.of("docs/operators-guide.md"));
    root = temporary;
    etc = root.resolve("etc/picsync");
    old = root.resolve("old-home");
    fresh = root.resolve("srv/pictures");
  }

  @BeforeEach
  void installedWithPicturesOnBothSides() throws Exception {
    Files.createDirectories(root.resolve("opt"));
    Path target = PicsyncProcess.packagedHome().resolveSibling("");
    try (Stream<Path> all = Files.list(target)) {
      Path tarball = all.filter(f -> f.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
      Files.copy(tarball, root.resolve(tarball.getFileName()));
    }
    guide.run("install", root, Map.of());
    Trees.dayFolders(
        old.resolve("source1/pictures"), LocalDate.of(2011, 7, 14), 2, 12, number -> 300);
    Files.createDirectories(fresh.resolve("source1/pictures"));
  }

  private String block(String name, EmbeddedFtpServer server) {
    return DocPage.below(guide.block(name), root)
        .replace(ADDRESS + ":21", "127.0.0.1:" + server.port())
        .replace(ADDRESS, "127.0.0.1:" + server.port());
  }

  private PicsyncProcess.Builder service() {
    return picsync("run")
        .program(root.resolve("opt/picsync/bin/picsync"))
        .env("PICSYNC_BASE", etc.toString())
        .env("PICSYNC_STATE", root.resolve("var/lib/picsync").toString());
  }

  private void configure(EmbeddedFtpServer server) throws IOException {
    Files.writeString(etc.resolve("secrets/old-password"), "secret\n");
    Files.writeString(
        etc.resolve("config/application.properties"),
        block("servers", server) + "\npicsync.api.port=0\n");
  }

  private void sync(String file, String block, EmbeddedFtpServer server) throws IOException {
    String yaml = block(block, server);
    String often =
        yaml.replaceAll("cron: \".*\"", "interval: 1s").replace("mode: check", "mode: sync");
    assertThat(often).isNotEqualTo(yaml);
    Files.writeString(etc.resolve("routes/syncs").resolve(file), often);
  }

  @Test
  void itsConfigurationAndItsSyncsMigrateTwoServers() throws Exception {
    try (EmbeddedFtpServer server = EmbeddedFtpServer.start(old, "camera", "secret")) {
      configure(server);
      sync("source1.camel.yaml", "sync", server);
      sync("source1-back.camel.yaml", "sync-back", server);
      try (PicsyncProcess process = service().start()) {
        await()
            .atMost(BOUND)
            .until(() -> !process.isRunning() || Trees.snapshot(fresh).size() == 24);
        assertThat(process.isRunning()).as(process.err()).isTrue();
        Trees.dayFolders(
            fresh.resolve("source1/pictures"), LocalDate.of(2011, 7, 17), 1, 3, number -> 300);
        await()
            .atMost(BOUND)
            .untilAsserted(
                () -> assertThat(Trees.snapshot(old)).hasSize(27).isEqualTo(Trees.snapshot(fresh)));
      }
    }
  }

  @Test
  void theCommandsOfTheMigrationTellWhatIsMissingAndBringIt() throws Exception {
    try (EmbeddedFtpServer server = EmbeddedFtpServer.start(old, "camera", "secret")) {
      assertThat(command("migrate-check", server)).isEqualTo(1);
      assertThat(Trees.snapshot(fresh)).isEmpty();
      assertThat(command("migrate-rest", server)).isZero();
      assertThat(Trees.snapshot(fresh)).isEqualTo(Trees.snapshot(old));
    }
  }

  /** Its exit code. */
  private int command(String name, EmbeddedFtpServer server) throws Exception {
    String[] words = block(name, server).strip().split(" ");
    assertThat(words[0]).isEqualTo("picsync");
    return picsync(List.of(words).subList(1, words.length).toArray(String[]::new))
        .program(root.resolve("opt/picsync/bin/picsync"))
        .env("PICSYNC_SOURCE_PASSWORD", "secret")
        .run()
        .code();
  }

  /** Stands in for programs that need a machine of their own, and writes down how it is called. */
  private Path standIns(String... programs) throws IOException {
    Path folder = Files.createDirectories(root.resolve("stand-ins"));
    for (String program : programs) {
      Path file =
          Files.writeString(
              folder.resolve(program),
              "#!/bin/sh\necho \"" + program + " $*\" >> " + root.resolve("calls") + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return folder;
  }

  private Map<String, String> with(Path standIns) {
    return Map.of("PATH", standIns + ":" + System.getenv("PATH"));
  }

  @Test
  void theUnitIsInstalledWhereSystemdLooksForIt() throws Exception {
    Path units = Files.createDirectories(root.resolve("etc/systemd/system"));

    guide.run("systemd", root, with(standIns("useradd", "systemctl", "journalctl")));

    assertThat(units.resolve("picsync.service"))
        .hasSameTextualContentAs(Path.of("systemd/picsync.service"));
    List<String> calls = Files.readAllLines(root.resolve("calls"));
    assertThat(calls.get(0)).startsWith("useradd ").endsWith(" picsync");
    assertThat(Files.readString(units.resolve("picsync.service"))).contains("User=picsync");
    assertThat(calls).contains("systemctl daemon-reload", "systemctl enable --now picsync");
  }

  @Test
  void dockerIsToldWhatItsFileHas() throws Exception {
    guide.run("docker", root, with(standIns("docker")));

    List<String> calls = Files.readAllLines(root.resolve("calls"));
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0)).isEqualTo("docker build -f docker/Dockerfile -t picsync .");
    String file = Files.readString(Path.of("docker/Dockerfile"));
    List<String> mounts =
        Pattern.compile("-v (\\S+)")
            .matcher(calls.get(1))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(mounts).hasSize(3);
    for (String mount : mounts) {
      String inside = mount.split(":")[1].replace(root.toString(), "");
      assertThat(file).as("what %s is mounted to", mount).contains(inside);
    }
    assertThat(file).contains("VOLUME /var/lib/picsync", "STOPSIGNAL SIGTERM");
    assertThat(calls.get(1)).endsWith(" picsync");
  }
}
