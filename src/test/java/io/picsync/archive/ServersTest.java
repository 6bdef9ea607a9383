package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.settings.Rate;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServersTest {
  @Test
  void unknownServerIsToldWithThoseThereAre() {
    try (Servers servers = OpenServers.of(OpenServers.x("uri", "file:/srv"))) {
      assertThatThrownBy(() -> servers.get("y"))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("No server is called 'y'")
          .hasMessageContaining("[x]");
    }
  }

  @Test
  void oneServerIsOneObjectSoThatItsLimitIsOne() {
    try (Servers servers = OpenServers.of(OpenServers.x("uri", "ftp://host"))) {
      assertThat(servers.get("x")).isSameAs(servers.get("x"));
      assertThat(servers.get("x").name()).isEqualTo("x");
      assertThat(servers.get("x").openConnections()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://host?passiveMode=false, ''",
    "ftp://host?timeout=5000&soTimeout=5000&connectTimeout=5000, ''",
    "ftp://host?ftpClient.controlEncoding=ISO-8859-1, ''",
    "ftp://host?delete=true, delete",
    "ftp://host?fileName=x, fileName",
    "ftp://host?recursive=true, recursive",
    "ftp://host?binary=false, binary",
    "ftp://host?username=cam1, username",
    "ftp://host?timout=5000, timout",
    "ftp://host?ftpClient.noSuchThing=1, ftpClient.noSuchThing",
  })
  void optionsThatDoNothingForAnArchiveAreRefusedAtTheStart(String uri, String refused) {
    Map<String, String> settings = OpenServers.x("uri", uri);

    if (refused.isEmpty()) {
      assertThatCode(() -> OpenServers.of(settings).get("x")).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> OpenServers.of(settings))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("picsync.server.x.uri")
          .hasMessageContaining("'" + refused + "' does nothing for an archive");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host?timeout=soon", "ftp://host?passiveMode=perhaps"})
  void optionsThatCamelDoesNotTakeAreToldByTheirKey(String uri) {
    try (Servers servers = OpenServers.of(OpenServers.x("uri", uri, "password", "s3cret"))) {
      assertThatThrownBy(() -> servers.get("x"))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("picsync.server.x.uri=" + uri)
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void everyServerIsCheckedAtTheStart() {
    assertThatThrownBy(() -> OpenServers.of(OpenServers.x("username", "cam1")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("picsync.server.x.uri is not set");
  }

  @Test
  void fileServerIsTheFolderThatItsUriNames(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("two words/source1"));
    String uri = folder.toUri() + "two%20words";

    try (Servers servers = OpenServers.of(OpenServers.x("uri", uri))) {
      assertThat(servers.get("x").exists(new Location("source1", ""), () -> false)).isTrue();
      assertThat(servers.get("x").exists(new Location("source2", ""), () -> false)).isFalse();
    }
  }

  @Test
  void archiveIsServerAndFolder() {
    try (Servers servers = OpenServers.of(OpenServers.x("uri", "file:/srv"))) {
      Archive archive = Archive.of("x/source1/pictures/", servers);

      assertThat(archive.server()).isSameAs(servers.get("x"));
      assertThat(archive.folder()).isEqualTo("source1/pictures");
      assertThat(archive).hasToString("x/source1/pictures");
      assertThat(Archive.of("x", servers).root()).isEqualTo(new Location("", ""));
      assertThat(archive.at("20110714/a.jpg"))
          .isEqualTo(new Location("source1/pictures", "20110714/a.jpg"));
    }
  }

  @Test
  void serverThatIsAddedOrComesBackHasTheBandwidthOfItsSettings() {
    Rate slow = Rate.parse("y", "2MB/s");
    Map<String, String> x = OpenServers.x("uri", "file:/srv");
    Map<String, String> bounded = new HashMap<>(x);
    bounded.putAll(OpenServers.server("y", "uri", "file:/srv2", "bandwidth", "2MB/s"));
    Map<String, String> unbounded = new HashMap<>(bounded);
    unbounded.remove("picsync.server.y.bandwidth");
    try (Servers servers = OpenServers.of(x)) {
      servers.change(new Settings(bounded));
      assertThat(servers.bandwidth("y").now()).isEqualTo(slow);

      servers.change(new Settings(x));
      assertThatThrownBy(() -> servers.bandwidth("y")).hasMessageContaining("No server");
      servers.change(new Settings(unbounded));
      assertThat(servers.bandwidth("y").now()).isEqualTo(Rate.UNLIMITED);

      servers.bandwidth("y").set(Optional.of(slow));
      servers.change(new Settings(x));
      servers.change(new Settings(unbounded));
      assertThat(servers.bandwidth("y").now()).isEqualTo(Rate.UNLIMITED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/x", "x/../y", "x//y", "x/a/./b"})
  void textThatIsNoArchiveIsRefused(String text) {
    try (Servers servers = OpenServers.of(OpenServers.x("uri", "file:/srv"))) {
      assertThatThrownBy(() -> Archive.of(text, servers))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("'" + text + "' is no archive: SERVER/FOLDER is wanted");
    }
  }
}
