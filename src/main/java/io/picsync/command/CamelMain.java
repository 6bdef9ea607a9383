package io.picsync.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.main.Main;

/** Camel's main as picsync wants it, for the service and the command line alike. */
final class CamelMain {
  private CamelMain() {}

  /**
   * @param given settings beside those of the configuration, taken letter by letter
   */
  static Main create(Path home, Clock clock, Map<String, String> given) {
    Main main = new Main();
    main.setPropertyPlaceholderLocations("");
    main.addMainListener(new PicsyncRuntime(home, clock, given));
    main.configure()
        .withName("picsync")
        .withStreamCachingEnabled(false)
        .withAutoConfigurationLogSummary(false)
        .withShutdownTimeout(30)
        .withShutdownSuppressLoggingOnTimeout(true)
        .withUseBreadcrumb(false);
    return main;
  }

  /** The routes without the operator's syncs. */
  static String sharedRoutes(Path home) {
    return "file:" + home.resolve("routes") + "/*.camel.yaml";
  }

  static String allRoutes(Path home) {
    return sharedRoutes(home) + ",file:" + home.resolve("routes") + "/syncs/*.camel.yaml";
  }
}
