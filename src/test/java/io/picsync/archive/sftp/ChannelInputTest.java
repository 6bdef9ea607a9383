package io.picsync.archive.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Packets that come in pieces, and a reader that waits for several of them. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ChannelInputTest {
  private final ExecutorService reader = Executors.newSingleThreadExecutor();
  private final CompletableFuture<Thread> reading = new CompletableFuture<>();
  private final ChannelInput input = new ChannelInput(64, Duration.ZERO);

  @AfterEach
  void stop() {
    reader.shutdownNow();
  }

  private static byte[] packet(int length) {
    return ByteBuffer.allocate(4 + length).putInt(length).array();
  }

  private Future<?> awaitPackets(int count) throws Exception {
    Future<?> awaited =
        reader.submit(
            () -> {
              reading.complete(Thread.currentThread());
              input.awaitPackets(count);
              return null;
            });
    untilWaiting();
    return awaited;
  }

  private void untilWaiting() throws Exception {
    while (reading.get().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theReaderWaitsForTheLastByteOfTheLastPacket() throws Exception {
    Future<?> awaited = awaitPackets(3);
    byte[] three = ByteBuffer.allocate(23).put(packet(3)).put(packet(0)).put(packet(8)).array();
    for (int at = 0; at < three.length - 1; at++) {
      input.write(three, at, 1);
      untilWaiting();
      assertThat(awaited).isNotDone();
    }

    input.write(three, three.length - 1, 1);

    awaited.get();
  }

  @Test
  void packetsThatWereReadAreNotWaitedForAgain() throws Exception {
    input.write(packet(5));
    input.write(packet(5));
    byte[] bytes = new byte[9];
    input.awaitPackets(2);
    input.read(bytes, 0, 9);
    input.packetRead();
    input.awaitPackets(1);

    Future<?> awaited = awaitPackets(2);
    input.write(packet(1));

    awaited.get();
  }

  @Test
  void moreThanThereIsRoomForIsNotWaitedFor() throws Exception {
    Future<?> awaited = awaitPackets(2);

    input.write(packet(1_000), 0, 32);

    awaited.get();
  }

  @Test
  void theEndIsNotWaitedBeyondAndWhatCameBeforeCanBeRead() throws Exception {
    Future<?> awaited = awaitPackets(2);
    input.write(packet(2));

    input.close();

    awaited.get();
    input.read(new byte[6], 0, 6);
    assertThatThrownBy(() -> input.read(new byte[1], 0, 1)).isInstanceOf(EOFException.class);
  }

  @Test
  void silenceIsTold() {
    input.patience(Duration.ofMillis(1));

    assertThatThrownBy(() -> input.awaitPackets(1))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("sent no byte for PT0.001S");
  }

  @Test
  void whatCameBeforeTheServerFellSilentIsLeftToBeRead() throws IOException {
    input.patience(Duration.ofMillis(1));
    input.write(packet(2));

    input.awaitPackets(2);

    input.read(new byte[6], 0, 6);
  }
}
