package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.EmbeddedSftpServer;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which ciphers the packaged command takes for SFTP, and that it works where they can't be had. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "no native ciphers here")
final class NativeCiphersIT {
  private static final String LIBRARY =
      "lib/native/Linux-x86_64/libamazonCorrettoCryptoProvider.so";

  private final Path folder;
  private final Path pictures;
  private final Path home;
  private EmbeddedSftpServer sftp;

  NativeCiphersIT(@TempDir Path temporary) throws IOException {
    folder = temporary;
    pictures = temporary.resolve("served");
    home = PicsyncProcess.copyHome(temporary.resolve("my home"));
  }

  @BeforeEach
  void start() throws IOException {
    Trees.put(pictures, "20110714/a.jpg", Trees.picture(1, 300_000), Instant.EPOCH);
    Files.createDirectory(folder.resolve("temporary"));
    sftp = EmbeddedSftpServer.start(pictures, "camera", "secret");
  }

  @AfterEach
  void stop() {
    sftp.close();
  }

  /** Transfers the picture; answers what was told, and the classes of ciphers that were loaded. */
  private String transfer() throws Exception {
    Path loaded = folder.resolve("loaded");
    Ended ended =
        picsync("sync", "sftp://camera@127.0.0.1:" + sftp.port(), folder.resolve("new").toString())
            .program(home.resolve("bin/picsync"))
            .env("PICSYNC_SOURCE_PASSWORD", "secret")
            .env("PICSYNC_SOURCE_HOST_KEY", EmbeddedSftpServer.fingerprint())
            .env(
                "PICSYNC_JAVA_OPTS",
                "-Xlog:class+init=info:file=%s -Djava.io.tmpdir=%s"
                    .formatted(loaded, folder.resolve("temporary")))
            .run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(Trees.snapshot(folder.resolve("new"))).isEqualTo(Trees.snapshot(pictures));
    String nativeOnes =
        Files.readString(loaded).contains("corretto/crypto/provider/AesGcmSpi")
            ? "native"
            : "Java's";
    return ended.err() + nativeOnes;
  }

  @Test
  void takesTheMachinesOwnAndUnpacksNothing() throws Exception {
    assertThat(transfer()).isEqualTo("native");
    assertThat(folder.resolve("temporary")).isEmptyDirectory();
  }

  @Test
  void saysSoWhenTheLibraryCanNotBeLoaded() throws Exception {
    Files.writeString(home.resolve(LIBRARY), "no library");

    assertThat(transfer())
        .contains("WARN", "native ciphers", "PICSYNC_JAVA_OPTS=-XX:TieredStopAtLevel=4")
        .endsWith("Java's");
  }

  @Test
  void unpacksThemWhereTheLibraryDoesNotLieBeside() throws Exception {
    Files.delete(home.resolve(LIBRARY));
    Files.delete(home.resolve(LIBRARY).getParent());

    assertThat(transfer()).isEqualTo("native");
  }
}
