package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.DocPage;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger who types what README.md says gets what it prints. */
final class ReadmeIT {
  private final DocPage readme;
  private final Path root;

  ReadmeIT(@TempDir Path temporary) throws IOException {
    readme = DocPage.read(Path.of("README.md"));
    root = temporary;
  }

  @Test
  void theDemonstrationPrintsTheTranscript() throws Exception {
    String typed = readme.block("demo").strip();
    assertThat(typed).isEqualTo("mvn -q -DskipTests package && target/picsync/bin/picsync demo");

    Ended ended = picsync("demo", "--folder", root.resolve("demo").toString()).run();

    assertThat(ended.code()).isZero();
    String transcript =
        readme
            .block("transcript")
            .lines()
            .map(ReadmeIT::pattern)
            .collect(Collectors.joining("\\R", "(?m)^", "$"));
    assertThat(ended.out()).containsPattern(transcript);
  }

  /** Ports, times and speeds are others each time. */
  private static String pattern(String line) {
    return Pattern.quote(line)
        .replaceAll("(127\\.0\\.0\\.1:)\\d+", "$1\\\\E\\\\d+\\\\Q")
        .replaceAll(" in [\\d.]+ m?s, [\\d.]+ \\w+/s", " in \\\\E.*/s\\\\Q");
  }

  @Test
  void eachOfTheTwoCommandsDoesWhatStandsBehindIt() throws Exception {
    Path old = root.resolve("old");
    Trees.dayFolders(old.resolve("pictures"), LocalDate.of(2011, 7, 14), 1, 5, number -> 300);
    Path fresh = Files.createDirectories(root.resolve("new"));
    Files.createDirectories(fresh.resolve("pictures"));
    Path here = Files.createDirectories(root.resolve("srv/pictures"));
    try (EmbeddedFtpServer from = EmbeddedFtpServer.start(old, "camera", "one");
        EmbeddedFtpServer to = EmbeddedFtpServer.start(fresh, "camera", "two")) {
      List<String> commands =
          readme
              .block("one-command")
              .replace("old.example.org", "127.0.0.1:" + from.port())
              .replace("new.example.org", "127.0.0.1:" + to.port())
              .lines()
              .map(line -> DocPage.below(line.split(" {3,}")[0], root))
              .toList();
      assertThat(commands).hasSize(2);

      assertThat(run(commands.get(1)).code()).isZero();
      assertThat(Trees.snapshot(here)).isEqualTo(Trees.snapshot(old.resolve("pictures")));
      Ended check = run(commands.get(0));
      assertThat(check.code()).isEqualTo(1);
      assertThat(check.out()).contains("missing in destination             5");
      assertThat(Trees.snapshot(fresh)).isEmpty();
    }
  }

  private static Ended run(String command) throws IOException, InterruptedException {
    String[] words = command.split(" +");
    assertThat(words[0]).isEqualTo("picsync");
    return picsync(List.of(words).subList(1, words.length).toArray(String[]::new))
        .env("PICSYNC_SOURCE_PASSWORD", "one")
        .env("PICSYNC_DESTINATION_PASSWORD", "two")
        .run();
  }
}
