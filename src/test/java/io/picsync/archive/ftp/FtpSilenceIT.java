package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.CancelledException;
import io.picsync.archive.Listing;
import io.picsync.archive.OpenServers;
import io.picsync.archive.PictureContent;
import io.picsync.archive.Server;
import io.picsync.archive.Servers;
import io.picsync.archive.Spool;
import io.picsync.archive.Stored;
import io.picsync.archive.UnavailableException;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that keep silent: nobody waits for them longer than need be. Side by side, for each test
 * waits most of its time, and none shares anything with another.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpSilenceIT {
  private static final byte[] PICTURE = Trees.picture(1, 2_000_000);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicBoolean stop = new AtomicBoolean();
  private ScriptedArchive archive;
  private Spool spool;
  private Servers patient;
  private Server server;

  /** Its timeouts are a minute, so what ends earlier was ended by something else. */
  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    archive = new ScriptedArchive(ScriptedFtpServer.start(), 2, folder);
    archive.put("20110714/a.jpg", PICTURE.length);
    spool = new Spool(folder, PICTURE.length);
    patient =
        OpenServers.of(
            OpenServers.server(
                "x",
                "uri",
                archive.ftp.uri(),
                "username",
                ScriptedFtpServer.USER,
                "password",
                ScriptedFtpServer.PASSWORD,
                "connections",
                "1"));
    server = patient.get("x");
  }

  @AfterEach
  void stop() throws IOException {
    patient.close();
    archive.close();
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "USER", "PASS", "FEAT", "CWD", "PASV", "EPSV", "MLSD"})
  void cancelledListingOfASilentServerEndsInSeconds(String verb) throws Exception {
    endsOnceCancelled(verb, Fault.stall(), this::list);
  }

  @Test
  void cancelledListingThatStallsHalfwayEndsInSeconds() throws Exception {
    endsOnceCancelled("MLSD", Fault.partialThenStall(30), this::list);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MDTM", "RETR"})
  void cancelledFetchFromASilentServerEndsInSeconds(String verb) throws Exception {
    endsOnceCancelled(verb, Fault.stall(), this::fetch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOR", "SIZE", "RNFR", "RNTO"})
  void cancelledStoreOnASilentServerEndsInSeconds(String verb) throws Exception {
    endsOnceCancelled(verb, Fault.stall(), this::store);
    await().until(() -> archive.files().stream().noneMatch(file -> file.endsWith(".part")));
  }

  @Test
  void cancelledStoreThatStallsHalfwayEndsInSeconds() throws Exception {
    endsOnceCancelled("STOR", Fault.partialThenStall(1000), this::store);
    await().until(() -> archive.files().stream().noneMatch(file -> file.endsWith(".part")));
  }

  private void endsOnceCancelled(String verb, Fault fault, Call call) throws Exception {
    if (verb.equals("PASV") || verb.equals("EPSV")) {
      server.list(ScriptedArchive.at(""), () -> false);
      verb = archive.ftp.count("PASV") > 0 ? "PASV" : "EPSV";
    }
    ArmedFault armed = archive.ftp.fault(verb, 1, fault);
    Future<?> under = threads.submit(() -> call.with(stop::get));
    await().until(() -> armed.strikes() == 1);

    stop.set(true);

    assertThatThrownBy(under::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancelledException.class);
    assertThat(server.openConnections()).isLessThanOrEqualTo(1);
    assertThat(server.list(ScriptedArchive.at("20110714"), () -> false))
        .isInstanceOf(Listing.Trusted.class);
  }

  @Test
  void closingTheServerEndsACallThatStalls() throws Exception {
    ArmedFault armed = archive.ftp.fault("MLSD", 1, Fault.partialThenStall(30));
    Future<?> under = threads.submit(() -> list(() -> false));
    await().until(() -> armed.strikes() == 1);

    server.close();

    assertThatThrownBy(under::get).hasCauseInstanceOf(UnavailableException.class);
    assertThat(server.openConnections()).isZero();
    await().until(() -> archive.ftp.openConnections() == 0);
  }

  @Test
  void serverWhoseTransfersStallIsGivenUpAndNotTriedForEachPicture() throws Exception {
    ArmedFault armed = archive.ftp.fault("RETR", 100, Fault.partialThenStall(1000));

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> archive.fetch("20110714/a.jpg", PICTURE.length))
          .hasMessageContaining("Read timed out");
    }
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> archive.fetch("20110714/a.jpg", PICTURE.length))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("given up until");
    }

    assertThat(armed.strikes()).isEqualTo(3);
    armed.disarm();
    await()
        .ignoreExceptionsInstanceOf(UnavailableException.class)
        .until(() -> archive.fetch("20110714/a.jpg", PICTURE.length).length == PICTURE.length);
  }

  @Test
  void serverThatRefusesTheLoginIsNotAskedForEachPicture() {
    Map<String, String> settings = ScriptedArchive.settings("x", archive.ftp, 2, "wrong-passw0rd");
    try (Servers servers = OpenServers.of(settings)) {
      for (int i = 0; i < 50; i++) {
        assertThatThrownBy(() -> servers.get("x").list(ScriptedArchive.at(""), () -> false))
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining("refuses the login of picsync");
      }
    }

    assertThat(archive.ftp.count("PASS")).isEqualTo(3);
  }

  private interface Call {
    Object with(BooleanSupplier cancelled) throws ArchiveException;
  }

  private Listing list(BooleanSupplier cancelled) throws ArchiveException {
    return server.list(ScriptedArchive.at("20110714"), cancelled);
  }

  private Object fetch(BooleanSupplier cancelled) throws ArchiveException {
    return server.fetch(ScriptedArchive.at("20110714/a.jpg"), PICTURE.length, spool, cancelled);
  }

  private Stored store(BooleanSupplier cancelled) throws ArchiveException {
    return server.store(
        ScriptedArchive.at("20110714/b.jpg"),
        new PictureContent(
            new ByteArrayInputStream(PICTURE), PICTURE.length, ScriptedArchive.TAKEN),
        cancelled);
  }
}
