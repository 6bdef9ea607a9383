package io.picsync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.settings.SettingsException;
import io.picsync.testing.CheckedApi;
import io.picsync.testing.PicsyncContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask what, and what other sites' pages may not. */
final class ApiSafetyIT {
  private static final String READER = "reader-only-for-tests";
  private static final String OPERATOR = "operator-only-for-tests";
  private static final String START = "/api/syncs/source1/start";
  private static final String CHECK = "{\"mode\":\"check\"}";

  private final List<AutoCloseable> open = new ArrayList<>();
  private Path home;
  private Path root;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("server");
    Files.createDirectories(root.resolve("old"));
    Files.createDirectories(root.resolve("new"));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private CheckedApi start(String... settings) throws Exception {
    PicsyncContext.Builder builder =
        PicsyncContext.at(home).api().server("disk", root).sync("source1", "disk/old", "disk/new");
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      builder.set(setting.substring(0, equals), setting.substring(equals + 1));
    }
    PicsyncContext picsync = builder.start();
    open.add(picsync);
    address = picsync.api();
    return new CheckedApi(address);
  }

  private URI address = URI.create("http://127.0.0.1");

  @Test
  void changingIsOffWithoutAPasswordAndSaysHowToSwitchItOn() throws Exception {
    CheckedApi api = start();
    assertThat(api.get("/api/syncs").status()).isEqualTo(200);
    CheckedApi.Answer refused = api.changing().as("operator", "").post(START, CHECK);
    assertThat(refused.status()).isEqualTo(401);
    refused = api.changing().post(START, CHECK);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("/detail")).contains("picsync.api.operator.password");
    assertThat(api.json("/api/access").path("changing").asBoolean(true)).isFalse();
    assertThat(api.json("/api/access").path("why").asText())
        .contains("picsync.api.operator.password");
  }

  @Test
  void readerReadsAndOnlyTheOperatorChanges() throws Exception {
    CheckedApi api =
        start("picsync.api.reader.password=" + READER, "picsync.api.operator.password=" + OPERATOR);
    assertThat(api.get("/api/syncs").status()).isEqualTo(401);
    assertThat(api.get("/api/syncs").header("WWW-Authenticate")).startsWith("Basic");
    assertThat(api.with("X-Picsync", "1").get("/api/syncs").header("WWW-Authenticate")).isEmpty();
    assertThat(api.get("/api/health").status()).isEqualTo(200);
    assertThat(api.json("/api/access").path("read").asBoolean()).isFalse();
    CheckedApi reader = api.as("reader", READER);
    assertThat(reader.get("/api/syncs").status()).isEqualTo(200);
    assertThat(reader.json("/api/access").path("login").asText()).isEqualTo("reader");
    assertThat(reader.changing().post(START, CHECK).status()).isEqualTo(403);
    CheckedApi operator = api.as("operator", OPERATOR);
    assertThat(operator.get("/api/syncs").status()).isEqualTo(200);
    assertThat(operator.json("/api/access").path("change").asBoolean()).isTrue();
    assertThat(operator.changing().post(START, CHECK).status()).isEqualTo(202);
    assertThat(api.as("operator", READER).get("/api/syncs").status()).isEqualTo(401);
    assertThat(api.as("reader", OPERATOR).get("/api/syncs").status()).isEqualTo(401);
    assertThat(api.with("Authorization", "Bearer x").get("/api/syncs").status()).isEqualTo(401);
  }

  @Test
  void whoGuessesIsNotListenedToForAWhile() throws Exception {
    CheckedApi api = start("picsync.api.reader.password=" + READER);
    for (int i = 0; i < 10; i++) {
      assertThat(api.as("reader", "guess " + i).get("/api/syncs").status()).isEqualTo(401);
    }
    assertThat(api.as("reader", "one more").get("/api/syncs").status()).isEqualTo(429);
    assertThat(api.as("reader", READER).get("/api/syncs").status()).isEqualTo(429);
  }

  @Test
  void otherSitesPagesChangeNothing() throws Exception {
    CheckedApi operator =
        start("picsync.api.operator.password=" + OPERATOR).as("operator", OPERATOR);
    CheckedApi json = operator.with("Content-Type", "application/json");
    assertThat(json.post(START, CHECK).status()).as("without X-Picsync").isEqualTo(403);
    CheckedApi changing = operator.changing();
    for (String[] elsewhere :
        new String[][] {
          {"Origin", "https://evil.example.org"},
          {"Origin", "null"},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"}
        }) {
      assertThat(changing.with(elsewhere).post(START, CHECK).status())
          .as("%s: %s", elsewhere[0], elsewhere[1])
          .isEqualTo(403);
    }
    CheckedApi.Answer preflight =
        operator.with("Origin", "https://evil.example.org").get("/api/syncs");
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(
            changing
                .with("Origin", address.toString(), "Sec-Fetch-Site", "same-origin")
                .post(START, CHECK)
                .status())
        .isEqualTo(202);
  }

  @Test
  void passwordInAFileMayBeRotated() throws Exception {
    Files.createDirectories(home);
    Path file = Files.writeString(home.resolve("operator"), OPERATOR + "\n");
    CheckedApi api = start("picsync.api.operator.password-file=" + file);
    assertThat(role(api, OPERATOR)).isEqualTo(200);

    Files.writeString(file, READER + "\n");
    assertThat(role(api, READER)).isEqualTo(200);
    assertThat(role(api, OPERATOR)).isEqualTo(401);

    Files.delete(file);
    assertThat(role(api, READER)).isEqualTo(503);
  }

  private static int role(CheckedApi api, String password) {
    return api.as("operator", password).get("/api/syncs").status();
  }

  @Test
  void foreignNameThatLeadsHereIsRefused() throws Exception {
    start();
    assertThat(statusFor("localhost")).contains("200");
    assertThat(statusFor("127.0.0.1:" + address.getPort())).contains("200");
    assertThat(statusFor("rebound.example.org")).contains("421");
    assertThat(statusFor("")).contains("421");
  }

  private String statusFor(String host) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /api/syncs HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
              .readLine();
      return String.valueOf(line);
    }
  }

  @Test
  void everyAnswerKeepsBrowsersFromMischief() throws Exception {
    CheckedApi api = start();
    for (String path : List.of("/api/syncs", "/api/nix", "/api/syncs/nix")) {
      CheckedApi.Answer answer = api.get(path);
      assertThat(answer.header("X-Frame-Options")).as(path).isEqualTo("DENY");
      assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).as(path).isEqualTo("no-referrer");
      assertThat(answer.header("Cross-Origin-Opener-Policy")).as(path).isEqualTo("same-origin");
      assertThat(answer.header("Cross-Origin-Resource-Policy")).as(path).isEqualTo("same-origin");
      assertThat(answer.header("Cache-Control")).as(path).isEqualTo("private, no-cache");
      assertThat(answer.header("Content-Security-Policy")).as(path).contains("default-src 'none'");
      assertThat(answer.header("Strict-Transport-Security")).as("without TLS").isEmpty();
    }
  }

  @Test
  void loginIsNotSentBackInAnyAnswer() throws Exception {
    CheckedApi operator =
        start("picsync.api.operator.password=" + OPERATOR).as("operator", OPERATOR);
    for (String path : List.of("/api/syncs", "/api/nix", "/api/syncs/nix")) {
      CheckedApi.Answer answer = operator.with("X-Mine", "mine").get(path);
      assertThat(answer.whole().headers().map().keySet())
          .as(path)
          .doesNotContain("authorization", "x-mine", "user-agent");
    }
  }

  @Test
  void beyondThisMachineNothingIsShownWithoutAPassword() {
    for (String setting :
        List.of("picsync.api.address=0.0.0.0", "picsync.api.hosts=pictures.example.org")) {
      assertThatThrownBy(() -> start(setting))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("picsync.api.reader.password");
    }
    assertThatThrownBy(() -> start("picsync.api.operator.password=short"))
        .hasMessageContaining("picsync.api.operator.password is shorter than 8 characters");
  }

  @Test
  void nameOfAProxyIsOneOfOursWhenItIsConfigured() throws Exception {
    start("picsync.api.hosts=pictures.example.org", "picsync.api.reader.password=" + READER);
    assertThat(statusFor("pictures.example.org")).contains("401");
    assertThat(statusFor("other.example.org")).contains("421");
  }
}
