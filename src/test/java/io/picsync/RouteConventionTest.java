package io.picsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.Servers;
import io.picsync.command.PicsyncRuntime;
import io.picsync.routes.FileFault;
import io.picsync.routes.RouteFile;
import io.picsync.routes.RouteRules;
import io.picsync.testing.PicsyncContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real routes keep the rules, and each rule turns red on a file that breaks it. */
final class RouteConventionTest {
  private static final Path BAD = Path.of("src/test/resources/routes-bad");

  private final DefaultCamelContext context = new DefaultCamelContext(false);
  private Path folder;

  @BeforeEach
  void wire(@TempDir Path home) {
    folder = home;
    context.disableJMX();
    context.getPropertiesComponent().addOverrideProperty("picsync.server.old.uri", "file:/old");
    context.getPropertiesComponent().addOverrideProperty("picsync.server.new.uri", "file:/new");
    context.getPropertiesComponent().addOverrideProperty("picsync.server.source.uri", "file:/old");
    context
        .getPropertiesComponent()
        .addOverrideProperty("picsync.server.destination.uri", "file:/new");
    context.build();
    new PicsyncRuntime(home, Clock.systemUTC()).asService().bind(context);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  static List<Path> badFiles() throws IOException {
    return files(BAD);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
    }
  }

  /** The shared routes, all syncs that are shipped, and the example of the syncs' page. */
  private List<Path> shipped() throws IOException {
    List<Path> files = new ArrayList<>(files(PicsyncContext.ROUTES));
    files.addAll(files(Path.of("docker/routes/syncs")));
    files.add(Path.of("src/main/resources/io/picsync/command/command.camel.yaml"));
    String page = Files.readString(PicsyncContext.ROUTES.resolve("syncs/README.md"));
    String example =
        page.lines()
            .filter(line -> line.startsWith("    "))
            .takeWhile(line -> !line.contains("picsync.server."))
            .map(line -> line.substring(4))
            .collect(Collectors.joining("\n"));
    assertThat(example).contains("sync:source1");
    files.add(Files.writeString(folder.resolve("source1.camel.yaml"), example + "\n"));
    return files;
  }

  private List<FileFault> faults(List<Path> files) throws IOException {
    List<RouteFile> read = new ArrayList<>();
    for (Path file : files) {
      read.add(RouteFile.of(String.valueOf(file.getFileName()), Files.readString(file)));
    }
    Servers servers =
        Objects.requireNonNull(context.getRegistry().lookupByNameAndType("servers", Servers.class));
    RouteRules rules = new RouteRules(context, servers);
    List<FileFault> found = new ArrayList<>(rules.faults(read));
    if (found.isEmpty()) {
      found.addAll(rules.unused(read));
    }
    return found;
  }

  @Test
  void routesKeepTheRules() throws IOException {
    assertThat(faults(shipped())).isEmpty();
  }

  @Test
  void routesLoadWithoutBeingStarted() throws Exception {
    List<Resource> resources = new ArrayList<>();
    for (Path file : shipped()) {
      resources.add(
          PluginHelper.getResourceLoader(context).resolveResource("file:" + file.toAbsolutePath()));
    }
    PluginHelper.getRoutesLoader(context).loadRoutes(resources);
    assertThat(context.getRouteDefinitions())
        .extracting(route -> route.getId())
        .doesNotHaveDuplicates()
        .contains("compare", "transfer", "transfer-picture", "report", "cam1", "source1");
    assertThat(context.getRoutes()).as("routes that were built").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void eachRuleTurnsRedOnItsBadFile(Path bad) throws IOException {
    List<Path> files = shipped();
    files.add(bad);
    List<FileFault> found = faults(files);
    assertThat(found)
        .allMatch(f -> f.line() > 0)
        .extracting(FileFault::what)
        .allMatch(w -> w.length() > 9);
    String rule = String.valueOf(bad.getFileName()).replaceAll("(-\\d+)?\\.camel\\.yaml$", "");
    assertThat(found).extracting(FileFault::rule).isNotEmpty().containsOnly(rule);
  }

  @Test
  void everyRuleHasABadFile() throws IOException {
    StringBuilder source = new StringBuilder();
    try (Stream<Path> all = Files.list(Path.of("src/main/java/io/picsync/routes"))) {
      for (Path file :
          all.filter(f -> f.toString().matches(".*(Rules|RouteFile|YamlSchema).java")).toList()) {
        source.append(Files.readString(file));
      }
    }
    List<String> rules =
        Pattern.compile(
                "(?:fault\\(|FileFault\\(\\s*name, \\w+,)\\s*(?:\\w+\\s*\\?)?\\s*\"([a-z-]+)\"")
            .matcher(source)
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    assertThat(rules).hasSizeGreaterThan(10);
    assertThat(badFiles())
        .extracting(
            file -> String.valueOf(file.getFileName()).replaceAll("(-\\d+)?\\.camel\\.yaml$", ""))
        .containsAll(rules);
  }
}
