package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of any name on the command line, and pictures of any name in them. */
final class NamesIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private final Path folder;

  NamesIT(@TempDir Path temporary) {
    folder = temporary;
  }

  private Path tree(String name) throws IOException {
    Path root = folder.resolve(name);
    Trees.put(root, "20110714/1.jpg", Trees.picture(1, 300), TAKEN);
    Trees.put(root, "Gew\u00e4chshaus \u00fc/2.jpg", Trees.picture(2, 300), TAKEN);
    return root;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "\u00fcml\u00e4ut",
        "100%",
        "%41bc",
        "a+b",
        "a#b",
        "a?b=c",
        "[brackets]",
        "{{braces}}",
        "${body}",
        "RAW(x)",
        "a&b;c,d",
      })
  void aFolderOfThatNameOnBothSides(String name) throws Exception {
    Path source = tree("s/" + name);
    Path destination = Files.createDirectories(folder.resolve("d")).resolve(name);

    Ended ended = picsync("sync", source.toString(), destination.toString()).run();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    assertThat(Trees.snapshot(destination)).isEqualTo(Trees.snapshot(source));
  }

  /** In a URI %41 means A, so only a percent sign that means nothing may stand for itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "\u00fcml\u00e4ut",
        "100%",
        "a+b",
        "a#b",
        "a?b=c",
        "[brackets]",
        "{{braces}}",
        "${body}",
        "-dash",
      })
  void anFtpFolderOfThatNameOnBothSides(String name) throws Exception {
    Path source = tree("s/" + name);
    Path home = Files.createDirectories(folder.resolve("d"));
    try (EmbeddedFtpServer old = EmbeddedFtpServer.start(folder.resolve("s"), "u", "p");
        EmbeddedFtpServer fresh = EmbeddedFtpServer.start(home, "u", "p")) {
      Ended ended =
          picsync(
                  "sync",
                  "ftp://u@127.0.0.1:" + old.port() + "/" + name,
                  "ftp://u@127.0.0.1:" + fresh.port() + "/" + name)
              .env("PICSYNC_SOURCE_PASSWORD", "p")
              .env("PICSYNC_DESTINATION_PASSWORD", "p")
              .run();

      assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    }
    assertThat(Trees.snapshot(home.resolve(name))).isEqualTo(Trees.snapshot(source));
  }

  @Test
  void anFtpFolderMayBeWrittenAsUrisAre() throws Exception {
    Path source = tree("s/a b%41\u00fc");
    Path destination = folder.resolve("d");
    try (EmbeddedFtpServer old = EmbeddedFtpServer.start(folder.resolve("s"), "u", "p")) {
      Ended ended =
          picsync(
                  "sync",
                  "ftp://u@127.0.0.1:" + old.port() + "/a%20b%2541%C3%BC",
                  destination.toString())
              .env("PICSYNC_SOURCE_PASSWORD", "p")
              .run();

      assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    }
    assertThat(Trees.snapshot(destination)).isEqualTo(Trees.snapshot(source));
  }

  @Test
  void aLeadingDashIsANameAfterTwoDashes() throws Exception {
    Path source = tree("-source");

    Ended ended = picsync("sync", "--", "-source", "--destination").in(folder).run();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    assertThat(Trees.snapshot(folder.resolve("--destination"))).isEqualTo(Trees.snapshot(source));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "de_DE.ISO-8859-1", "nonsense", ""})
  void umlautsAreTheSameInEveryLocale(String locale) throws Exception {
    Path source = tree("Gew\u00e4chshaus");
    Path destination = folder.resolve("Ziel f\u00fcr " + locale);

    Ended ended =
        picsync("sync", source.toString(), destination.toString()).env("LC_ALL", locale).run();

    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    assertThat(Trees.snapshot(destination)).isEqualTo(Trees.snapshot(source));
  }

  @Test
  void aLocaleOfLangAloneIsSetRight() throws Exception {
    Path source = tree("Gew\u00e4chshaus");
    Ended ended =
        picsync("sync", source.toString(), folder.resolve("Ziel \u00fc").toString())
            .by("env", "-u", "LC_ALL", "-u", "LC_CTYPE", "LANG=C")
            .run();

    assertThat(ended.code()).isZero();
    assertThat(Trees.snapshot(folder.resolve("Ziel \u00fc"))).isEqualTo(Trees.snapshot(source));
  }

  @Test
  void picturesOfAnyNameArriveOverFtp() throws Exception {
    Path source = folder.resolve("s");
    int number = 0;
    for (String name : Trees.hostileNames()) {
      if (!name.contains("\\")) { // this server's library takes it for a slash
        Trees.put(source, "20110714/" + name, Trees.picture(number++, 300), TAKEN);
      }
    }
    Path destination = folder.resolve("d");
    try (EmbeddedFtpServer old = EmbeddedFtpServer.start(source, "u", "p")) {
      Ended ended =
          picsync("sync", "ftp://u@127.0.0.1:" + old.port(), destination.toString())
              .env("PICSYNC_SOURCE_PASSWORD", "p")
              .env("LC_ALL", "C")
              .run();

      assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    }
    assertThat(Trees.snapshot(destination)).hasSizeGreaterThan(30);
    assertThat(Trees.snapshot(destination)).isEqualTo(Trees.snapshot(source));
  }
}
