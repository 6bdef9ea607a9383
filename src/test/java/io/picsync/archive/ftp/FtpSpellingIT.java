package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.FetchedPicture;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.OpenServers;
import io.picsync.archive.Picture;
import io.picsync.archive.PictureContent;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Server;
import io.picsync.archive.Servers;
import io.picsync.archive.Spool;
import io.picsync.archive.Stored;
import io.picsync.testing.ScriptedFtpServer;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that a server's encoding has no letters for. */
final class FtpSpellingIT {

  /**
   * @param options that end its URI
   */
  private static Servers open(ScriptedFtpServer scripted, String options) {
    return OpenServers.of(
        OpenServers.x(
            "uri", scripted.uri() + options,
            "username", ScriptedFtpServer.USER,
            "password", ScriptedFtpServer.PASSWORD));
  }

  @Test
  void namesAreReadInTheEncodingThatTheServerIsSaidToUse(@TempDir Path spool) throws Exception {
    for (String[] without : new String[][] {{}, {"MLSD"}}) {
      try (ScriptedFtpServer scripted = ScriptedFtpServer.startWithout(without);
          Servers servers = open(scripted, "?ftpClient.controlEncoding=ISO-8859-1")) {
        scripted.put("\u00fc.jpg", new byte[3], Instant.EPOCH); // in UTF-8: two bytes

        Listing.Trusted listing =
            (Listing.Trusted) servers.get("x").list(new Location("", ""), () -> false);

        assertThat(listing.pictures())
            .extracting(Picture::name)
            .containsExactly("\u00c3\u00bc.jpg"); // in ISO-8859-1: two letters
        FetchedPicture fetched =
            servers
                .get("x")
                .fetch(new Location("", "\u00c3\u00bc.jpg"), 3, new Spool(spool, 10), () -> false);
        assertThat(fetched.readAllBytes()).hasSize(3);
      }
    }
  }

  /** commons-net reads the control connection anew then. */
  @Test
  void serverWhoseEncodingIsFoundOutIsListedByStatToo() throws Exception {
    try (ScriptedFtpServer scripted = ScriptedFtpServer.startWithStat();
        Servers servers = open(scripted, "?ftpClient.autodetectUTF8=true")) {
      scripted.put("day/\u00fc.jpg", new byte[3], Instant.EPOCH);
      Server server = servers.get("x");

      Listing byList = server.list(new Location("", "day"), () -> false);
      Listing byStat = server.list(new Location("", "day"), () -> false);

      assertThat(((Listing.Trusted) byStat).pictures())
          .extracting(Picture::name)
          .containsExactly("\u00fc.jpg");
      assertThat(byStat).isEqualTo(byList);
      assertThat(scripted.count("LIST")).isEqualTo(1);
    }
  }

  @Test
  void nameThatTheEncodingCannotSpellIsRefusedAndNotStoredWithQuestionMarks() throws Exception {
    try (ScriptedFtpServer scripted = ScriptedFtpServer.start();
        Servers servers = open(scripted, "?ftpClient.controlEncoding=ISO-8859-1")) {
      Server server = servers.get("x");
      PictureContent content = new PictureContent(new ByteArrayInputStream(new byte[3]), 3, null);

      assertThatThrownBy(() -> server.store(new Location("", "日.jpg"), content, () -> false))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("ISO-8859-1");

      assertThat(server.store(new Location("", "ü.jpg"), content, () -> false))
          .isEqualTo(Stored.STORED);
      assertThat(scripted.paths()).hasSize(1).noneMatch(path -> path.contains("?"));
    }
  }

  @Test
  void halfACharacterIsRefusedInUnicodeToo() throws Exception {
    try (ScriptedFtpServer scripted = ScriptedFtpServer.start();
        Servers servers = open(scripted, "")) {
      Server server = servers.get("x");
      String whole = Character.toString(0x1F4F7);
      for (String name : List.of(whole.substring(0, 1), whole.substring(1), "a" + whole)) {
        PictureContent content = new PictureContent(new ByteArrayInputStream(new byte[3]), 3, null);
        Location picture = new Location("", name + ".jpg");

        if (name.contains(whole)) {
          assertThat(server.store(picture, content, () -> false)).isEqualTo(Stored.STORED);
        } else {
          assertThatThrownBy(() -> server.store(picture, content, () -> false))
              .isInstanceOf(RefusedException.class)
              .hasMessageContaining("can't be spelled in UTF-8");
        }
      }
      assertThat(scripted.paths()).containsExactly("a" + whole + ".jpg");
    }
  }
}
