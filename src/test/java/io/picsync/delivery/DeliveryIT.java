package io.picsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.picsync.sync.Mode;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every report comes to its endpoint, in order, however often that or picsync is down. */
final class DeliveryIT {
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
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
            headers.add(new TreeMap<>(call.getRequestHeaders()));
            call.getResponseHeaders().add("X-Receiver", "its answer");
            call.getResponseHeaders().add("PicsyncChange", "bogus");
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

  /** A mail on change would be sent with each report behind the one that tells of a change. */
  @Test
  void reportThatWaitedHasItsOwnHeadersOnly() throws Exception {
    try (PicsyncContext picsync = start(true)) {
      picsync.run("source1", Mode.check);
      Trees.put(root, "old/20110714/1.jpg", Trees.picture(1, 300), Instant.EPOCH);
      status.set(503);
      picsync.run("source1", Mode.check);
      assertThat(refused(picsync)).containsKey("sync.source1").containsEntry("degraded", true);
      picsync.run("source1", Mode.sync);
      picsync.run("source1", Mode.check);
      picsync.run("source1", Mode.check);
      status.set(204);
      await().atMost(Duration.ofSeconds(30)).until(() -> headers.size() == 5);
      assertThat(headers)
          .extracting(of -> of.getOrDefault("Picsyncchange", List.of()))
          .containsExactly(List.of(), List.of("late"), List.of("recovered"), List.of(), List.of());
      assertThat(headers)
          .allSatisfy(
              of ->
                  assertThat(of)
                      .containsEntry("Picsyncsync", List.of("source1"))
                      .doesNotContainKey("X-receiver"));
      assertThat(refused(picsync)).containsOnly(Map.entry("degraded", false));
    }
  }

  private static Map<String, Object> refused(PicsyncContext picsync) {
    Map<String, Object> details = new TreeMap<>(picsync.health("picsync-delivery").getDetails());
    details.keySet().removeIf(key -> !key.equals("degraded") && !key.startsWith("sync."));
    return details;
  }

  @Test
  void reportThatCanNotBeReadIsWaitedForAndNothingElseIsSent() throws Exception {
    try (PicsyncContext picsync = start(true)) {
      status.set(503);
      StoredReport first = picsync.run("source1", Mode.check);
      String second = picsync.run("source1", Mode.check).text("/run");
      byte[] json = Files.readAllBytes(first.file());
      Files.delete(first.file());
      Files.createDirectory(first.file()); // it is there, and can't be read
      status.set(204);
      await().until(() -> refused(picsync).containsKey("sync.source1"));
      await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(10)).until(received::isEmpty);

      Files.delete(first.file());
      Files.write(first.file(), json);
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> assertThat(received).containsExactly(first.text("/run"), second));
    }
  }

  @Test
  void markThatCanNotBeReadIsNoMatterOfTheRun() throws Exception {
    try (PicsyncContext picsync = start(true)) {
      picsync.run("source1", Mode.check);
      Path mark = picsync.reports().resolve(".delivery/source1");
      Files.writeString(mark, "no run");
      StoredReport report = picsync.run("source1", Mode.check);
      assertThat(report.status()).isEqualTo("completed");
      assertThat(refused(picsync)).containsKey("sync.source1");
      Files.writeString(mark, received.get(0));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(received).hasSize(2).endsWith(report.text("/run")));
    }
  }

  /** Its reports would never be sent again until a restart. */
  @Test
  void stopInARouteOfTheOperatorsTakesTheReport() throws Exception {
    try (PicsyncContext picsync =
        PicsyncContext.at(home)
            .server("disk", root)
            .sync("source1", "disk/old", "disk/new")
            .sync(
                "own",
                """
                - route:
                    id: own
                    errorHandler:
                      noErrorHandler: {}
                    from:
                      uri: direct:own
                      steps:
                        - to: {uri: "http://127.0.0.1:PORT/reports"}
                        - stop: {}
                """
                    .replace("PORT", Integer.toString(http.getAddress().getPort())))
            .set("picsync.report.endpoint", "direct:own")
            .start()) {
      List<String> runs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        runs.add(picsync.run("source1", Mode.check).text("/run"));
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(received).isEqualTo(runs));
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
