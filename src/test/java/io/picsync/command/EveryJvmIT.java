package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.testing.EmbeddedSftpServer;
import io.picsync.testing.LiveHome;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code bin/picsync} on every JDK of this machine: it prepares the starts that this JVM can have,
 * and the JVM says nothing of its own.
 */
final class EveryJvmIT {
  private static final Duration BOUND = Duration.ofMinutes(1);

  /** A home, its class data by the first command, and what that said. */
  private record Prepared(Path home, List<Path> classData, Ended first) {}

  private static final Map<String, Prepared> PREPARED = new HashMap<>();
  private static Path homes;

  private final Path folder;
  private final Path source;

  EveryJvmIT(@TempDir Path temporary) {
    folder = temporary;
    source = temporary.resolve("source");
  }

  @BeforeAll
  static void homes(@TempDir Path temporary) {
    homes = temporary;
  }

  @BeforeEach
  void onePicture() throws IOException {
    Trees.put(source, "20110714/a.jpg", Trees.picture(1, 300), Instant.EPOCH);
    Files.createDirectory(folder.resolve("new"));
  }

  /** The one that runs this, and those that Debian's and others' packages install. */
  private static Set<String> jdks() throws IOException {
    Path packaged = Path.of("/usr/lib/jvm");
    List<Path> found = new ArrayList<>(Files.isDirectory(packaged) ? files(packaged) : List.of());
    found.add(Path.of(ours()));
    Set<String> jdks = new TreeSet<>();
    for (Path jdk : found) {
      if (Files.isExecutable(jdk.resolve("bin/java")) && version(jdk.toString()) >= 17) {
        jdks.add(jdk.toRealPath().toString());
      }
    }
    return jdks;
  }

  private static String ours() {
    return System.getProperty("java.home");
  }

  private static int version(String jdk) throws IOException {
    Properties release = new Properties();
    Path file = Path.of(jdk, "release");
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        release.load(in);
      }
    }
    String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return Runtime.Version.parse(version).feature();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  private Ended check(Path home, String classData, String jdk, String options) throws Exception {
    return picsync("check", source.toString(), folder.resolve("new").toString())
        .program(home.resolve("bin/picsync"))
        .env("JAVA_HOME", jdk)
        .env("PICSYNC_CLASS_DATA", classData)
        .env("XDG_CACHE_HOME", folder.resolve("cache").toString())
        .env("PICSYNC_JAVA_OPTS", options)
        .in(folder)
        .run();
  }

  /** Once for all tests: it takes each JVM some seconds. */
  private Prepared prepared(String jdk) throws Exception {
    Prepared prepared = PREPARED.get(jdk);
    if (prepared == null) {
      Path home = PicsyncProcess.copyHome(homes.resolve("home" + PREPARED.size()));
      List<Path> brought = files(home.resolve("class-data"));
      Ended first = check(home, "", jdk, "");
      List<Path> made = new ArrayList<>(files(home.resolve("class-data")));
      assertThat(made).as("what the home brought stays").containsAll(brought);
      made.removeAll(brought);
      prepared = new Prepared(home, made, first);
      PREPARED.put(jdk, prepared);
    }
    return prepared;
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void preparesItsFasterStartsOnceAndTakesThemFromThere(String jdk) throws Exception {
    Prepared prepared = prepared(jdk);
    Path loaded = folder.resolve("loaded");

    List<Path> before = files(prepared.home().resolve("class-data"));
    check(prepared.home(), "", jdk, "-Xlog:class+load:file=" + loaded);

    assertThat(prepared.first()).returns(1, Ended::code).returns("", Ended::err);
    assertThat(prepared.classData())
        .singleElement()
        .asString()
        .endsWith(version(jdk) >= 25 ? ".aot" : ".jsa");
    assertThat(files(prepared.home().resolve("class-data"))).isEqualTo(before);
    assertThat(Files.readAllLines(loaded))
        .anyMatch(line -> line.matches(".*io.picsync.*shared objects file.*"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void doesWithoutClassDataThatItsOptionsDoNotFit(String jdk) throws Exception {
    Prepared prepared = prepared(jdk);

    Ended ended = check(prepared.home(), "", jdk, "-XX:-UseCompressedOops");

    assertThat(ended).returns(1, Ended::code).returns("", Ended::err);
    assertThat(ended.out().lines().count()).isEqualTo(prepared.first().out().lines().count());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void doesWithoutClassDataThatCouldNotBeMade(String jdk) throws Exception {
    Prepared prepared = prepared(jdk);
    Path place = Files.createDirectory(folder.resolve("place"));
    Path empty = place.resolve(prepared.classData().get(0).getFileName());
    Files.createFile(empty);

    Ended ended = check(prepared.home(), place.toString(), jdk, "");

    assertThat(ended).returns(1, Ended::code).returns("", Ended::err);
    assertThat(files(place)).containsExactly(empty);
    assertThat(empty).isEmptyFile();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void takesNativeCiphersWithoutAWordOfTheJvm(String jdk) throws Exception {
    try (EmbeddedSftpServer sftp = EmbeddedSftpServer.start(source, "camera", "secret")) {
      Ended ended =
          picsync(
                  "sync",
                  "sftp://camera@127.0.0.1:" + sftp.port(),
                  folder.resolve("new").toString())
              .env("JAVA_HOME", jdk)
              .env("PICSYNC_CLASS_DATA", "no")
              .env("PICSYNC_SOURCE_PASSWORD", "secret")
              .env("PICSYNC_SOURCE_HOST_KEY", EmbeddedSftpServer.fingerprint())
              .run();

      assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void servesWithoutAWordOfTheJvm(String jdk) throws Exception {
    LiveHome live = LiveHome.packaged(folder.resolve("live"));
    live.configure("picsync.api.port=0");
    live.pictures("cam1", 0, 1);
    Files.createDirectories(live.fresh().resolve("cam1"));
    live.edit("cam1", LiveHome.sync("cam1", "1s"));

    try (PicsyncProcess service =
        picsync("run").program(live.home().resolve("bin/picsync")).env("JAVA_HOME", jdk).start()) {
      await().atMost(BOUND).until(() -> live.stored("cam1") == 1);
      service.terminate();
      Ended ended = service.await(BOUND);

      assertThat(ended.code()).as("128 + SIGTERM").isEqualTo(143);
      assertThat(ended.errors())
          .as("each line is of picsync's log")
          .isNotEmpty()
          .allMatch(line -> line.matches("\\S+ +(INFO|WARN) .*"));
    }
  }
}
