package io.picsync.command;

import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where picsync lives: the program, which an upgrade replaces as a whole, apart from what is the
 * operator's own. All three may be one folder, and are unless the environment tells otherwise.
 *
 * @param program {@code bin/}, {@code lib/}, the shipped {@code routes/}, {@code docs/}; only read
 * @param base {@code config/}, {@code routes/syncs/}, and in {@code routes/} the shared files that
 *     the operator edited: one of them takes the place of the program's of the same name
 * @param state what picsync writes: relative folders of the configuration are below it
 */
record Home(Path program, Path base, Path state) {
  static final String BASE = "PICSYNC_BASE";
  static final String STATE = "PICSYNC_STATE";

  private static final String ROUTE_FILE = ".camel.yaml";

  /** Not hidden, as editors' own are. */
  private static final Pattern LIKE_ROUTES = Pattern.compile("[^.].*\\.(ya?ml|xml)");

  /** Camel reads its files by patterns and URLs, in which these mean something else. */
  private static final Pattern SPECIAL = Pattern.compile("[+,;*?]|%[0-9a-fA-F]{2}|\\{\\{");

  static Home find() {
    return find(System.getProperty("picsync.home", ""), System.getenv());
  }

  /**
   * @param program as {@code bin/picsync} tells it; empty, the working folder, when started
   *     otherwise
   */
  static Home find(String program, Map<String, String> environment) {
    Path home = Path.of(program).toAbsolutePath().normalize();
    if (!Files.isDirectory(home.resolve("routes"))) {
      throw new SettingsException(
          "The folder %s has no routes/. Start picsync with bin/picsync of its own folder."
              .formatted(home));
    }
    usable(home);
    Path base = folder(BASE, environment, home);
    if (!Files.isDirectory(base)) {
      throw new SettingsException(
          "%s=%s: there is no such folder. It holds config/ and routes/syncs/."
              .formatted(BASE, base));
    }
    usable(base);
    return new Home(home, base, folder(STATE, environment, base));
  }

  private static Path folder(String variable, Map<String, String> environment, Path otherwise) {
    String text = environment.getOrDefault(variable, "");
    return text.isBlank() ? otherwise : Path.of(text.strip()).toAbsolutePath().normalize();
  }

  private static void usable(Path folder) {
    Matcher special = SPECIAL.matcher(folder.toString());
    if (special.find()) {
      throw new SettingsException(
          "picsync can't run from the folder %s: '%s' in its path means something else to Camel. Move it to another folder."
              .formatted(folder, special.group()));
    }
  }

  /** The configuration; it need not be there. */
  Path config() {
    return base.resolve("config").resolve("application.properties");
  }

  /** The folder of the operator's syncs; it need not be there. */
  Path syncs() {
    return base.resolve("routes").resolve("syncs");
  }

  /** The shared route files, each the operator's own where there is one; sorted by name. */
  List<Path> sharedRoutes() {
    List<Path> files = new ArrayList<>(routeFiles(base.resolve("routes")));
    List<Path> names = files.stream().map(Path::getFileName).toList();
    for (Path shipped : routeFiles(program.resolve("routes"))) {
      if (!names.contains(shipped.getFileName())) {
        files.add(shipped);
      }
    }
    files.sort((one, other) -> one.getFileName().compareTo(other.getFileName()));
    return files;
  }

  /** The shared route files that stand in for shipped ones. */
  List<Path> ownRoutes() {
    return base.equals(program)
        ? List.of()
        : sharedRoutes().stream()
            .filter(file -> file.startsWith(base))
            .filter(file -> Files.exists(program.resolve("routes").resolve(file.getFileName())))
            .toList();
  }

  /** All route files: the shared ones and one for each sync. */
  List<Path> routes() {
    List<Path> files = new ArrayList<>(sharedRoutes());
    files.addAll(routeFiles(syncs()));
    return files;
  }

  /**
   * Files below {@code routes/} that look like route files and are none: of another ending, or in a
   * folder that nobody reads.
   */
  List<Path> unread() {
    List<Path> read = routes();
    Path routes = base.resolve("routes");
    if (!Files.isDirectory(routes)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(routes)) {
      return all.filter(file -> LIKE_ROUTES.matcher(String.valueOf(file.getFileName())).matches())
          .filter(file -> !read.contains(file) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // told by whoever reads them
    }
  }

  /** What is wrong with a file that is {@link #unread}. */
  static String told(Path file) {
    return "%s is not read: route files are named …%s and lie in routes/ or routes/syncs/."
        .formatted(file, ROUTE_FILE);
  }

  private static List<Path> routeFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(ROUTE_FILE))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The routes in %s can't be read.".formatted(folder), e);
    }
  }

  /** The shared routes as Camel's main takes them. */
  String sharedRoutesPattern() {
    return sharedRoutes().stream().map(file -> "file:" + file).collect(Collectors.joining(","));
  }

  /** Those and the syncs. */
  String allRoutesPattern() {
    return sharedRoutesPattern() + ",file:" + syncs() + "/*" + ROUTE_FILE;
  }
}
