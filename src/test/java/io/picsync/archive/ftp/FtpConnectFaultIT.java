package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.Listing;
import io.picsync.archive.OpenServers;
import io.picsync.archive.PassingException;
import io.picsync.archive.Server;
import io.picsync.archive.Servers;
import io.picsync.archive.Stored;
import io.picsync.archive.UnavailableException;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.FreePort;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are refused, limited or dropped. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpConnectFaultIT {
  private static final int CONNECTIONS = 4;

  private ScriptedArchive archive;

  @BeforeEach
  void start(@TempDir Path spool) throws IOException {
    archive = new ScriptedArchive(ScriptedFtpServer.start(), CONNECTIONS, spool);
    archive.put("20110714/a.jpg", 10);
  }

  @AfterEach
  void stop() throws IOException {
    archive.close();
  }

  @Test
  void refusedLoginMakesTheServerUnavailableAndShowsNoPassword() {
    Map<String, String> settings = ScriptedArchive.settings("x", archive.ftp, 1, "wrong-passw0rd");

    try (Servers servers = OpenServers.of(settings)) {
      assertThatThrownBy(() -> servers.get("x").list(ScriptedArchive.at(""), () -> false))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("refuses the login of picsync: 530")
          .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("wrong-passw0rd"));
      assertThat(servers.get("x").openConnections()).isZero();
    }
  }

  @Test
  void twoAccountsOfOneServerAreKeptApart() throws IOException {
    Map<String, String> settings =
        ScriptedArchive.settings("x", archive.ftp, 1, ScriptedFtpServer.PASSWORD);
    settings.putAll(ScriptedArchive.settings("y", archive.ftp, 1, "wrong-passw0rd"));

    try (Servers servers = OpenServers.of(settings)) {
      Server good = servers.get("x");
      Server bad = servers.get("y");

      assertThatThrownBy(() -> bad.list(ScriptedArchive.at(""), () -> false))
          .isInstanceOf(UnavailableException.class);
      assertThat(good.list(ScriptedArchive.at(""), () -> false))
          .isInstanceOf(Listing.Trusted.class);
    }
  }

  @Test
  void portThatNobodyListensAtMakesTheServerUnavailable() throws IOException {
    int port = FreePort.find();
    try (Servers servers = OpenServers.of(OpenServers.x("uri", "ftp://127.0.0.1:" + port))) {
      assertThatThrownBy(() -> servers.get("x").list(ScriptedArchive.at(""), () -> false))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("Connection refused");
    }
  }

  @Test
  void unknownHostMakesTheServerUnavailable() {
    try (Servers servers = OpenServers.of(OpenServers.x("uri", "ftp://no-such-host.invalid"))) {
      assertThatThrownBy(() -> servers.get("x").list(ScriptedArchive.at(""), () -> false))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("no-such-host.invalid")
          .hasMessageContaining("the host name is unknown");
    }
  }

  @ParameterizedTest
  @MethodSource("io.picsync.archive.ftp.FtpFaults#connecting")
  void serverThatTakesNoConnectionIsToldAndTriedAgainNextTime(FaultRow row) throws IOException {
    ArmedFault armed = archive.ftp.fault(row.verb(), 1, row.fault());

    assertThatThrownBy(() -> archive.list("20110714"))
        .isInstanceOf(row.verdict().kind())
        .hasMessageContaining("Server x at 127.0.0.1:" + archive.ftp.port());

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.server.openConnections()).isZero();
    assertThat(archive.list("20110714")).isInstanceOf(Listing.Trusted.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void serverThatTakesFewerConnectionsIsUsedWithThose(int most) throws Exception {
    archive.ftp.maxConnections(most);

    atOnce(
        8,
        thread -> {
          for (int i = 0; i < 5; i++) {
            byte[] picture = Trees.picture(thread, 20_000);
            String path = "2011071%d/%d-%d.jpg".formatted(i, thread, i);
            assertThat(archive.store(path, picture)).isEqualTo(Stored.STORED);
            assertThat(archive.fetch(path, 20_000)).isEqualTo(picture);
          }
        });

    assertThat(archive.files()).hasSize(41);
    assertThat(archive.ftp.refusedConnections()).isPositive();
    assertThat(archive.ftp.peakConnections()).isEqualTo(most);
  }

  @Test
  void greetingThatRefusesIsToldInTheServersWords() {
    archive.ftp.fault(
        ScriptedFtpServer.CONNECT, 1, Fault.refuse("421 Too many connections (2) from this IP."));

    assertThatThrownBy(() -> archive.list("20110714"))
        .isInstanceOf(PassingException.class)
        .hasMessageContaining("no connection now: 421 Too many connections (2) from this IP. If");
  }

  @Test
  void connectionThatIsClosedWithoutAGreetingIsToldInOnePlainSentence() {
    archive.ftp.fault(ScriptedFtpServer.CONNECT, 1, Fault.drop());

    assertThatThrownBy(() -> archive.list("20110714"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("can't be reached: it closes the connection without a word. Check");
  }

  @Test
  void loginsRefusedForWantOfAPlaceShrinkThePool() throws Exception {
    AtomicInteger logins = new AtomicInteger();
    archive.ftp.fault(
        "PASS",
        1000,
        command -> {
          if (logins.incrementAndGet() > 2) {
            Fault.refuse(FtpFaults.PROFTPD_LIMIT).strike(command);
          } else {
            command.proceed();
          }
        });

    atOnce(
        8,
        thread -> {
          for (int i = 0; i < 5; i++) {
            byte[] picture = Trees.picture(thread, 20_000);
            assertThat(archive.store("20110714/%d-%d.jpg".formatted(thread, i), picture))
                .isEqualTo(Stored.STORED);
          }
        });

    assertThat(archive.files()).hasSize(41);
    assertThat(archive.server.openConnections()).isEqualTo(2);
    assertThat(logins.get()).as("two beside the two may have been under way").isBetween(3, 4);
  }

  @Test
  void neverMoreConnectionsAreOpenedThanAllowed() throws Exception {
    atOnce(16, thread -> assertThat(archive.list("20110714")).isInstanceOf(Listing.Trusted.class));

    assertThat(archive.ftp.peakConnections()).isLessThanOrEqualTo(CONNECTIONS);
    assertThat(archive.ftp.acceptedConnections()).isLessThanOrEqualTo(CONNECTIONS);
  }

  @Test
  void connectionIsKeptFromOneCallToTheNext() throws IOException {
    archive.list("20110714");
    archive.fetch("20110714/a.jpg", 10);
    archive.store("20110714/b.jpg", Trees.picture(1, 10));
    archive.list("20110715");

    assertThat(archive.ftp.acceptedConnections()).isEqualTo(1);
    assertThat(archive.server.openConnections()).isEqualTo(1);
  }

  @Test
  void restartOfTheServerCostsOneFailureForEachConnection() throws IOException {
    archive.list("20110714");
    archive.ftp.dropConnections();

    assertThatThrownBy(() -> archive.list("20110714")).isInstanceOf(PassingException.class);
    assertThat(archive.list("20110714")).isInstanceOf(Listing.Trusted.class);
  }

  @Test
  void closedServerLeavesNoConnectionOpen() throws IOException {
    archive.list("20110714");

    archive.server.close();

    assertThat(archive.server.openConnections()).isZero();
    assertThatThrownBy(() -> archive.list("20110714")).isInstanceOf(ArchiveException.class);
  }

  @Test
  void serverThatDoesNotKnowFeatIsTakenAsAnOldOne() throws IOException {
    ArmedFault armed = archive.ftp.fault("FEAT", 1, Fault.reply("500 Unknown command."));

    assertThat(archive.list("20110714")).isInstanceOf(Listing.Trusted.class);
    assertThat(archive.store("20110714/b.jpg", Trees.picture(1, 10))).isEqualTo(Stored.STORED);

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.ftp.counts()).containsEntry("LIST", 1).doesNotContainKeys("MLSD", "MFMT");
  }

  @Test
  void commandsGoOneByOneAfterTheFirstTroubleWithSeveralTogether() throws IOException {
    ArmedFault armed = archive.ftp.fault("RNFR", 1, Fault.drop());
    assertThatThrownBy(() -> archive.store("20110714/b.jpg", Trees.picture(1, 10)))
        .isInstanceOf(PassingException.class);

    assertThat(archive.store("20110714/b.jpg", Trees.picture(1, 10))).isEqualTo(Stored.STORED);

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.files()).containsExactly("20110714/a.jpg", "20110714/b.jpg");
  }

  private interface Work {
    void by(int thread) throws IOException;
  }

  private static void atOnce(int threads, Work work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(
            () -> {
              work.by(thread);
              return thread;
            });
      }
      for (Future<Integer> result : pool.invokeAll(all)) {
        result.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
