package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.LoggedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationWatchTest {
  private final Path folder;
  private long writes = 1_700_000_000;

  ConfigurationWatchTest(@TempDir Path temporary) {
    folder = temporary;
  }

  private Path write(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("application.properties"), text);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(writes++)));
  }

  @Test
  void editedKeysAreNamedOnceAndTheirValuesNever() throws Exception {
    ConfigurationWatch watch =
        new ConfigurationWatch(write("picsync.sync.runs=4\npicsync.server.old.password=hunter2\n"));
    try (LoggedLines lines = LoggedLines.warnings()) {
      watch.look();
      assertThat(lines.lines()).isEmpty();

      write("picsync.sync.runs=8\npicsync.server.old.password=hunter3\n# more\n");
      watch.look();
      assertThat(lines.lines()).as("it may still be being written").isEmpty();
      watch.look();
      watch.look();
      assertThat(lines.lines())
          .singleElement()
          .asString()
          .contains("next start", "[picsync.server.old.password, picsync.sync.runs]")
          .doesNotContain("hunter");

      write("picsync.sync.runs=4\npicsync.server.old.password=hunter2\n");
      watch.look();
      watch.look();
      assertThat(lines.lines()).hasSize(1);
      write("picsync.sync.runs=8\npicsync.server.old.password=hunter2\n");
      watch.look();
      watch.look();
      assertThat(lines.lines()).hasSize(2).last().asString().contains("[picsync.sync.runs]");
    }
  }
}
