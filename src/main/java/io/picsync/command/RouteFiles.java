package io.picsync.command;

import io.picsync.archive.Servers;
import io.picsync.routes.FileFault;
import io.picsync.routes.RouteFile;
import io.picsync.routes.RouteRules;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
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
      RouteFile route = RouteFile.read(name, file);
      if (route.isEmpty()) {
        LOG.warn("The file holds no route. file={}", name);
      } else if (route.unreadable() != null) {
        throw new SettingsException(name + ": " + route.unreadable().what());
      }
      read.add(route);
    }
    refuseTwins(read);
  }

  /**
   * Says on which line of a route file is what kept Camel from a start, where a rule knows it; goes
   * on where none does.
   *
   * @param context as far as it came; null where there is none
   */
  static void explain(List<Path> files, Exception failure, @Nullable CamelContext context)
      throws IOException {
    List<RouteFile> read = new ArrayList<>();
    for (Path file : files) {
      read.add(RouteFile.read(StartFailure.shortened(file.toString()), file));
    }
    if (StartFailure.isOfTwins(failure)) {
      refuseTwins(read);
    }
    String told = String.valueOf(StartFailure.of(failure, context).getMessage());
    for (FileFault fault : preventing(read, context)) {
      if (told.startsWith(fault.file() + ":")) {
        throw new SettingsException(fault.toString(), failure);
      }
    }
  }

  private static List<FileFault> preventing(List<RouteFile> files, @Nullable CamelContext context) {
    if (context == null) {
      return List.of();
    }
    Servers servers = context.getRegistry().lookupByNameAndType("servers", Servers.class);
    return servers == null ? List.of() : new RouteRules(context, servers).preventing(files);
  }

  private static void refuseTwins(List<RouteFile> files) {
    for (FileFault fault : RouteRules.starting(files)) {
      throw new SettingsException(fault.toString());
    }
  }
}
