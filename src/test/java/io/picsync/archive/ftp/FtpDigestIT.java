package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.PassingException;
import io.picsync.archive.Stored;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that offers a digest has it asked before the picture becomes visible. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpDigestIT {
  private static final String PATH = "20110714/a.jpg";
  private static final byte[] PICTURE = Trees.picture(1, 300_000);
  private static final Fault FEATURES =
      Fault.reply("211-Features:\r\n MDTM\r\n MFMT\r\n SIZE\r\n XMD5\r\n UTF8\r\n211 End");

  private ScriptedArchive archive;

  @BeforeEach
  void start(@TempDir Path spool) throws IOException {
    archive = new ScriptedArchive(ScriptedFtpServer.start(), 2, spool);
    archive.ftp.fault("FEAT", 100, FEATURES);
  }

  @AfterEach
  void stop() throws IOException {
    archive.close();
  }

  private ArmedFault digests() {
    return archive.ftp.fault(
        "XMD5",
        100,
        command -> {
          byte[] bytes = Objects.requireNonNull(archive.ftp.file(command.argument()));
          command.reply("250 " + md5(bytes));
        });
  }

  private static String md5(byte[] bytes) throws IOException {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  @Test
  void pictureWhoseDigestIsRightIsStoredAndSaysSo() throws IOException {
    ArmedFault digests = digests();

    assertThat(archive.store(PATH, PICTURE)).isEqualTo(Stored.HASHED);

    assertThat(digests.strikes()).isEqualTo(1);
    assertThat(archive.ftp.file("cam/" + PATH)).isEqualTo(PICTURE);
    assertThat(archive.ftp.modified("cam/" + PATH)).isEqualTo(ScriptedArchive.TAKEN);
  }

  /** As bad memory or a bad disk does: all bytes are there, and one is another. */
  @Test
  void pictureOfTheRightSizeWithAWrongByteIsNeverVisible() throws IOException {
    digests();
    ArmedFault flips =
        archive.ftp.fault(
            "STOR",
            1,
            command -> {
              String reply = command.perform();
              byte[] stored = Objects.requireNonNull(archive.ftp.file(command.argument()));
              stored[200_000] = (byte) ~stored[200_000];
              archive.ftp.put(command.argument(), stored, ScriptedArchive.TAKEN);
              command.reply(reply);
            });

    assertThatThrownBy(() -> archive.store(PATH, PICTURE))
        .isInstanceOf(PassingException.class)
        .hasMessageContaining("digest")
        .hasMessageContaining("cam/" + PATH);

    assertThat(flips.strikes()).isEqualTo(1);
    assertThat(archive.files()).isEmpty();
    assertThat(archive.store(PATH, PICTURE)).isEqualTo(Stored.HASHED);
  }

  @Test
  void serverThatTellsNoDigestAfterAllIsAskedNoMore() throws IOException {
    ArmedFault refused = archive.ftp.fault("XMD5", 100, Fault.reply("550 Too busy for that."));

    assertThat(archive.store(PATH, PICTURE)).isEqualTo(Stored.STORED);
    assertThat(archive.store("20110714/b.jpg", PICTURE)).isEqualTo(Stored.STORED);

    assertThat(refused.strikes()).isEqualTo(1);
  }

  @Test
  void serverWithoutDigestsIsVerifiedBySize(@TempDir Path spool) throws IOException {
    try (ScriptedArchive plain = new ScriptedArchive(ScriptedFtpServer.start(), 1, spool)) {
      assertThat(plain.store(PATH, PICTURE)).isEqualTo(Stored.STORED);
    }
  }
}
