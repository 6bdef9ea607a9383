package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.ServerConfig;
import io.picsync.settings.Settings;
import java.net.URI;
import java.util.Map;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FtpEndpointsTest {
  @ParameterizedTest
  @CsvSource({
    "ftp://old.example.org/pictures, old.example.org, 21",
    "ftp://192.0.2.1:2121/pictures, 192.0.2.1, 2121",
    "ftp://[::1]/pictures, [::1], 21",
    "ftps://[2001:db8::1]:2121/pictures, [2001:db8::1], 2121",
  })
  void hostAndPortAreThoseOfTheUri(String uri, String host, int port) throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext(false)) {
      context.build();
      ServerConfig config = new ServerConfig("old", URI.create(uri), new Settings(Map.of()));

      assertThat(FtpEndpoints.endpoint(context, config, 21, Map.of()).getConfiguration())
          .returns(host, RemoteFileConfiguration::getHost)
          .returns(port, RemoteFileConfiguration::getPort);
    }
  }
}
