package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.settings.Settings;
import io.picsync.testing.ScriptedFtpServer;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Names that a server's encoding has no letters for. */
final class FtpSpellingIT {

  @Test
  void nameThatTheEncodingCannotSpellIsRefusedAndNotStoredWithQuestionMarks() throws Exception {
    try (ScriptedFtpServer scripted = ScriptedFtpServer.start();
        DefaultCamelContext context = new DefaultCamelContext()) {
      context.start();
      Map<String, String> settings =
          Map.of(
              "picsync.server.x.uri",
              scripted.uri() + "?ftpClient.controlEncoding=ISO-8859-1",
              "picsync.server.x.username",
              ScriptedFtpServer.USER,
              "picsync.server.x.password",
              ScriptedFtpServer.PASSWORD);
      try (Servers servers = new Servers(context, new Settings(settings))) {
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
  }
}
