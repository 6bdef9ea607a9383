package io.picsync.command;

import io.picsync.routes.FileFault;
import io.picsync.routes.RouteFile;
import io.picsync.routes.RouteRules;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The YAML files of {@code routes/}, looked at for what Camel passes over without a word, or tells
 * without a place.
 */
final class RouteFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);

  private RouteFiles() {}

  /**
   * Refuses a file that is no list, for Camel would read no route from it, and its sync would never
   * run; and an id that is there twice, since Camel does not say where. To be called after Camel
   * read the files, so that YAML which it can't read is told by it.
   */
  static void refuseWhatCamelPassesOver(List<Path> files) throws IOException {
    List<RouteFile> read = new ArrayList<>();
    for (Path file : files) {
      String name = StartFailure.shortened(file.toString());
      RouteFile route = RouteFile.of(name, Files.readString(file));
      if (route.isEmpty()) {
        LOG.warn("The file holds no route. file={}", name);
      } else if (route.unreadable() != null) {
        throw new SettingsException(name + ": " + route.unreadable().what());
      }
      read.add(route);
    }
    refuseTwins(read);
  }

  /** Says where an id stands twice, when Camel said that one does. */
  static void explainTwins(List<Path> files) throws IOException {
    List<RouteFile> read = new ArrayList<>();
    for (Path file : files) {
      read.add(RouteFile.of(StartFailure.shortened(file.toString()), Files.readString(file)));
    }
    refuseTwins(read);
  }

  private static void refuseTwins(List<RouteFile> files) {
    for (FileFault fault : RouteRules.starting(files)) {
      throw new SettingsException(fault.toString());
    }
  }
}
