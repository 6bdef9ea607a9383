package io.picsync.command;

import io.picsync.demo.DemoArchives;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.sync.Mode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.cli.CommandLine;

/** {@code picsync demo}: the main job on two servers of its own. */
final class DemoCommand implements Command {
  private static final String USER = "demo";
  private static final String PASSWORD = "demo";
  private static final Map<String, String> PASSWORDS =
      Map.of("PICSYNC_SOURCE_PASSWORD", PASSWORD, "PICSYNC_DESTINATION_PASSWORD", PASSWORD);

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String description() {
    return "Shows the main job: starts two FTP servers with pictures of its own on this machine, compares and synchronizes them, and says where to look.";
  }

  @Override
  public Syntax syntax() {
    return new Syntax()
        .value(
            "folder",
            "FOLDER",
            "Where to put the pictures and reports; a new temporary folder by default.")
        .flag("pictures-only", "Put the pictures there, for servers of your own, and end.")
        .flag(
            "serve",
            "Keep the servers running afterwards, and serve the web page over them until Ctrl-C.");
  }

  @Override
  public int call(CommandLine given, Console console) throws Exception {
    LogSetup.level(0);
    PrintWriter out = console.out();
    Path folder = Syntax.folder("--folder", given.getOptionValue("folder"));
    Path place = folder == null ? Files.createTempDirectory("picsync-demo-") : folder;
    say(out, "Taking the pictures of one camera over two days …");
    DemoArchives archives = DemoArchives.create(place);
    if (given.hasOption("pictures-only")) {
      say(out, "the old server's pictures  " + archives.oldHome());
      say(out, "the new server's pictures  " + archives.newHome());
      return ExitCode.NOTHING_MISSING;
    }
    Path reports = place.resolve("reports");
    try (EmbeddedFtpServer old = EmbeddedFtpServer.start(archives.oldHome(), USER, PASSWORD);
        EmbeddedFtpServer fresh = EmbeddedFtpServer.start(archives.newHome(), USER, PASSWORD)) {
      String source = uri(old);
      String destination = uri(fresh);
      Command check = new OneShotCommand(Mode.check, PASSWORDS);
      Command sync = new OneShotCommand(Mode.sync, PASSWORDS);
      say(out, "Two FTP servers run on this machine: the old one, and the new one that took over.");
      say(out, "");
      say(out, "What is missing on the new one?");
      run(console, check, source, destination, reports);
      say(out, "Bring it over:");
      run(console, sync, source, destination, reports);
      say(out, "And once more, to be sure:");
      int code = run(console, sync, source, destination, reports);
      whereToLook(out, archives, reports);
      if (folder == null) {
        say(out, "Delete " + place + " when you have seen enough.");
      }
      return given.hasOption("serve") ? serve(out, source, destination, reports) : code;
    }
  }

  private static int serve(PrintWriter out, String source, String destination, Path reports)
      throws Exception {
    Map<String, String> settings = new TreeMap<>();
    settings.putAll(Sides.settings("source", source, TransferOptions.CONNECTIONS, PASSWORDS));
    settings.putAll(
        Sides.settings("destination", destination, TransferOptions.CONNECTIONS, PASSWORDS));
    return DemoPage.serve(out, settings, reports);
  }

  private static int run(
      Console console, Command command, String source, String destination, Path reports)
      throws Exception {
    say(console.out(), "");
    say(console.out(), "$ picsync " + command.name() + " " + source + " " + destination);
    int code =
        command.call(command.syntax().read("--reports=" + reports, source, destination), console);
    say(console.out(), "");
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
