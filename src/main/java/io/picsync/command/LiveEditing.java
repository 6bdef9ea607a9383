package io.picsync.command;

import io.picsync.archive.Servers;
import io.picsync.routes.LiveRoutes;
import io.picsync.routes.RouteRules;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.jspecify.annotations.Nullable;

/** Puts {@link LiveRoutes} into the service, between its reading of the files and its runs. */
final class LiveEditing extends MainListenerSupport {
  static final String BEAN = "live-routes";

  private final Home home;
  private final boolean hadSyncs;
  private @Nullable LiveRoutes live;
  private @Nullable ConfigurationWatch configuration;

  LiveEditing(Home home) {
    this.home = home;
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
    LiveRoutes.Runs runs = runs(setting(context, RuntimeKeys.ROUTES_RUNS, "end"));
    if (wanted.equals("true")) {
      LiveRoutes made = new LiveRoutes(context, this::files, () -> rules(context), runs);
      made.remember();
      context.getRegistry().bind(BEAN, made);
      live = made;
      configuration = configurationWatch();
    }
  }

  private ConfigurationWatch configurationWatch() {
    try {
      return new ConfigurationWatch(home.config());
    } catch (IOException e) {
      throw new UncheckedIOException("The configuration can't be read: " + e.getMessage(), e);
    }
  }

  private static String setting(CamelContext context, String key, String otherwise) {
    return context.resolvePropertyPlaceholders("{{%s:%s}}".formatted(key, otherwise)).strip();
  }

  private static LiveRoutes.Runs runs(String text) {
    try {
      return LiveRoutes.Runs.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "%s=%s: end or finish is wanted.".formatted(RuntimeKeys.ROUTES_RUNS, text), e);
    }
  }

  private static RouteRules rules(CamelContext context) {
    return new RouteRules(
        context,
        Objects.requireNonNull(
            context.getRegistry().lookupByNameAndType("servers", Servers.class)));
  }

  /** A folder that went as a whole is a disk that went, and not the end of all syncs. */
  private List<Path> files() {
    if (hadSyncs && !Files.isDirectory(home.syncs())) {
      throw new UncheckedIOException(new NoSuchFileException(home.syncs().toString()));
    }
    return home.routes();
  }

  @Override
  public void afterStart(BaseMainSupport main) {
    try {
      if (live != null) {
        main.getCamelContext().addService(live);
      }
      if (configuration != null) {
        main.getCamelContext().addService(configuration);
      }
    } catch (Exception e) {
      throw new IllegalStateException("Edits of routes can't be watched for.", e);
    }
  }
}
