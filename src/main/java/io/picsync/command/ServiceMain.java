package io.picsync.command;

import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.main.Main;

/** All that {@code picsync run} starts: the syncs of a home on their schedules, edited live. */
public final class ServiceMain {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private ServiceMain() {}

  /**
   * The service of a folder that holds program, configuration and state alike. {@code run()} of
   * what is returned goes on until {@code completed()} is called.
   *
   * @param look the time between two looks at the files that operators edit
   */
  public static Main of(Path home, Duration look) throws IOException {
    return of(Home.find(home.toString(), Map.of()), look);
  }

  static Main of(Home home) throws IOException {
    return of(home, LOOK);
  }

  private static Main of(Home home, Duration look) throws IOException {
    Path config = home.config();
    if (!Files.isReadable(config)) {
      throw new SettingsException(
          "The configuration %s can't be read. It may be empty, but it has to be there."
              .formatted(config));
    }
    Main main = CamelMain.create(new PicsyncRuntime(home.state(), Clock.systemUTC()).asService());
    main.addMainListener(new LiveEditing(home, look));
    main.addMainListener(new StartWords(home));
    MetricsServing.prepare(main, properties(config));
    main.setPropertyPlaceholderLocations("file:" + config);
    main.configure().withRoutesIncludePattern(home.allRoutesPattern());
    return main;
  }

  private static Properties properties(Path config) {
    try {
      return ConfigurationFile.read(config).properties();
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(ConfigurationFile.unreadable(config, e).toString(), e);
    }
  }
}
