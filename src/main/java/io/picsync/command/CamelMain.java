package io.picsync.command;

import java.time.Clock;
import java.util.Map;
import org.apache.camel.main.Main;

/** Camel's main as picsync wants it, for the service and the command line alike. */
final class CamelMain {
  private CamelMain() {}

  /**
   * @param given settings beside those of the configuration, taken letter by letter
   */
  static Main create(Home home, Clock clock, Map<String, String> given) {
    Main main = new Main();
    main.setPropertyPlaceholderLocations("");
    main.addMainListener(new PicsyncRuntime(home.state(), clock, given));
    main.configure()
        .withName("picsync")
        .withStreamCachingEnabled(false)
        .withAutoConfigurationLogSummary(false)
        .withShutdownTimeout(30)
        .withShutdownSuppressLoggingOnTimeout(true)
        .withUseBreadcrumb(false);
    return main;
  }
}
