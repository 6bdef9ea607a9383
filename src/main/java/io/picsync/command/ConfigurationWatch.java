package io.picsync.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which settings were edited while picsync runs and so wait for the next start: nobody is to
 * believe in a limit that is not in force. Names keys, never values.
 */
final class ConfigurationWatch extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Path config;
  private final Properties started;
  private final ScheduledExecutorService watch;
  private @Nullable FileTime before;
  private @Nullable FileTime read;
  private Set<String> told = Set.of();

  /** Remembers the file as it is now. */
  ConfigurationWatch(Path config) throws IOException {
    this.config = config;
    this.started = load(config);
    this.before = Files.getLastModifiedTime(config);
    this.read = before;
    this.watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "configuration-watch");
              thread.setDaemon(true);
              return thread;
            });
  }

  private static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    }
    return properties;
  }

  @Override
  protected void doStart() {
    watch.scheduleWithFixedDelay(
        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    watch.shutdownNow();
  }

  /** Reads the file when two looks found it written and at rest. */
  void look() {
    try {
      FileTime now = Files.getLastModifiedTime(config);
      if (now.equals(before) && !now.equals(read)) {
        read = now;
        tell(changed(load(config)));
      }
      before = now;
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("The configuration can't be read now. file={} why={}", config, e.toString());
    }
  }

  private Set<String> changed(Properties now) {
    Set<String> keys = new TreeSet<>(now.stringPropertyNames());
    keys.addAll(started.stringPropertyNames());
    keys.removeIf(key -> Objects.equals(now.getProperty(key), started.getProperty(key)));
    return keys;
  }

  private void tell(Set<String> keys) {
    if (keys.equals(told)) {
      return;
    }
    told = keys;
    if (keys.isEmpty()) {
      LOG.info("The configuration is again as it was at the start. file={}", config);
    } else {
      LOG.warn("Edited settings take effect at the next start. file={} keys={}", config, keys);
    }
  }
}
