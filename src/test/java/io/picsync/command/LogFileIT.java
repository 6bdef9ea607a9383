package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log in files, within its bounds. */
final class LogFileIT {
  private static final long MEGABYTE = 1L << 20;

  private final LoggerContext context = new LoggerContext();

  private final Path state;

  LogFileIT(@TempDir Path temporary) {
    state = temporary;
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private void open(String... settings) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      values.put("picsync.log." + settings[i], settings[i + 1]);
    }
    LogFile.open(new Settings(values), state, context);
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.list(state.resolve("log"))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private long compressed() throws IOException {
    try (Stream<Path> files = Files.list(state.resolve("log"))) {
      return files.filter(file -> file.toString().endsWith(".gz")).count();
    }
  }

  @Test
  void linesAreWrittenOnceAlsoWhenItIsOpenedTwice() throws IOException {
    open("file", "log/picsync.log");
    open("file", "log/picsync.log");

    context.getLogger("io.picsync.Some").info("run={} sync={}", 1, "cam1");

    assertThat(Files.readAllLines(state.resolve("log/picsync.log")))
        .singleElement()
        .asString()
        .endsWith("INFO  Some run=1 sync=cam1");
  }

  @Test
  void olderFilesAreCompressedAndAllTogetherStayWithinTheSize() {
    open("file", "log/picsync.log", "size", "1MB");
    Random random = new Random(7);
    byte[] noise = new byte[2000];

    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              for (int line = 0; line < 3; line++) {
                random.nextBytes(noise);
                context.getLogger("x").info(HexFormat.of().formatHex(noise));
              }
              return compressed() > 1 && oldestIsGone();
            });
    // a rolled file is compressed in the background, and what is too much goes with the next one
    await().atMost(Duration.ofSeconds(10)).until(() -> bytes() < 2 * MEGABYTE);
  }

  private boolean oldestIsGone() throws IOException {
    try (Stream<Path> files = Files.list(state.resolve("log"))) {
      return files.noneMatch(file -> file.toString().endsWith(".0.gz"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "file, /dev/null/log, picsync.log.file",
    "file, ., picsync.log.file",
    "size, 5MB, picsync.log.size does nothing without picsync.log.file",
  })
  void whatCantBeDoneIsTold(String key, String value, String told) {
    assertThatThrownBy(() -> open(key, value))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(told);
  }

  @Test
  void aSizeThatHoldsNothingIsRefused() {
    assertThatThrownBy(() -> open("file", "log/picsync.log", "size", "10KB"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("picsync.log.size");
  }
}
