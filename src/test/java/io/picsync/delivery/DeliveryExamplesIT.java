package io.picsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.picsync.sync.Mode;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/delivery.md, read from that page. */
final class DeliveryExamplesIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
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
  void stop() {
    mail.stop();
  }

  private static String snippet(String language, String name) throws IOException {
    String page = Files.readString(Path.of("docs/delivery.md"));
    String begin = "```" + language + " " + name + "\n";
    int from = page.indexOf(begin) + begin.length();
    assertThat(from).as("snippet %s", name).isGreaterThan(begin.length());
    return page.substring(from, page.indexOf("```", from));
  }

  private static String endpoint(String name) throws IOException {
    return snippet("properties", name).strip().replaceFirst("picsync.report.endpoint=", "");
  }

  private PicsyncContext.Builder builder() {
    return PicsyncContext.at(home).server("disk", root).sync("source1", "disk/old", "disk/new");
  }

  @Test
  void fileDrop() throws Exception {
    Path inbox = home.resolve("inbox");
    try (PicsyncContext picsync =
        builder()
            .set(
                "picsync.report.endpoint", endpoint("file").replace("/srv/inbox", inbox.toString()))
            .start()) {
      StoredReport report = picsync.run("source1", Mode.check);
      await()
          .untilAsserted(
              () ->
                  assertThat(inbox.resolve("source1").resolve(report.file().getFileName()))
                      .hasSameBinaryContentAs(report.file()));
    }
  }

  @Test
  void endpointsAreThoseOfTheirComponents() throws IOException {
    DefaultCamelCatalog catalog = new DefaultCamelCatalog();
    for (String name : List.of("http", "file", "kafka")) {
      EndpointValidationResult result = catalog.validateEndpointProperties(endpoint(name), true);
      assertThat(result.isSuccess()).as(result.summaryErrorMessage(false)).isTrue();
    }
    assertThat(snippet("yaml", "kafka-key")).contains("uri: kafka:picsync-reports");
  }

  @Test
  void mailComesOnlyWhenSomethingChanges() throws Exception {
    mail.start();
    try (PicsyncContext picsync =
        builder()
            .set("picsync.report.endpoint", "direct:mail-on-change")
            .set("mail.server", "127.0.0.1:" + mail.getSmtp().getPort())
            .set("mail.from", "picsync@example.org")
            .set("mail.to", "operator@example.org")
            .sync("mail-on-change", snippet("yaml", "mail"))
            .start()) {
      picsync.run("source1", Mode.check);
      Trees.put(root.resolve("old"), "20110714/a.jpg", Trees.picture(1, 100), TAKEN);
      for (int i = 0; i < 4; i++) {
        picsync.run("source1", Mode.check);
      }
      picsync.run("source1", Mode.sync);
      picsync.run("source1", Mode.sync);
      await().until(() -> mail.getReceivedMessages().length >= 3);
      List<String> subjects = new ArrayList<>();
      for (var message : mail.getReceivedMessages()) {
        subjects.add(message.getSubject());
      }
      assertThat(subjects)
          .containsExactly(
              "picsync: source1 is late",
              "picsync: source1 is missing",
              "picsync: source1 is recovered");
    }
  }
}
