package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.archive.ArchiveException;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Handles;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of faulty operations over one pool leave no socket, file or thread. Looked at after
 * every few of them, before a garbage collection closes what was forgotten: not what is left in the
 * end is counted, but what lies about meanwhile.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpLeakIT {
  private static final int ROUNDS = 20;

  /** Faults between two looks. */
  private static final int FEW = 5;

  /** Two ends of each of two connections. */
  private static final int ENDS = 4;

  private static final String PATH = "20110714/a.jpg";
  private static final byte[] PICTURE = Trees.picture(1, 300_000);

  /** Each takes long by its nature. */
  private static final Set<String> WAITING = Set.of("never", "stalls", "late");

  private interface Operation {
    void run() throws IOException;
  }

  @Test
  void faultyOperationsLeaveNoSocketNorFileNorThread(@TempDir Path spool) throws IOException {
    try (ScriptedArchive archive = new ScriptedArchive(ScriptedFtpServer.start(), 2, spool)) {
      archive.put(PATH, PICTURE.length);
      archive.list("20110714");
      archive.fetch(PATH, PICTURE.length);
      archive.store("20110714/b.jpg", PICTURE);
      Handles before = Handles.open();
      int faults = 0;
      for (int round = 0; round < ROUNDS; round++) {
        faults += struck(FtpFaults.listing(), archive, before, () -> archive.list("20110714"));
        faults +=
            struck(
                FtpFaults.fetching(), archive, before, () -> archive.fetch(PATH, PICTURE.length));
        faults +=
            struck(
                Stream.of(FtpFaults.storing(), FtpFaults.readingBack(), FtpFaults.publishing())
                    .flatMap(rows -> rows),
                archive,
                before,
                () -> store(archive));
      }
      assertThat(faults).isGreaterThan(2000);
      archive.server.close();
      await()
          .untilAsserted(() -> assertThat(Handles.open().sockets()).isLessThan(before.sockets()));
    }
  }

  private static void store(ScriptedArchive archive) throws IOException {
    if (archive.ftp.file("cam/20110714/b.jpg") != null) {
      archive.ftp.delete("cam/20110714/b.jpg");
    }
    archive.storeAndReadBack("20110714/b.jpg", PICTURE);
  }

  /**
   * @return how many faults struck
   */
  private static int struck(
      Stream<FaultRow> faults, ScriptedArchive archive, Handles before, Operation operation)
      throws IOException {
    List<FaultRow> rows =
        faults.filter(row -> WAITING.stream().noneMatch(row.what()::contains)).toList();
    int struck = 0;
    for (int i = 0; i < rows.size(); i++) {
      ArmedFault armed = archive.ftp.fault(rows.get(i).verb(), 1, rows.get(i).fault());
      try {
        operation.run();
      } catch (ArchiveException e) {
        // what becomes of it is another test's matter
      }
      armed.disarm();
      struck += armed.strikes();
      archive.list(""); // the breaker hears that the server works
      if (i % FEW == 0 || i == rows.size() - 1) {
        nothingLiesAbout(before, rows.subList(Math.max(0, i - FEW), i + 1));
      }
    }
    return struck;
  }

  private static void nothingLiesAbout(Handles before, List<FaultRow> after) {
    await()
        .atMost(Duration.ofSeconds(5))
        .pollDelay(Duration.ZERO) // it looks four hundred times
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> {
              Handles now = Handles.open();
              assertThat(now.sockets())
                  .as("after %s", after)
                  .isLessThanOrEqualTo(before.sockets() + ENDS);
              assertThat(now.files()).isLessThanOrEqualTo(before.files() + ENDS + 2);
              assertThat(now.threads()).isLessThanOrEqualTo(before.threads() + ENDS);
            });
  }
}
