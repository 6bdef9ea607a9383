package io.picsync.command;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.picsync.lists.WholeFile;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log in files too, for who has no journal: one that is written, and older ones, compressed,
 * bounded in size and age together. A tenth of the size is one file's.
 */
final class LogFile {
  private static final String APPENDER = "picsync-log-file";
  private static final int FILES = 10;
  private static final long LEAST = 1L << 20;

  private LogFile() {}

  /**
   * Opens it where the settings name one; standard error keeps being written.
   *
   * @param state relative files are below it
   * @throws SettingsException when it can't be written
   */
  static void open(Settings settings, Path state, LoggerContext context) {
    check(settings);
    if (settings.text(RuntimeKeys.LOG_FILE).isPresent()) {
      Path file = state.resolve(settings.text(RuntimeKeys.LOG_FILE, ""));
      prepare(file);
      open(file, size(settings), days(settings), context);
    }
  }

  private static long size(Settings settings) {
    return settings.size(RuntimeKeys.LOG_SIZE, 100L << 20);
  }

  private static int days(Settings settings) {
    return settings.count(RuntimeKeys.LOG_DAYS, 30, 1);
  }

  /**
   * Reads the settings alone.
   *
   * @throws SettingsException when one can't be used
   */
  static void check(Settings settings) {
    long size = size(settings);
    days(settings);
    if (settings.text(RuntimeKeys.LOG_FILE).isEmpty()) {
      for (String key : new String[] {RuntimeKeys.LOG_SIZE, RuntimeKeys.LOG_DAYS}) {
        if (settings.text(key).isPresent()) {
          throw new SettingsException(
              "%s does nothing without %s.".formatted(key, RuntimeKeys.LOG_FILE));
        }
      }
    } else if (size < LEAST) {
      throw new SettingsException("%s: at least 1MB is wanted.".formatted(RuntimeKeys.LOG_SIZE));
    }
  }

  private static void prepare(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        WholeFile.makeFolders(folder);
      }
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
    } catch (IOException e) {
      throw unwritable(file, e.toString());
    }
    if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
      throw unwritable(file, "it is no file, or it may not be written");
    }
  }

  private static SettingsException unwritable(Path file, String why) {
    return new SettingsException(
        "%s=%s can't be written: %s.".formatted(RuntimeKeys.LOG_FILE, file, why));
  }

  /** Takes the place of one opened before, so that a context never has two. */
  private static void open(Path file, long size, int days, LoggerContext context) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Appender<ILoggingEvent> before = root.getAppender(APPENDER);
    if (before != null) {
      root.detachAppender(before);
      before.stop();
    }
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName(APPENDER);
    appender.setFile(file.toString());
    appender.setEncoder(LogSetup.encoder(context));

    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(file + ".%d{yyyy-MM-dd}.%i.gz");
    policy.setMaxFileSize(new FileSize(size / FILES));
    policy.setMaxHistory(days);
    policy.setTotalSizeCap(new FileSize(size - size / FILES));
    policy.setCleanHistoryOnStart(true);
    policy.start();
    appender.setRollingPolicy(policy);
    appender.start();
    root.addAppender(appender);
  }
}
