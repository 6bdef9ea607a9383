package io.picsync.command;

import io.picsync.api.ApiServer;
import io.picsync.api.ApiSettings;
import io.picsync.sync.Mode;
import io.picsync.sync.SyncComponent;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** The demonstration's archives under picsync as a service, with its page, until it is stopped. */
final class DemoPage extends MainListenerSupport {
  /** Not secret: the page is on this machine's loopback address only. */
  private static final String OPERATOR = "demonstration";

  private final PrintWriter out;

  private DemoPage(PrintWriter out) {
    this.out = out;
  }

  /**
   * Serves until Ctrl-C or SIGTERM. The one sync is that of a single command, so that the page
   * shows what the commands before have reported; a check fills its calendar.
   *
   * @param settings of the servers {@code source} and {@code destination}
   * @param reports the folder that those commands reported to
   * @return the exit code
   */
  static int serve(PrintWriter out, Map<String, String> settings, Path reports) throws Exception {
    Map<String, String> all = new TreeMap<>(settings);
    all.put(RuntimeKeys.REPORT_FOLDER, reports.toAbsolutePath().toString());
    all.put(ApiSettings.PORT, "0");
    all.put(ApiSettings.OPERATOR, OPERATOR);
    Home home = Home.find();
    Main main =
        CamelMain.create(new PicsyncRuntime(home.state(), Clock.systemUTC(), all).asService());
    main.addMainListener(new DemoPage(out));
    main.configure().withRoutesIncludePattern(home.sharedRoutesPattern() + "," + OneShot.ROUTE);
    try {
      main.run();
    } catch (Exception e) {
      throw StartFailure.of(e, main.getCamelContext());
    }
    return main.getExitCode();
  }

  @Override
  public void afterStart(BaseMainSupport main) {
    main.getCamelContext()
        .getRegistry()
        .lookupByNameAndType("api-server", ApiServer.class)
        .listening()
        .thenAccept(
            address -> {
              tell(address);
              // the commands before keep no calendar
              SyncComponent.syncs(main.getCamelContext()).forEach(sync -> sync.start(Mode.check));
            });
  }

  private void tell(String address) {
    out.println();
    out.println("The page is at " + address + "/ until Ctrl-C. Sign in there as operator with the");
    out.println("password " + OPERATOR + " to check and sync.");
    out.flush();
  }
}
