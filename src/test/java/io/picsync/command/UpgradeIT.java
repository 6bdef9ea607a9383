package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.testing.DocPage;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tarball, and the upgrade of docs/operators-guide.md, whose commands are read from there. */
final class UpgradeIT {
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final String STEP =
      """
              - log:
                  loggingLevel: WARN
                  message: "edited: ${header.CamelFileName}"
      """;

  private final Path root;
  private final Path opt;
  private final Path etc;
  private final Path state;
  private final Path pictures;
  private final DocPage guide;

  UpgradeIT(@TempDir Path temporary) throws IOException {
    guide = DocPage.read(Path.of("docs/operators-guide.md"));
    root = temporary;
    opt = root.resolve("opt");
    etc = root.resolve("etc/picsync");
    state = root.resolve("var/lib/picsync");
    pictures = root.resolve("srv");
  }

  private static Path tarball() throws IOException {
    try (Stream<Path> all = Files.list(PicsyncProcess.packagedHome().resolveSibling(""))) {
      return all.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
  }

  @BeforeEach
  void theTarballAndTwoArchives() throws Exception {
    Files.createDirectories(opt);
    Files.createDirectories(root.resolve("var/lib"));
    Files.copy(tarball(), root.resolve(tarball().getFileName()));
    Trees.dayFolders(pictures.resolve("old"), LocalDate.of(2011, 7, 14), 2, 12, number -> 300);
    Files.createDirectories(pictures.resolve("new"));
  }

  private void tar(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("tar"));
    words.addAll(List.of(arguments));
    Process process = new ProcessBuilder(words).directory(root.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  /** What a later version would be: another number, another description in a shared route. */
  private void makeNextVersion() throws Exception {
    Path next = Files.createDirectories(root.resolve("next"));
    tar("-xzf", "picsync-0.1.0.tar.gz", "-C", next.toString());
    Files.move(next.resolve("picsync-0.1.0"), next.resolve("picsync-0.2.0"));
    Path transfer = next.resolve("picsync-0.2.0/routes/transfer.camel.yaml");
    String text = Files.readString(transfer);
    assertThat(text).contains("For one picture.");
    Files.writeString(transfer, text.replace("For one picture.", "For a picture, as of 0.2.0."));
    tar("-czf", "picsync-0.2.0.tar.gz", "-C", next.toString(), "picsync-0.2.0");
  }

  private void configure(Path base) throws IOException {
    Files.writeString(
        base.resolve("config/application.properties"),
        "picsync.server.disk.uri=" + pictures.toUri() + "\npicsync.api.port=0\n");
    Files.writeString(
        base.resolve("routes/syncs/cam1.camel.yaml"),
        """
        - route:
            id: cam1
            group: syncs
            description: Brings missing pictures.
            from:
              uri: sync:cam1
              parameters:
                source: disk/old
                destination: disk/new
                mode: sync
                interval: 1s
              steps:
                - to: {uri: direct:compare}
                - to: {uri: direct:transfer}
                - to: {uri: direct:report}
        """);
  }

  private void editTransfer(Path file) throws IOException {
    String text = Files.readString(file);
    String store = "        - toD:\n            id: store\n";
    assertThat(text).contains(store);
    Files.writeString(file, text.replace(store, STEP + store));
  }

  private List<StoredReport> reports(Path folder) throws IOException {
    if (!Files.isDirectory(folder.resolve("cam1"))) {
      return List.of();
    }
    List<StoredReport> reports = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("cam1"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        reports.add(StoredReport.read(file));
      }
    }
    return reports;
  }

  private PicsyncProcess.Builder installed() {
    return picsync("run")
        .program(opt.resolve("picsync/bin/picsync"))
        .env("PICSYNC_BASE", etc.toString())
        .env("PICSYNC_STATE", state.toString());
  }

  private Ended runUntilReport(PicsyncProcess.Builder service, Path reports, int atLeast)
      throws Exception {
    try (PicsyncProcess process = service.start()) {
      await().atMost(BOUND).until(() -> !process.isRunning() || reports(reports).size() >= atLeast);
      process.terminate();
      Ended ended = process.await(Duration.ofSeconds(30));
      assertThat(ended.code()).as(ended.err()).isEqualTo(143);
      return ended;
    }
  }

  @Test
  void theTarballUnpacksIntoItsVersionsFolderWithTheRightModes() throws Exception {
    tar("-xzf", "picsync-0.1.0.tar.gz", "-C", opt.toString());

    assertThat(opt.toFile().list()).containsExactly("picsync-0.1.0");
    Path home = opt.resolve("picsync-0.1.0");
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.toList()) {
        boolean runs = Files.isDirectory(path) || path.endsWith("bin/" + path.getFileName());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as("%s", path)
            .isEqualTo(runs ? "rwxr-xr-x" : "rw-r--r--");
      }
    }
    assertThat(home.resolve("docs/operators-guide.md")).exists();
    assertThat(home.resolve("systemd/picsync.service")).exists();
    assertThat(picsync("--version").program(home.resolve("bin/picsync")).run().out())
        .isEqualTo("picsync 0.1.0\n");
  }

  @Test
  void installedAsTheGuideSaysItRunsAndLeavesTheProgramAlone() throws Exception {
    guide.run("install", root, Map.of());
    configure(etc);
    Map<String, String> program = Trees.snapshot(opt.resolve("picsync-0.1.0"));

    runUntilReport(installed(), state.resolve("reports"), 1);

    assertThat(reports(state.resolve("reports")).get(0).transferred()).isEqualTo(24);
    assertThat(Trees.snapshot(pictures.resolve("new")))
        .isEqualTo(Trees.snapshot(pictures.resolve("old")));
    assertThat(Trees.snapshot(opt.resolve("picsync-0.1.0"))).isEqualTo(program);
    assertThat(etc.resolve("reports")).doesNotExist();
  }

  @Test
  void anUpgradeFromOneFolderKeepsSettingsEditedRoutesAndReports() throws Exception {
    tar("-xzf", "picsync-0.1.0.tar.gz", "-C", opt.toString());
    Path old = opt.resolve("picsync-0.1.0");
    configure(old);
    editTransfer(old.resolve("routes/transfer.camel.yaml"));
    runUntilReport(picsync("run").program(old.resolve("bin/picsync")), old.resolve("reports"), 1);
    List<StoredReport> before = reports(old.resolve("reports"));
    makeNextVersion();

    guide.run("upgrade", root, Map.of());
    guide.run("move-out", root, Map.of());
    guide.run("merge-routes", root, Map.of());

    assertThat(etc.resolve("routes").toFile().list())
        .containsExactlyInAnyOrder("syncs", "transfer.camel.yaml");
    assertThat(etc.resolve("routes/transfer.camel.yaml"))
        .content()
        .contains("as of 0.2.0")
        .contains("edited: ");
    // most of the source is gone: only who read the old report can know
    for (String path : List.copyOf(Trees.snapshot(pictures.resolve("old")).keySet())) {
      Files.delete(pictures.resolve("old").resolve(path));
    }
    Trees.dayFolders(pictures.resolve("old"), LocalDate.of(2011, 7, 16), 1, 1, number -> 300);
    Ended ended = runUntilReport(installed(), state.resolve("reports"), before.size() + 1);

    List<StoredReport> after = reports(state.resolve("reports"));
    assertThat(after).hasSizeGreaterThan(before.size());
    assertThat(after.subList(0, before.size()))
        .extracting(StoredReport::json)
        .containsExactlyElementsOf(before.stream().map(StoredReport::json).toList());
    assertThat(ended.err())
        .contains("takes the place of the shipped route")
        .contains("edited: 20110716/")
        .contains("1 pictures, it had 24");
    guide.run("roll-back", root, Map.of());
    runUntilReport(installed(), state.resolve("reports"), after.size() + 1);
  }

  @Test
  void aVersionUnpackedOverAnotherIsRefused() throws Exception {
    guide.run("install", root, Map.of());
    Path lib = opt.resolve("picsync-0.1.0/lib");
    Files.copy(lib.resolve("picsync-0.1.0.jar"), lib.resolve("picsync-0.0.9.jar"));

    Ended ended = picsync("--version").program(opt.resolve("picsync/bin/picsync")).run();

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("more than one version");
  }

  @Test
  void jarsOfTheOperatorsOwnAreInTheBase() throws Exception {
    guide.run("install", root, Map.of());
    configure(etc);
    Path lib = Files.createDirectories(etc.resolve("lib"));
    Files.move(opt.resolve("picsync/lib/camel-log-4.18.0.jar"), lib.resolve("camel-log.jar"));

    runUntilReport(installed(), state.resolve("reports"), 1);
  }
}
