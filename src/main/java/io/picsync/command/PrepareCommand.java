package io.picsync.command;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.sync.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;

/**
 * {@code picsync prepare}: does once, in small, what check and sync do, while {@code bin/picsync}
 * has the JVM write down the classes that it takes.
 */
final class PrepareCommand implements Command {
  private static final String USER = "prepare";
  private static final String PASSWORD = "prepare";
  private static final Map<String, String> PASSWORDS =
      Map.of("PICSYNC_SOURCE_PASSWORD", PASSWORD, "PICSYNC_DESTINATION_PASSWORD", PASSWORD);

  /** The least that is taken for a whole JPEG. */
  private static final byte[] PICTURE = {
    (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 2, (byte) 0xff, (byte) 0xd9
  };

  @Override
  public String name() {
    return "prepare";
  }

  @Override
  public String description() {
    return """
        Makes the next starts faster: keeps what Java works out at each start in a file.
        The first check or sync does so by itself; of use for an image or a package.
        """;
  }

  @Override
  public int call(CommandLine given, Console console) throws Exception {
    LogSetup.level(0);
    Path place = Files.createTempDirectory("picsync-prepare-");
    try {
      Path day = Files.createDirectories(place.resolve("source/20110714"));
      Files.write(day.resolve("20110714153010.jpg"), PICTURE);
      Files.write(day.resolve("20110714153020.jpg"), PICTURE);
      // one server with MLSD and the like, one with LIST only, as both are met
      try (EmbeddedFtpServer old =
              EmbeddedFtpServer.at(place.resolve("source"))
                  .user(USER, PASSWORD)
                  .without("MLSD", "MLST", "MFMT")
                  .start();
          EmbeddedFtpServer fresh =
              EmbeddedFtpServer.start(
                  Files.createDirectories(place.resolve("fresh")), USER, PASSWORD)) {
        run(new OneShotCommand(Mode.check, PASSWORDS), place, uri(old), uri(fresh));
        run(new OneShotCommand(Mode.sync, PASSWORDS), place, uri(old), uri(fresh));
        run(
            new OneShotCommand(Mode.sync, PASSWORDS),
            place,
            uri(fresh),
            place.resolve("copies").toString());
      }
    } finally {
      remove(place);
    }
    return ExitCode.NOTHING_MISSING;
  }

  private static void run(Command command, Path place, String source, String destination)
      throws Exception {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    CommandLine words =
        command
            .syntax()
            .read("--settle=0s", "--reports=" + place.resolve("reports"), source, destination);
    command.call(words, new Console(nowhere, nowhere));
  }

  private static String uri(EmbeddedFtpServer server) {
    return "ftp://" + USER + "@127.0.0.1:" + server.port() + "/";
  }

  private static void remove(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
