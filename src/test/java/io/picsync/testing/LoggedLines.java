package io.picsync.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Collects what the service would log while this is open, from a level on. (The single command is
 * quieter.)
 */
public final class LoggedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Map<Logger, @Nullable Level> quiet = new HashMap<>();
  private final Level from;
  private final Logger root;

  private LoggedLines(LoggerContext context, Level from) {
    this.from = from;
    this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    setContext(context);
    Logger all = context.getLogger("io.picsync");
    quiet.put(all, all.getLevel());
    all.setLevel(from);
    for (Logger logger : context.getLoggerList()) {
      if (logger.getName().startsWith("io.picsync.") && logger.getLevel() != null) {
        quiet.put(logger, logger.getLevel());
        logger.setLevel(from);
      }
    }
  }

  /** Warnings and errors. */
  public static LoggedLines warnings() {
    return from(Level.WARN);
  }

  /** Those as well that only inform. */
  public static LoggedLines informing() {
    return from(Level.INFO);
  }

  private static LoggedLines from(Level from) {
    LoggedLines lines = new LoggedLines((LoggerContext) LoggerFactory.getILoggerFactory(), from);
    lines.start();
    lines.root.addAppender(lines);
    return lines;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(from)) {
      lines.add(event.getLevel() + " " + event.getFormattedMessage());
    }
  }

  public List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    root.detachAppender(this);
    quiet.forEach(Logger::setLevel);
  }
}
