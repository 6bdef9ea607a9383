package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.sync.Mode;
import io.picsync.testing.Fault;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.StoredReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.util.FileUtil;

/**
 * Two live FTP servers: while a run goes on pictures appear, grow and vanish on both sides, and
 * some folders may not be entered. What is there in the end is held against {@link LiveModel}. A
 * failure prints its seed and the smallest case that fails.
 */
@SuppressWarnings("NullAway.Init") // set before the first try
final class LiveModelIT {
  private static final List<String> FOLDERS = List.of("20110714", "20110715", "20110715/deep");

  private static Path home;
  private static PicsyncContext picsync;
  private static ScriptedFtpServer source;
  private static ScriptedFtpServer destination;
  private static LiveModel model;
  private static Set<String> forbidden = Set.of();
  private static List<Change> due = List.of();
  private static int steps;

  /**
   * Somebody else's doing.
   *
   * @param step before the how many-th command that moves a picture or lists a folder
   * @param size of the picture that is there from then on; 0 for none
   */
  record Change(int step, boolean atSource, String path, int size) {}

  @BeforeContainer
  static void start() throws Exception {
    home = Files.createTempDirectory("picsync-live-model");
    source = ScriptedFtpServer.start();
    destination = ScriptedFtpServer.start();
    for (ScriptedFtpServer server : List.of(source, destination)) {
      server.makeFolder("cam");
      for (String verb : List.of("MLSD", "RETR", "STOR")) {
        server.fault(verb, Integer.MAX_VALUE, liveFault());
      }
      server.fault(
          "CWD", LiveModelIT::isForbidden, Integer.MAX_VALUE, Fault.reply("550 Forbidden."));
    }
    // one at a time: FTP has a gap before RNTO, in which nothing may happen here
    picsync =
        PicsyncContext.at(home)
            .server("old", source)
            .server("new", destination)
            .set("picsync.transfer.threads", "1")
            .set("picsync.compare.threads", "1")
            .set("picsync.transfer.read-back", "50%")
            .sync("live", "old/cam", "new/cam")
            .start();
  }

  @AfterContainer
  static void stop() throws IOException {
    picsync.close();
    source.close();
    destination.close();
    FileUtil.removeDir(home.toFile());
  }

  private static boolean isForbidden(String path) {
    return forbidden.stream().anyMatch(folder -> path.endsWith("cam/" + folder));
  }

  private static Fault liveFault() {
    return command -> {
      synchronized (LiveModelIT.class) {
        steps++;
        due.stream().filter(change -> change.step == steps).forEach(LiveModelIT::make);
      }
      command.proceed();
    };
  }

  private static void make(Change change) {
    if (change.atSource) {
      model.changeSource(change.path, change.size);
    } else {
      model.appearAtDestination(change.path, change.size);
    }
  }

  @Provide
  Arbitrary<List<Change>> trees() {
    return changes(Arbitraries.just(0), 1).list().ofMaxSize(14);
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return changes(Arbitraries.integers().between(1, 30), 0).list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<Set<String>> forbidden() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.just(Set.of())),
        Tuple.of(1, Arbitraries.of(FOLDERS).set().ofMaxSize(2)));
  }

  private static Arbitrary<Change> changes(Arbitrary<Integer> step, int least) {
    Arbitrary<String> paths =
        Combinators.combine(
                Arbitraries.of(FOLDERS), Arbitraries.of("a.jpg", "b.jpg", "c.raw", "d.raw"))
            .as((folder, name) -> folder + "/" + name);
    return Combinators.combine(
            step, Arbitraries.of(true, false), paths, Arbitraries.integers().between(least, 4))
        .as(Change::new);
  }

  @Property(tries = 150)
  void liveArchivesEndAsTheModelSays(
      @ForAll @From("trees") List<Change> before,
      @ForAll @From("changes") List<Change> during,
      @ForAll @From("forbidden") Set<String> mayNotBeEntered)
      throws IOException {
    begin(before);
    synchronized (LiveModelIT.class) {
      due = new ArrayList<>(during);
      steps = 0;
    }
    forbidden = mayNotBeEntered;

    StoredReport live = picsync.run("live", Mode.sync);

    model.agreesAfterLiveRun(live, folder -> isForbidden("cam/" + folder));
    forbidden = Set.of();
    synchronized (LiveModelIT.class) {
      due = List.of();
    }
    model.rests();
    StoredReport quiet = picsync.run("live", Mode.sync);
    assertThat(quiet.status()).as(quiet.cause()).isEqualTo("completed");
    assertThat(quiet.transferred()).isEqualTo(quiet.missingInDestination());
    model.agreesAfterQuietRun();
    StoredReport last = picsync.run("live", Mode.check);
    assertThat(last.missingInDestination()).isZero();
  }

  private static void begin(List<Change> before) {
    for (ScriptedFtpServer server : List.of(source, destination)) {
      server.paths().forEach(server::delete);
    }
    model = new LiveModel(source, destination);
    before.forEach(LiveModelIT::make);
    model.rests();
  }
}
