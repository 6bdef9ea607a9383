package io.picsync.command;

import io.picsync.archive.Servers;
import io.picsync.routes.FileFault;
import io.picsync.routes.LiveRoutes;
import io.picsync.routes.LiveWatch;
import io.picsync.routes.RouteRules;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;

/** Puts live edits into the service, between its reading of the files and its runs. */
final class LiveEditing extends MainListenerSupport {
  private static final String ROUTES = "live-routes";

  private final Home home;
  private final Duration look;
  private final boolean hadSyncs;
  private @Nullable LiveWatch watch;

  /**
   * @param look the time between two looks at the files
   */
  LiveEditing(Home home, Duration look) {
    this.home = home;
    this.look = look;
    this.hadSyncs = Files.isDirectory(home.syncs());
  }

  @Override
  public void beforeConfigure(BaseMainSupport main) {
    CamelContext context = main.getCamelContext();
    String wanted = setting(context, RuntimeKeys.ROUTES_LIVE, "true");
    if (!wanted.matches("true|false")) {
      throw new SettingsException(
          "%s=%s: true or false is wanted.".formatted(RuntimeKeys.ROUTES_LIVE, wanted));
    }
    LiveWatch.Runs runs = runs(setting(context, RuntimeKeys.ROUTES_RUNS, "end"));
    if (wanted.equals("true")) {
      LiveRoutes routes = new LiveRoutes(context, () -> files(main), () -> rules(context));
      routes.remember();
      LiveConfiguration configuration = configuration(context, routes);
      context.getRegistry().bind(ROUTES, routes);
      context.getRegistry().bind(LiveConfiguration.BEAN, configuration);
      watch = new LiveWatch(context, List.of(configuration, routes), runs, look);
    }
  }

  private LiveConfiguration configuration(CamelContext context, LiveRoutes routes) {
    try {
      return new LiveConfiguration(
          context,
          home.config(),
          () -> bean(context.getRegistry(), LiveSettings.BEAN, LiveSettings.class),
          routes::mentions);
    } catch (IOException e) {
      throw new UncheckedIOException("The configuration can't be read: " + e.getMessage(), e);
    }
  }

  private static <T> T bean(Registry registry, String name, Class<T> type) {
    return Objects.requireNonNull(registry.lookupByNameAndType(name, type));
  }

  /** What is wrong in the route file of a sync; empty where edits are not watched for. */
  static String routeFault(Registry registry, String sync) {
    LiveRoutes live = registry.lookupByNameAndType(ROUTES, LiveRoutes.class);
    return live == null ? "" : live.faultOf(sync);
  }

  static List<FileFault> routeFaults(Registry registry) {
    LiveRoutes live = registry.lookupByNameAndType(ROUTES, LiveRoutes.class);
    return live == null ? List.of() : live.faults();
  }

  static List<FileFault> standingFaults(Registry registry) {
    LiveRoutes live = registry.lookupByNameAndType(ROUTES, LiveRoutes.class);
    return live == null ? List.of() : live.standing();
  }

  static List<FileFault> configurationFaults(Registry registry) {
    LiveConfiguration live =
        registry.lookupByNameAndType(LiveConfiguration.BEAN, LiveConfiguration.class);
    return live == null ? List.of() : live.faults();
  }

  /** Edited keys that wait for the next start; sorted. */
  static Set<String> waitingKeys(Registry registry) {
    LiveConfiguration live =
        registry.lookupByNameAndType(LiveConfiguration.BEAN, LiveConfiguration.class);
    return live == null ? Set.of() : live.waiting();
  }

  private static String setting(CamelContext context, String key, String otherwise) {
    return context.resolvePropertyPlaceholders("{{%s:%s}}".formatted(key, otherwise)).strip();
  }

  private static LiveWatch.Runs runs(String text) {
    try {
      return LiveWatch.Runs.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "%s=%s: end or finish is wanted.".formatted(RuntimeKeys.ROUTES_RUNS, text), e);
    }
  }

  private static RouteRules rules(CamelContext context) {
    return new RouteRules(context, bean(context.getRegistry(), "servers", Servers.class));
  }

  /** A folder that went as a whole is a disk that went, and not the end of all syncs. */
  private List<Path> files(BaseMainSupport main) {
    if (hadSyncs && !Files.isDirectory(home.syncs())) {
      throw new UncheckedIOException(new NoSuchFileException(home.syncs().toString()));
    }
    return home.routes().stream().filter(file -> !CamelMain.leavesOut(main, file)).toList();
  }

  @Override
  public void afterStart(BaseMainSupport main) {
    try {
      if (watch != null) {
        main.getCamelContext().addService(watch);
      }
    } catch (Exception e) {
      throw new IllegalStateException("Edits can't be watched for.", e);
    }
  }
}
