package io.picsync.archive.sftp;

import io.picsync.archive.ArchiveServerContract;
import io.picsync.archive.OpenServers;
import io.picsync.archive.Stored;
import io.picsync.testing.EmbeddedSftpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Apache MINA SSHD: names are given by hardlink@openssh.com, digests told by check-file-name. */
final class SftpEmbeddedContractIT extends ArchiveServerContract {
  private @Nullable EmbeddedSftpServer sftp;

  @Override
  protected Map<String, String> start(Path folder) throws IOException {
    EmbeddedSftpServer started = EmbeddedSftpServer.start(folder, "camera", "secret");
    sftp = started;
    return OpenServers.x(
        "uri",
        started.uri(),
        "username",
        "camera",
        "password",
        "secret",
        "host-key",
        "unverified",
        "connections",
        String.valueOf(CONNECTIONS));
  }

  @Override
  protected Stored stored(long size) {
    return size == 0 ? Stored.STORED : Stored.HASHED;
  }

  @Test
  void pictureWhoseDigestIsWrongIsNeverVisible() throws IOException {
    pictureWhoseDigestIsWrongIsFoundOut();
  }

  @Override
  protected void stop() {
    Objects.requireNonNull(sftp).close();
  }
}
