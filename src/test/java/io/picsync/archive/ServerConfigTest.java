package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerConfigTest {
  private static final String KEY = "picsync.server.old.";
  private static final Set<String> KEYS =
      Set.of("username", "password", "password-file", "connections");

  @Test
  void uriIsEnough() {
    ServerConfig config = read("uri", "ftp://host");

    assertThat(config.uri()).isEqualTo(URI.create("ftp://host"));
    assertThat(config.scheme()).isEqualTo("ftp");
    assertThat(config.username()).isEmpty();
    assertThat(config.password()).isEmpty();
    assertThat(config.connections()).isEqualTo(4);
  }

  @Test
  void allKeysAreRead() {
    ServerConfig config =
        read(
            "uri", "ftp://host:2121/cam?timeout=5000",
            "username", "cam1",
            "password", "s3cret",
            "connections", "8");

    assertThat(config.name()).isEqualTo("old");
    assertThat(config.uri()).isEqualTo(URI.create("ftp://host:2121/cam?timeout=5000"));
    assertThat(config.username()).contains("cam1");
    assertThat(config.password().orElseThrow().reveal()).isEqualTo("s3cret");
    assertThat(config.connections()).isEqualTo(8);
  }

  @Test
  void serverWithoutItsUriIsNotToldAmongThoseThatThereAre() {
    assertThatThrownBy(() -> read("username", "cam1"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("picsync.server.old.uri is not set; the server has other keys.");
  }

  @Test
  void passwordFileIsReadWithoutItsLineEnd(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), " s3cret\r\n");

    ServerConfig config = read("uri", "ftp://host", "password-file", file.toString());

    assertThat(config.password().orElseThrow().reveal()).isEqualTo(" s3cret");
  }

  @Test
  void passwordIsNotShown() {
    ServerConfig config = read("uri", "ftp://host", "password", "s3cret");

    assertThat(config.toString() + config.password()).doesNotContain("s3cret").contains("***");
  }

  @Test
  void userMayStandInTheUriAndTheKeyComesFirst() {
    assertThat(read("uri", "ftp://cam1@host").username()).contains("cam1");
    assertThat(read("uri", "ftp://cam1@host", "username", "cam2").username()).contains("cam2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:/srv/pictures", "file:///srv/pictures", "FILE:relative/folder"})
  void folderOfThisMachineIsAServer(String uri) {
    assertThat(read("uri", uri).scheme()).isEqualTo("file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://cam1:s3cret@host",
        "ftp://:s3cret@host",
        "ftp://cam1:s3cret@host_name/pictures",
        "ftp://cam1:s3cret^@host",
        "ftp://cam1:s3cret @host",
        "ftp://cam1:s3cret@host:port",
        "sftp://cam1:s3cret@host",
        "ftp:cam1:s3cret@host",
        "ftp:/cam1:s3cret@host",
        "ftp://host?password=s3cret",
        "ftp://host?timeout=5&Password=s3cret",
        "ftp://host?privateKeyPassphrase=s3cret",
        "ftp://cam1:s3/cret@host",
        "ftp://cam1:s3@cret@host",
        "ftp://host?password=s3cret^",
        "file:/srv?password=s3cret",
      })
  void passwordInTheUriIsRefusedAndNotShown(String uri) {
    assertThatThrownBy(() -> read("uri", uri))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(KEY + "uri holds a password")
        .hasMessageContaining(KEY + "password-file")
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host:21/a@b", "ftp://host/a:b@c", "file:/srv/a:b@c"})
  void folderWithColonAndAtSignIsNoPassword(String uri) {
    assertThat(read("uri", uri).uri()).isEqualTo(URI.create(uri));
  }

  @ParameterizedTest
  @CsvSource({
    "http://host, servers are supported",
    "/srv/pictures, file:/FOLDER is wanted",
    "ftp:host, names no host",
    "ftp:///folder, names no host",
    "ftp://host name, is no URI",
    "file:/srv?recursive=true, takes no options",
  })
  void unusableUriIsRefusedByItsKey(String uri, String why) {
    assertThatThrownBy(() -> OpenServers.of(values("uri", uri)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(KEY + "uri=" + uri)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "1.5"})
  void connectionsAreAtLeastOne(String count) {
    assertThatThrownBy(() -> OpenServers.of(values("uri", "ftp://host", "connections", count)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(KEY + "connections=" + count + ": a whole number of at least 1 is wanted.");
  }

  @Test
  void keyThatDoesNothingForTheKindOfServerIsRefused() {
    assertThatThrownBy(() -> OpenServers.of(values("uri", "file:/srv", "connections", "2")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(KEY + "connections does nothing for a file: server");
  }

  @Test
  void missingUriTellsTheServersThereAre() {
    assertThatThrownBy(() -> ServerConfig.read(settings("uri", "ftp://host"), "new", KEYS))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("picsync.server.new.uri is not set")
        .hasMessageContaining("[old]");
  }

  @Test
  void passwordAndPasswordFileExcludeEachOther() {
    assertThatThrownBy(
            () ->
                OpenServers.of(
                    values("uri", "ftp://host", "password", "s3cret", "password-file", "/none")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(KEY + "password and " + KEY + "password-file")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void passwordFileThatCanNotBeReadIsToldByItsKey(@TempDir Path folder) {
    String file = folder.resolve("none").toString();

    assertThatThrownBy(() -> OpenServers.of(values("uri", "ftp://host", "password-file", file)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(KEY + "password-file=" + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "-a", "a/b", "\u00e4"})
  void serverNameIsPlain(String name) {
    assertThatThrownBy(() -> new ServerConfig(name, URI.create("ftp://host"), settings()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("picsync.server." + name + ".uri: '" + name + "' is no server name");
  }

  @Test
  void allServersAreNamed() {
    Settings settings =
        new Settings(
            Map.of(
                "picsync.server.old.uri", "ftp://host",
                "picsync.server.old.username", "cam1",
                "picsync.server.new.connections", "1",
                "picsync.home", "/srv"));

    assertThat(ServerConfig.names(settings, KEYS)).containsExactly("new", "old");
  }

  @Test
  void misspeltKeyIsToldWithTheNearest() {
    assertThatThrownBy(() -> ServerConfig.names(settings("usrname", "cam1"), KEYS))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(KEY + "usrname is not a configuration key")
        .hasMessageContaining(KEY + "username");
    assertThatThrownBy(
            () -> ServerConfig.names(new Settings(Map.of("picsync.server.old", "x")), KEYS))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("picsync.server.old is not a configuration key");
  }

  private static ServerConfig read(String... keysAndValues) {
    return ServerConfig.read(settings(keysAndValues), "old", KEYS);
  }

  private static Settings settings(String... keysAndValues) {
    return new Settings(values(keysAndValues));
  }

  private static Map<String, String> values(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(KEY + keysAndValues[i], keysAndValues[i + 1]);
    }
    return values;
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
