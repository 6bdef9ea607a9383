package io.picsync.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.util.AntPathMatcher;

/** Camel's main as picsync wants it, for the service and the command line alike. */
final class CamelMain {
  private CamelMain() {}

  static Main create(PicsyncRuntime runtime) {
    return configured(new Utf8Main(), runtime);
  }

  /** The configuration: by itself Camel takes each byte of it for a character. */
  static void readInUtf8(CamelContext context) {
    context.getPropertiesComponent().setEncoding(StandardCharsets.UTF_8.name());
  }

  private static class Utf8Main extends Main {
    @Override
    protected CamelContext createCamelContext() {
      CamelContext context = super.createCamelContext();
      readInUtf8(context);
      return context;
    }
  }

  /**
   * For one run, which starts sooner: its route files are parsed once. A stop of the JVM is its
   * caller's to handle. Camel's own hook would have whichever thread stops this wait for the
   * context to be stopped, and at a bad moment that is the one which was about to stop it.
   */
  static Main createForOneRun(PicsyncRuntime runtime) {
    Main main =
        new Utf8Main() {
          @Override
          protected void modelineRoutes(CamelContext context) {
            // would parse them once more beforehand, for beans that properties might name
          }
        };
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    return configured(main, runtime);
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

  /** Of shared routes only: a sync may bear any of these names. */
  static final String API_ROUTES = "**/routes/api.camel.yaml,**/routes/page.camel.yaml";

  /** What only a service needs, and a single command would load for nothing. */
  static final String SERVICE_ROUTES =
      API_ROUTES + ",**/routes/delivery.camel.yaml,**/routes/retention.camel.yaml";

  /** Whether this start leaves out the route file. */
  static boolean leavesOut(BaseMainSupport main, Path file) {
    String patterns = main.configure().getRoutesExcludePattern();
    return patterns != null
        && Stream.of(patterns.split(","))
            .anyMatch(pattern -> AntPathMatcher.INSTANCE.match("/" + pattern, file.toString()));
  }
}
