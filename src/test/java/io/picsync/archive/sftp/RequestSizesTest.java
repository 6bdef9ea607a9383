package io.picsync.archive.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What servers answer to limits@openssh.com. */
final class RequestSizesTest {
  private static final int MOST = 255 * 1024;

  private static RequestSizes of(long packet, long read, long write) throws IOException {
    ByteBuffer limits = ByteBuffer.allocate(32);
    limits.putLong(packet).putLong(read).putLong(write).putLong(100).flip();
    return RequestSizes.of(new Reply(Reply.EXTENDED_REPLY, limits));
  }

  @Test
  void whatOpenSshTellsIsTaken() throws IOException {
    assertThat(of(262_144, 261_120, 261_120)).isEqualTo(new RequestSizes(MOST, MOST, true));
  }

  @Test
  void zeroIsNoLimitAndNothingIsAskedBeyondWhatPays() throws IOException {
    assertThat(of(0, 0, 0)).isEqualTo(new RequestSizes(MOST, MOST, true));
    assertThat(of(-1, -1, 1L << 40)).isEqualTo(new RequestSizes(MOST, MOST, true));
  }

  @Test
  void eachLimitCountsByItself() throws IOException {
    assertThat(of(262_144, 65_536, 40_000)).isEqualTo(new RequestSizes(65_536, 40_000, true));
    assertThat(of(262_144, 1_000, 0)).isEqualTo(new RequestSizes(1_000, MOST, true));
  }

  @Test
  void wholePacketsAreWithinTheirLimit() throws IOException {
    assertThat(of(100_000, 0, 0)).isEqualTo(new RequestSizes(98_976, 98_976, true));
    assertThat(of(34_000, 0, 0).write()).isEqualTo(32_976);
  }

  /** Every server takes 34,000 bytes, says the draft. */
  @Test
  void aPacketThatIsTooShortForTheProtocolIsNotBelieved() throws IOException {
    assertThat(of(1_000, 0, 0)).isEqualTo(new RequestSizes(32_768, 32_768, true));
  }

  @Test
  void aRefusalLeavesWhatEveryServerTakes() throws IOException {
    ByteBuffer status = ByteBuffer.allocate(32);
    byte[] words = "No such extension".getBytes(StandardCharsets.UTF_8);
    status.putInt(Status.UNSUPPORTED).putInt(words.length).put(words).flip();

    RequestSizes sizes = RequestSizes.of(new Reply(Reply.STATUS, status));

    assertThat(sizes).isEqualTo(RequestSizes.COMMON);
    assertThat(sizes.told()).isFalse();
  }

  @Test
  void anAnswerThatIsCutShortIsNoAnswer() {
    ByteBuffer two = ByteBuffer.allocate(12).putLong(262_144).putInt(0).flip();

    assertThatThrownBy(() -> RequestSizes.of(new Reply(Reply.EXTENDED_REPLY, two)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("shorter than it says");
  }
}
