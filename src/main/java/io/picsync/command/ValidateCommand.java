package io.picsync.command;

import io.picsync.archive.Servers;
import io.picsync.routes.FileFault;
import io.picsync.routes.RouteFile;
import io.picsync.routes.RouteRules;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.util.FileUtil;
import org.apache.commons.cli.CommandLine;
import org.jspecify.annotations.Nullable;

/** {@code picsync validate}: what a live edit and a start would refuse, before they see it. */
final class ValidateCommand implements Command {
  @Override
  public String name() {
    return "validate";
  }

  @Override
  public String description() {
    return """
        Looks at routes/ and config/application.properties and says what is wrong, file and line.
        Connects to nothing and changes nothing, so it may be used anywhere: before a commit, in CI.
        """;
  }

  @Override
  public Syntax syntax() {
    return new Syntax()
        .optionalOperand(
            "BASE",
            "The folder with config/ and routes/; by default the one that 'run' would use.");
  }

  @Override
  public int call(CommandLine given, Console console) throws Exception {
    LogSetup.level(0);
    List<String> words = given.getArgList();
    Home home = home(Syntax.folder("BASE", words.isEmpty() ? null : words.get(0)));
    ConfigurationFile config;
    try {
      config = ConfigurationFile.read(home.config());
    } catch (IOException | IllegalArgumentException e) {
      tell(console.err(), List.of(ConfigurationFile.unreadable(home.config(), e).toString()));
      return ExitCode.FAULTS;
    }
    ElsewhereSettings elsewhere = ElsewhereSettings.of(config.properties(), System.getenv());
    List<String> faults = new ArrayList<>();
    Path state = Files.createTempDirectory("picsync-validate-");
    try {
      faults.addAll(faults(home, config, elsewhere, state));
    } finally {
      FileUtil.removeDir(state.toFile());
    }
    PrintWriter out = console.out();
    elsewhere.notes().forEach(note -> out.println("note: " + note));
    home.unread().forEach(file -> out.println("note: " + Home.told(file)));
    tell(console.err(), faults);
    out.printf(
        "%d route files and the configuration: %s%n",
        home.routes().size(),
        faults.isEmpty() ? "nothing is wrong." : "faults: " + faults.size() + ".");
    out.flush();
    return faults.isEmpty() ? ExitCode.NOTHING_MISSING : ExitCode.FAULTS;
  }

  private static Home home(@Nullable Path folder) {
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UsageException("BASE: there is no folder " + folder + ".");
    }
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (folder != null) {
      environment.put(Home.BASE, folder.toString());
    }
    return Home.find(System.getProperty("picsync.home", ""), environment);
  }

  private static void tell(PrintWriter err, List<String> faults) {
    faults.forEach(err::println);
    err.flush();
  }

  private static List<String> faults(
      Home home, ConfigurationFile config, ElsewhereSettings elsewhere, Path state) {
    Map<String, String> given = new HashMap<>(elsewhere.standIns());
    given.put(RuntimeKeys.REPORT_FOLDER, state.resolve("reports").toString());
    given.put(RuntimeKeys.TRANSFER_SPOOL, state.resolve("spool").toString());
    given.put("picsync.api.enabled", "true"); // its routes are looked at whether it is or not
    Main main =
        CamelMain.create(new PicsyncRuntime(home.state(), Clock.systemUTC(), given).asService());
    main.setPropertyPlaceholderLocations("file:" + home.config());
    main.configure().withJmxEnabled(false);
    // these would listen on ports
    main.addOverrideProperty("camel.server.enabled", "false");
    main.addOverrideProperty("camel.management.enabled", "false");
    try {
      main.init();
      CamelContext context = main.getCamelContext();
      Servers servers =
          Objects.requireNonNull(
              context.getRegistry().lookupByNameAndType("servers", Servers.class));
      return new RouteRules(context, servers)
          .faults(read(home)).stream()
              .filter(fault -> !fault.rule().equals("environment"))
              .sorted(Comparator.comparing(FileFault::file).thenComparing(FileFault::line))
              .map(FileFault::toString)
              .toList();
    } catch (Exception e) {
      SettingsException told = StartFailure.of(e, main.getCamelContext());
      return List.of(config.fault(String.valueOf(told.getMessage())).toString());
    } finally {
      main.stop();
    }
  }

  private static List<RouteFile> read(Home home) throws IOException {
    List<RouteFile> files = new ArrayList<>();
    for (Path file : home.routes()) {
      files.add(RouteFile.read(StartFailure.shortened(file.toString()), file));
    }
    return files;
  }
}
