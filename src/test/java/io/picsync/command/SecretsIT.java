package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.CommandHost;
import io.picsync.testing.EmbeddedSftpServer;
import io.picsync.testing.Emitted;
import io.picsync.testing.FreePort;
import io.picsync.testing.OpenSshServer;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Secrets of every kind are planted, good ones and refused ones, and everything that the service
 * shows at its most talkative is searched for them.
 */
final class SecretsIT {
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  /** None is a part of another, of a path or of a word. */
  private static final String IN_ENVIRONMENT = "sEcr3t-environment-Xq1";

  private static final String IN_FILE = "sEcr3t-file-Xq2";
  private static final String REFUSED = "sEcr3t-refused-Xq3";
  private static final String REFUSED_SFTP = "sEcr3t-refused-sftp-Xq4";
  private static final String PASSPHRASE = "sEcr3t-passphrase-Xq5";
  private static final String ACCOUNT = "sEcr3t-account-Xq6";
  private static final String ENDPOINT = "sEcr3t-endpoint-Xq7";
  private static final String VAULT = "sEcr3t-vault-Xq8";
  private static final String READER = "sEcr3t-reader-Xq10";
  private static final String OPERATOR = "sEcr3t-operator-Xq11";
  private static final String EDITED = "sEcr3t-edited-Xq12";
  private static final List<String> PLANTED =
      List.of(
          IN_ENVIRONMENT,
          IN_FILE,
          REFUSED,
          REFUSED_SFTP,
          PASSPHRASE,
          ACCOUNT,
          ENDPOINT,
          VAULT,
          READER,
          OPERATOR,
          EDITED);

  private final Path folder;
  private final Path home;
  private final Path old;
  private final Path fresh;
  private final int apiPort = FreePort.find();
  private final int observePort = FreePort.find();

