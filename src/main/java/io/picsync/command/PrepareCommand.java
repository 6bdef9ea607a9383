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
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code picsync prepare}: does once, in small, what check and sync do, while {@code bin/picsync}
 * has the JVM write down the classes that it takes.
 */
@Command(
    name = "prepare",
    description = {
      "Makes the next starts faster: keeps what Java works out at each start in a file.",
      "The first check or sync does so by itself; of use for an image or a package."
    },
    mixinStandardHelpOptions = true)
final class PrepareCommand implements Callable<Integer> {
  private static final String USER = "prepare";
  private static final String PASSWORD = "prepare";

  /** The least that is taken for a whole JPEG. */
  private static final byte[] PICTURE = {
    (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 2, (byte) 0xff, (byte) 0xd9
  };

  @Override
  public Integer call() throws Exception {
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
        run(place, uri(old), uri(fresh), Mode.check);
        run(place, uri(old), uri(fresh), Mode.sync);
        run(place, uri(fresh), place.resolve("copies").toString(), Mode.sync);
      }
    } finally {
      remove(place);
    }
    return ExitCode.NOTHING_MISSING;
  }

  private static void run(Path place, String source, String destination, Mode mode)
      throws Exception {
    CommandLine silent = Picsync.commandLine();
    silent.setOut(new PrintWriter(Writer.nullWriter()));
    silent.setErr(new PrintWriter(Writer.nullWriter()));
    TransferOptions options = new TransferOptions();
    options.source = source;
    options.destination = destination;
    options.reports = place.resolve("reports");
    options.settle = "0s";
    Map<String, String> passwords =
        Map.of("PICSYNC_SOURCE_PASSWORD", PASSWORD, "PICSYNC_DESTINATION_PASSWORD", PASSWORD);
    new OneShot(silent, options, mode, passwords).call();
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
