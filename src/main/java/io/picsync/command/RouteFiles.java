package io.picsync.command;

import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The YAML files of {@code routes/}, looked at for what Camel passes over without a word. */
final class RouteFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);

  private RouteFiles() {}

  /**
   * Refuses a file that is no list: Camel would read no route from it, and its sync would never
   * run. To be called after Camel read them, so that YAML which it can't read is told by it.
   */
  static void refuseOthersThanLists(List<Path> files) throws IOException {
    for (Path file : files) {
      String name = StartFailure.shortened(file.toString());
      Object content;
      try (InputStream in = Files.newInputStream(file)) {
        content = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      }
      if (content == null) {
        LOG.warn("The file holds no route. file={}", name);
      } else if (!(content instanceof List)) {
        throw new SettingsException(
            "%s: it is no list, so no route is read from it. Its first line is to be '- route:', with the dash."
                .formatted(name));
      }
    }
  }
}