  SecretsIT(@TempDir Path temporary) throws IOException {
    folder = temporary;
    home = temporary.resolve("home");
    old = temporary.resolve("old");
    fresh = Files.createDirectories(temporary.resolve("fresh"));
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @BeforeEach
  void aHomeAndOnePicture() throws IOException {
    PicsyncProcess.copyHome(home);
    try (Stream<Path> routes = Files.list(home.resolve("routes"))) { // refusals are tried again
      for (Path route : routes.filter(file -> file.toString().endsWith(".yaml")).toList()) {
        Files.writeString(
            route,
            Files.readString(route)
                .replaceAll("redeliveryDelay: \"\\d+\"", "redeliveryDelay: \"10\""));
      }
    }
    Trees.put(old, "20110714/a.jpg", Trees.picture(1, 300), TAKEN);
  }

  private void sync(String name, String from, String to) throws IOException {
    Files.writeString(
        home.resolve("routes/syncs/" + name + ".camel.yaml"),
        """
        - route:
            id: NAME
            group: syncs
            description: Brings missing pictures.
            from:
              uri: sync:NAME
              parameters:
                source: FROM/
                destination: TO/
                mode: sync
                interval: 2s
              steps:
                - to: {uri: direct:compare}
                - to: {uri: direct:transfer}
                - to: {uri: direct:report}
        """
            .replace("NAME", name)
            .replace("FROM/", from)
            .replace("TO/", to));
  }

  private long reports(String sync) throws IOException {
    Path reports = home.resolve("reports").resolve(sync);
    if (!Files.isDirectory(reports)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(reports)) {
      return files.filter(file -> file.toString().endsWith(".json")).count();
    }
  }

  @Test
  @RequiresDaemon("sshd")
  void nothingThatTheServiceShowsHoldsASecret() throws Exception {
    Path keys = Files.createDirectories(folder.resolve("keys-home"));
    Trees.put(keys, "20110714/b.jpg", Trees.picture(2, 300), TAKEN);
    try (EmbeddedFtpServer left = EmbeddedFtpServer.start(old, "camera", IN_ENVIRONMENT);
        EmbeddedFtpServer right = EmbeddedFtpServer.start(fresh, "archive", IN_FILE);
        EmbeddedSftpServer sftp = EmbeddedSftpServer.start(old, "camera", "another");
        OpenSshServer byKey = OpenSshServer.at(keys).passphrase(PASSPHRASE).start()) {
      String key = Files.readString(byKey.privateKey());
      configure(left, right, sftp, byKey);
      sync("works", "old", "new");
      sync("refused", "refused", "new");
      sync("refused-sftp", "refused-sftp", "new");
      sync("by-key", "by-key", "new");
      Emitted emitted = new Emitted();
      try (PicsyncProcess process =
          picsync("run", "-v")
              .program(home.resolve("bin/picsync"))
              .env("OLD_PASSWORD", IN_ENVIRONMENT)
              .env("ENDPOINT_PASSWORD", ENDPOINT)
              .start()) {
        for (String sync : List.of("works", "refused", "refused-sftp", "by-key")) {
          await(sync).atMost(BOUND).until(() -> reports(sync) > 0);
        }
        await().atMost(BOUND).until(() -> process.err().contains("not delivered"));
        edit(process);
        addHttp(emitted);
        emitted.addProcess(process.pid());
        emitted.addJmx(process.pid());
        process.terminate();
        Ended ended = process.await(Duration.ofSeconds(30));
        emitted.add("standard output", ended.out());
        emitted.add("standard error", ended.err());
      }
      emitted.addFiles(home.resolve("reports"));

      assertThat(Trees.snapshot(fresh)).hasSize(2);
      assertThat(emitted.texts().get("standard error"))
          .contains("refuses the login of camera")
          .contains(" DEBUG ");
      assertThat(emitted.texts().keySet())
          .anyMatch(place -> place.startsWith("JMX org.apache.camel") && place.contains("sync:"))
          .anyMatch(place -> place.startsWith("file ") && place.endsWith(".json"));
      assertThat(text(emitted, "/observe/metrics")).contains("picsync_server_given_up");
      assertThat(text(emitted, "/observe/health/ready"))
          .contains("picsync.server.refused.uri holds a password");
      assertThat(text(emitted, "operator GET", "/api/syncs/works")).startsWith("200 ");
      assertThat(text(emitted, "operator POST", "/api/syncs/works/start"))
          .as("begun, or going on already")
          .matches("(?s)(2|409).*");
      assertThat(text(emitted, "/page/main.js")).startsWith("200 ");
      shows(emitted.texts(), PLANTED);
      shows(emitted.texts(), List.of(key.substring(200, 260)));
    }
  }

  /** A live edit that is refused, with a password where none is to be. */
  private void edit(PicsyncProcess process) throws IOException {
    Path config = home.resolve("config/application.properties");
    Files.writeString(
        config,
        Files.readString(config).replaceFirst("(refused.uri=ftp://)", "$1camera:" + EDITED + "@"));
    await().atMost(BOUND).until(() -> process.err().contains("An edit is refused"));
  }

  /** All that the API's document tells of, as everybody, as reader and as operator. */
  private void addHttp(Emitted emitted) throws Exception {
    URI observe = URI.create("http://127.0.0.1:" + observePort);
    emitted.addHttp(
        observe,
        "",
        Stream.of("", "/metrics", "/health", "/health/live", "/health/ready", "/info", "/dev")
            .map(path -> "/observe" + path)
            .toList());
    URI api = URI.create("http://127.0.0.1:" + apiPort);
    emitted.addHttp(api, "reader:" + READER, List.of("/api/openapi.json"));
    JsonNode document =
        new ObjectMapper()
            .readTree(text(emitted, "/api/openapi.json").split("\n", 2)[1])
            .path("paths");
    assertThat(document.size()).isGreaterThan(15);
    String run = runs("works").get(0);
    List<String> gets = new ArrayList<>(List.of("/", "/page/main.js", "/api/no-such"));
    List<String> posts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.properties()) {
      for (String sync : List.of("works", "refused")) {
        String asked =
            path.getKey()
                .replace("{sync}", sync)
                .replace("{run}", run)
                .replace("{list}", "outcomes");
        (path.getValue().has("post") ? posts : gets).add(asked);
      }
    }
    for (String login : List.of("", "reader:" + READER, "operator:" + OPERATOR)) {
      emitted.addHttp(api, login, gets);
      for (String post : posts) {
        emitted.addHttp("POST", api, login, post, "{\"mode\":\"check\"}");
      }
    }
    emitted.addHttp(api, "guess:" + REFUSED, List.of("/api/syncs", "/api/reports"));
  }

