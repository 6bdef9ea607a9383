package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.testing.CheckedApi;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code picsync demo --serve}: the demonstration goes on behind its page. */
final class DemoServeIT {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String TAKEN = "20110715/20110715235959.jpg";

  @Test
  void thePageShowsWhatHappenedAndBringsWhatComesLaterUntilItIsStopped(@TempDir Path folder)
      throws Exception {
    try (PicsyncProcess demo = picsync("demo", "--serve", "--folder", folder.toString()).start()) {
      await().atMost(BOUND).until(() -> demo.out().contains(" to check and sync."));
      CheckedApi api =
          new CheckedApi(URI.create(told(demo, "The page is at (http://127.0.0.1:\\d+)/")));
      await().atMost(BOUND).until(() -> api.json("/api/reports").at("/reports").size() == 4);
      assertThat(api.json("/api/reports").at("/reports"))
          .extracting(report -> report.at("/mode").asText() + " " + report.at("/status").asText())
          .containsExactly(
              "check completed", "sync completed", "sync completed", "check completed");
      assertThat(api.json("/api/syncs/command/calendar").at("/days")).hasSize(2);

      byte[] picture = Trees.picture(7, 5_000);
      Trees.put(Path.of(told(demo, "old server's pictures +(.+)")), TAKEN, picture, Instant.EPOCH);
      CheckedApi operator =
          api.as("operator", told(demo, "password (\\S+) to check and sync")).changing();
      assertThat(operator.post("/api/syncs/command/start", "{\"mode\":\"sync\"}").status())
          .isEqualTo(202);
      await().atMost(BOUND).until(() -> api.json("/api/reports").at("/reports").size() == 5);
      JsonNode last = api.json("/api/reports").at("/reports/0");
      assertThat(last.at("/status").asText()).isEqualTo("completed");
      assertThat(Path.of(told(demo, "new server's pictures +(.+)"), TAKEN))
          .hasBinaryContent(picture);

      demo.terminate();
      assertThat(demo.await()).returns(143, Ended::code).returns("", Ended::err);
    }
  }

  /** What the words of the demonstration tell. */
  private static String told(PicsyncProcess demo, String pattern) throws IOException {
    Matcher words = Pattern.compile(pattern).matcher(demo.out());
    assertThat(words.find()).as(pattern).isTrue();
    return words.group(1);
  }
}
