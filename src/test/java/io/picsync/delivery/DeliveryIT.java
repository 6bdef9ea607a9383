package io.picsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.picsync.sync.Mode;
import io.picsync.testing.PicsyncContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every report comes to its endpoint, in order, however often that or picsync is down. */
final class DeliveryIT {
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(204);
  private Path home;
  private Path root;
  private HttpServer http;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("server");
    Files.createDirectories(root.resolve("old"));
    Files.createDirectories(root.resolve("new"));
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/reports",
        call -> {
          String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          if (status.get() == 204) {
            received.add(body.replaceAll("(?s).*\"run\" ?: ?\"([^\"]+)\".*", "$1"));
          }
          call.sendResponseHeaders(status.get(), -1);
          call.close();
        });
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  private PicsyncContext start(boolean delivering) throws Exception {
    PicsyncContext.Builder builder =
        PicsyncContext.at(home)
            .server("disk", root)
            .sync("source1", "disk/old", "disk/new")
            .sync("source2", "disk/old", "disk/new");
    if (delivering) {
      builder.set(
          "picsync.report.endpoint",
          "http://127.0.0.1:" + http.getAddress().getPort() + "/reports");
    }
    return builder.start();
  }

  @Test
  void outageLosesNothingAndKeepsTheOrder() throws Exception {
    List<String> runs = new ArrayList<>();
    try (PicsyncContext picsync = start(true)) {
      runs.add(picsync.run("source1", Mode.check).text("/run"));
      status.set(503);
      for (int i = 0; i < 3; i++) {
        runs.add(picsync.run("source1", Mode.check).text("/run"));
      }
      assertThat(received).hasSize(1);
      status.set(204);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(received).isEqualTo(runs));
      runs.add(picsync.run("source1", Mode.check).text("/run"));
      await().untilAsserted(() -> assertThat(received).isEqualTo(runs));
    }
  }

  @Test
  void restartGoesOnWhereTheEndpointStoppedTaking() throws Exception {
    List<String> runs = new ArrayList<>();
    try (PicsyncContext picsync = start(true)) {
      runs.add(picsync.run("source1", Mode.check).text("/run"));
      status.set(503);
      runs.add(picsync.run("source1", Mode.check).text("/run"));
      runs.add(picsync.run("source2", Mode.check).text("/run"));
    }
    status.set(204);
    try (PicsyncContext picsync = start(true)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(received).containsExactlyInAnyOrderElementsOf(runs));
      assertThat(picsync.context().isStarted()).isTrue();
    }
  }

  @Test
  void reportsFromBeforeAnEndpointWasConfiguredAreNotSent() throws Exception {
    try (PicsyncContext picsync = start(false)) {
      picsync.run("source1", Mode.check);
    }
    try (PicsyncContext picsync = start(true)) {
      String run = picsync.run("source1", Mode.check).text("/run");
      await().untilAsserted(() -> assertThat(received).containsExactly(run));
    }
  }
}