  private List<String> runs(String sync) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("reports").resolve(sync))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(".json", ""))
          .sorted()
          .toList();
    }
  }

  private static String text(Emitted emitted, String... place) {
    return emitted.texts().entrySet().stream()
        .filter(entry -> Stream.of(place).allMatch(entry.getKey()::contains))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nothing was shown at " + List.of(place)));
  }

  private void configure(
      EmbeddedFtpServer left, EmbeddedFtpServer right, EmbeddedSftpServer sftp, OpenSshServer byKey)
      throws IOException {
    Files.writeString(folder.resolve("new-password"), IN_FILE + "\n");
    Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    List<String> lines = new ArrayList<>();
    lines.add("picsync.server.old.uri=" + left.uri() + "?account=" + ACCOUNT);
    lines.add("picsync.server.old.username=camera");
    lines.add("picsync.server.old.password={{env:OLD_PASSWORD}}");
    lines.add("picsync.server.new.uri=" + right.uri());
    lines.add("picsync.server.new.username=archive");
    lines.add("picsync.server.new.password-file=" + folder.resolve("new-password"));
    lines.add("picsync.server.refused.uri=" + left.uri());
    lines.add("picsync.server.refused.username=camera");
    lines.add("picsync.server.refused.password=" + REFUSED);
    lines.add("picsync.server.refused-sftp.uri=" + sftp.uri());
    lines.add("picsync.server.refused-sftp.username=camera");
    lines.add("picsync.server.refused-sftp.password=" + REFUSED_SFTP);
    lines.add("picsync.server.refused-sftp.host-key=" + EmbeddedSftpServer.fingerprint());
    lines.add("picsync.server.by-key.uri=" + byKey.uri());
    lines.add("picsync.server.by-key.username=" + byKey.user());
    lines.add("picsync.server.by-key.private-key=" + byKey.privateKey());
    lines.add("picsync.server.by-key.private-key-passphrase-file=" + folder.resolve("passphrase"));
    lines.add("picsync.server.by-key.host-key=unverified");
    lines.add(
        "picsync.report.endpoint=http://127.0.0.1:1/reports?authMethod=Basic&authenticationPreemptive=true&authUsername=me&authPassword=RAW({{env:ENDPOINT_PASSWORD}})");
    lines.add("camel.vault.hashicorp.token=" + VAULT);
    lines.add("picsync.api.port=" + apiPort);
    lines.add("picsync.api.reader.password=" + READER);
    lines.add("picsync.api.operator.password=" + OPERATOR);
    lines.add("camel.management.enabled=true");
    lines.add("camel.management.port=" + observePort);
    Files.write(home.resolve("config/application.properties"), lines);
  }

  /** Each secret as it is, as an URL writes it, and as HTTP's Basic login does. */
  private static void shows(Map<String, String> texts, List<String> secrets) {
    Set<String> found = new LinkedHashSet<>();
    for (String secret : secrets) {
      Set<String> forms = new LinkedHashSet<>(List.of(secret, URLEncoder.encode(secret, UTF_8)));
      for (String user : List.of("", "me:", "camera:", "archive:", "reader:", "operator:")) {
        String coded = Base64.getEncoder().encodeToString((user + secret).getBytes(UTF_8));
        forms.add(coded.substring(0, coded.length() - 4));
      }
      texts.forEach(
          (place, text) -> {
            for (String form : forms) {
              int at = text.indexOf(form);
              if (at >= 0) {
                found.add(
                    place
                        + ": …"
                        + text.substring(
                            Math.max(0, at - 120), Math.min(text.length(), at + form.length()))
                        + "…");
              }
            }
          });
    }
    assertThat(found).as("places that show a secret").isEmpty();
  }

  private static final String MISTAKEN = "sEcr3t-mistaken-Xq9";

  private static final List<String> MISTAKES =
      List.of(
          "picsync.server.x.uri=ftp://camera:SECRET@127.0.0.1",
          "picsync.server.x.uri=ftp://camera:a@SECRET@127.0.0.1",
          "picsync.server.x.uri=ftp://127.0.0.1?password=SECRET",
          "picsync.server.x.uri=ftp://127.0.0.1?account=a&password=RAW(SECRET)",
          "picsync.server.x.uri=sftp://camera:SECRET@127.0.0.1:22/x",
          "picsync.server.x.uri=sftp://camera:SECRET @127.0.0.1",
          "picsync.server.x.uri=sftp://camera:SECRET[]@127.0.0.1:1:2",
          "picsync.server.x.uri=sftp://127.0.0.1?privateKeyPassphrase=SECRET",
          "picsync.server.x.uri=ftps://127.0.0.1?keyStoreParameters.password=SECRET",
          "picsync.server.x.uri=scp://camera:SECRET@127.0.0.1",
          "picsync.server.x.uri=file:/tmp?password=SECRET",
          "picsync.server.x.pasword=SECRET",
          "picsync.server.x.password=SECRET",
          "picsync.report.endpoint=htp://me:SECRET@127.0.0.1/reports",
          "picsync.report.endpoint=http://127.0.0.1/reports?authPasword=SECRET&bridgeEndpont=true",
          "picsync.report.endpoint=file:/tmp?passwort=SECRET",
          "picsync.report.endpoint=ftp://me:SECRET@127.0.0.1/reports?nope=SECRET",
          "picsync.report.endpoint=ftp://me@127.0.0.1/reports?password=SECRET&nope=1",
          "picsync.report.endpoint=http://127.0.0.1/reports?authPassword=SECRET{{nope}}",
          "picsync.transfer=http://me:SECRET@127.0.0.1/reports?nope=SECRET",
          "camel.vault.hashicorp.tokn=SECRET",
          "camel.vault.aws.secretKy=SECRET",
          "camel.ssl.keyStorePasword=SECRET");

  /** In one JVM one after the other, to spare time. */
  @Test
  void aMistakeIsToldWithoutTheSecretInIt() throws Exception {
    try (CommandHost host = CommandHost.start()) {
      for (int index = 0; index < MISTAKES.size(); index++) {
        Ended ended = host.run(homeWith(MISTAKES.get(index), "home-" + index), "run", "-v");

        assertThat(ended.code()).as("refused at start: %s", MISTAKES.get(index)).isEqualTo(3);
        assertThat(ended.all())
            .as(MISTAKES.get(index))
            .contains("picsync: ", "\tat ", " INFO ")
            .doesNotContain(MISTAKEN);
      }
    }
  }

  private Path homeWith(String mistake, String name) throws IOException {
    Path made = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(made.resolve("config"));
    Files.createSymbolicLink(made.resolve("routes"), home.resolve("routes"));
    Files.write(
        made.resolve("config/application.properties"),
        List.of("picsync.server.disk.uri=" + old.toUri(), mistake.replace("SECRET", MISTAKEN)));
    sync("cam1", "disk", "disk/new");
    return made;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-v"})
  void thePackagedCommandTellsAMistakeAlike(String talkative) throws Exception {
    Files.write(
        home.resolve("config/application.properties"),
        List.of("picsync.server.x.uri=ftp://camera:" + MISTAKEN + "@127.0.0.1"));
    String[] words = talkative.isEmpty() ? new String[] {"run"} : new String[] {"run", talkative};

    Ended ended = picsync(words).program(home.resolve("bin/picsync")).run();

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.all()).contains("picsync: ").doesNotContain(MISTAKEN);
  }

  @Test
  void aPasswordInASyncsRouteIsToldWithoutIt() throws Exception {
    Files.write(
        home.resolve("config/application.properties"),
        List.of("picsync.server.disk.uri=" + old.toUri()));
    sync("cam1", "ftp://camera:" + MISTAKEN + "@127.0.0.1/pictures", "disk/new");

    Ended ended = picsync("run", "-v").program(home.resolve("bin/picsync")).run();

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.all()).contains("routes/syncs/cam1.camel.yaml").doesNotContain(MISTAKEN);
  }
}
