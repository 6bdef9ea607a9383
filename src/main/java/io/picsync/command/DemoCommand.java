package io.picsync.command;

import io.picsync.demo.DemoArchives;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.sync.Mode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code picsync demo}: the main job on two servers of its own. */
@Command(
    name = "demo",
    description =
        "Shows the main job: starts two FTP servers with pictures of its own on this machine, compares and synchronizes them, and says where to look.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String USER = "demo";
  private static final String PASSWORD = "demo";
  private static final Map<String, String> PASSWORDS =
      Map.of("PICSYNC_SOURCE_PASSWORD", PASSWORD, "PICSYNC_DESTINATION_PASSWORD", PASSWORD);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Where to put the pictures and reports; a new temporary folder by default.")
  private @Nullable Path folder;

  @Option(
      names = "--pictures-only",
      description = "Put the pictures there, for servers of your own, and end.")
  private boolean picturesOnly;

  @Option(
      names = "--serve",
      description =
          "Keep the servers running afterwards, and serve the web page over them until Ctrl-C.")
  private boolean serve;

  @Override
  public Integer call() throws Exception {
    LogSetup.level(0);
    PrintWriter out = spec.commandLine().getOut();
    Path place = folder == null ? Files.createTempDirectory("picsync-demo-") : folder;
    say(out, "Taking the pictures of one camera over two days …");
    DemoArchives archives = DemoArchives.create(place);
    if (picturesOnly) {
      say(out, "the old server's pictures  " + archives.oldHome());
      say(out, "the new server's pictures  " + archives.newHome());
      return ExitCode.NOTHING_MISSING;
    }
    Path reports = place.resolve("reports");
    try (EmbeddedFtpServer old = EmbeddedFtpServer.start(archives.oldHome(), USER, PASSWORD);
        EmbeddedFtpServer fresh = EmbeddedFtpServer.start(archives.newHome(), USER, PASSWORD)) {
      TransferOptions options = new TransferOptions();
      options.source = uri(old);
      options.destination = uri(fresh);
      options.reports = reports;
      say(out, "Two FTP servers run on this machine: the old one, and the new one that took over.");
      say(out, "");
      say(out, "What is missing on the new one?");
      run(out, options, Mode.check);
      say(out, "Bring it over:");
      run(out, options, Mode.sync);
      say(out, "And once more, to be sure:");
      int code = run(out, options, Mode.sync);
      whereToLook(out, archives, reports);
      return serve ? serve(out, options) : code;
    }
  }

  private static int serve(PrintWriter out, TransferOptions options) throws Exception {
    Map<String, String> settings = new TreeMap<>();
    settings.putAll(Sides.settings("source", options.source, options.connections, PASSWORDS));
    settings.putAll(
        Sides.settings("destination", options.destination, options.connections, PASSWORDS));
    return DemoPage.serve(out, settings, Objects.requireNonNull(options.reports));
  }

  private int run(PrintWriter out, TransferOptions options, Mode mode) throws Exception {
    say(out, "");
    say(out, "$ picsync " + mode + " " + options.source + " " + options.destination);
    int code = new OneShot(spec.commandLine(), options, mode, PASSWORDS).call();
    say(out, "");
    return code;
  }

  private static String uri(EmbeddedFtpServer server) {
    return "ftp://" + USER + "@127.0.0.1:" + server.port() + "/" + DemoArchives.ARCHIVE;
  }

  private static void whereToLook(PrintWriter out, DemoArchives archives, Path reports) {
    say(out, "The picture that differs was left as it is, the unfinished upload was ignored,");
    say(out, "and what only the new server has stayed where it was. Where to look:");
    say(out, "  the old server's pictures  " + archives.oldHome().resolve(DemoArchives.ARCHIVE));
    say(out, "  the new server's pictures  " + archives.newHome().resolve(DemoArchives.ARCHIVE));
    say(out, "  reports and lists          " + reports.resolve("command"));
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
