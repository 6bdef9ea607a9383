package io.picsync.command;

import java.time.Clock;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** Camel's main as picsync wants it, for the service and the command line alike. */
final class CamelMain {
  private CamelMain() {}

  /**
   * @param given settings beside those of the configuration, taken letter by letter
   */
  static Main create(Home home, Clock clock, Map<String, String> given) {
    return create(new PicsyncRuntime(home.state(), clock, given));
  }

  static Main create(PicsyncRuntime runtime) {
    return configured(new Main(), runtime);
  }

  /** For one run, which starts sooner: its route files are parsed once. */
  static Main createForOneRun(Home home, Map<String, String> given) {
    Main main =
        new Main() {
          @Override
          protected void modelineRoutes(CamelContext context) {
            // would parse them beforehand as well, for beans that other files' properties might
            // need
          }
        };
    return configured(main, new PicsyncRuntime(home.state(), Clock.systemUTC(), given));
  }

  private static Main configured(Main main, PicsyncRuntime runtime) {
    main.setPropertyPlaceholderLocations("");
    main.addMainListener(runtime);
    main.configure()
        .withName("picsync")
        .withStreamCachingEnabled(false)
        .withAutoConfigurationLogSummary(false)
        .withShutdownTimeout(30)
        .withShutdownSuppressLoggingOnTimeout(true)
        .withUseBreadcrumb(false);
    return main;
  }

  static final String API_ROUTES = "**/api.camel.yaml,**/page.camel.yaml";

  /** What only a service needs, and a single command would load for nothing. */
  static final String SERVICE_ROUTES =
      API_ROUTES + ",**/delivery.camel.yaml,**/retention.camel.yaml";
}
