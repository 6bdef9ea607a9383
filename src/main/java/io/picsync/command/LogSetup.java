package io.picsync.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Logging without a file to parse at each start: one line an event on standard error, no stack
 * trace below DEBUG. The system property {@code picsync.log} sets the level; {@code
 * logback.configurationFile} replaces all of this.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String LEVEL = "picsync.log";

  /**
   * To be called before the first logger is made.
   *
   * @param verbosity 0 for what needs attention, 1 for the course of things, 2 for everything
   */
  static void level(int verbosity) {
    System.setProperty(LEVEL, verbosity == 0 ? "WARN" : verbosity == 1 ? "INFO" : "DEBUG");
  }

  /** Whether stack traces are wanted. */
  static boolean isDebug() {
    return "DEBUG".equals(System.getProperty(LEVEL));
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Level level = Level.toLevel(System.getProperty(LEVEL), Level.WARN);
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder(context));
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
    context.getLogger("io.picsync").setLevel(level);
    root.addAppender(console);
    quieten(context, level);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** One line an event, for standard error and the file alike. */
  static PatternLayoutEncoder encoder(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(
        isDebug()
            ? "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{0} %msg%n%ex"
            : "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%nopex%n");
    encoder.start();
    return encoder;
  }

  /**
   * Libraries speak at WARN, and at INFO when all is wanted: at DEBUG Camel tells what placeholders
   * stand for, passwords too. What they know of a failed start, the command says itself.
   */
  private static void quieten(LoggerContext context, Level level) {
    context.getLogger("org.apache.camel.impl.engine").setLevel(Level.OFF);
    context.getLogger("org.apache.camel.impl.DefaultCamelContext").setLevel(Level.OFF);
    context.getLogger("org.apache.camel.processor.FatalFallbackErrorHandler").setLevel(Level.OFF);
    if (level.isGreaterOrEqual(Level.INFO)) {
      context.getLogger("org.apache").setLevel(Level.WARN);
      context.getLogger("org.apache.camel.component.file.remote").setLevel(Level.ERROR);
    }
    context.getLogger("com.networknt").setLevel(Level.ERROR); // it warns of Camel's schema
    if ("WARN".equals(System.getProperty(LEVEL))) { // one run, whose result tells how it ended
      context.getLogger("io.picsync.report.ReportSteps").setLevel(Level.OFF);
      context.getLogger("io.picsync.sync.SyncConsumer").setLevel(Level.OFF);
      context.getLogger("io.picsync.transfer.TransferSteps").setLevel(Level.OFF);
    }
  }
}
