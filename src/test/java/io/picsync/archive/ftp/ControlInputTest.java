package io.picsync.archive.ftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.commons.net.io.CRLFLineReader;
import org.junit.jupiter.api.Test;

final class ControlInputTest {
  /** What came in pieces, each of which is one read. */
  private static InputStream pieces(byte[]... pieces) {
    Deque<byte[]> left = new ArrayDeque<>(Arrays.asList(pieces));
    return new InputStream() {
      @Override
      public int read() {
        throw new UnsupportedOperationException("read by pieces");
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        byte[] piece = left.poll();
        if (piece == null) {
          return -1;
        }
        System.arraycopy(piece, 0, into, offset, piece.length);
        return piece.length;
      }
    };
  }

  private static ControlInput of(String... pieces) {
    return new ControlInput(
        pieces(Arrays.stream(pieces).map(piece -> piece.getBytes(UTF_8)).toArray(byte[][]::new)),
        UTF_8);
  }

  private static String rest(ControlInput input) throws IOException {
    return new String(input.bytes().readAllBytes(), UTF_8);
  }

  @Test
  void whatFollowsALineIsLeftAsBytes() throws IOException {
    ControlInput input = of("250 In.\r\n213-Status\r\na\r\n", "b\r\n");
    BufferedReader lines = new CRLFLineReader(input);

    assertThat(lines.readLine()).isEqualTo("250 In.");
    assertThat(rest(input)).isEqualTo("213-Status\r\na\r\nb\r\n");
    assertThat(lines.readLine()).isNull();
  }

  @Test
  void lineInPiecesIsOneLine() throws IOException {
    BufferedReader lines = new CRLFLineReader(of("25", "0 In.\r", "\n2", "26 Done.\r\n"));

    assertThat(lines.readLine()).isEqualTo("250 In.");
    assertThat(lines.readLine()).isEqualTo("226 Done.");
    assertThat(lines.readLine()).isNull();
  }

  @Test
  void characterInPiecesIsOneCharacter() throws IOException {
    byte[] bytes = "257 \u00e4\u20ac\ud83d\ude00\r\n".getBytes(UTF_8);
    byte[][] single = new byte[bytes.length][];
    for (int i = 0; i < bytes.length; i++) {
      single[i] = new byte[] {bytes[i]};
    }

    assertThat(new CRLFLineReader(new ControlInput(pieces(single), UTF_8)).readLine())
        .isEqualTo("257 \u00e4\u20ac\ud83d\ude00");
  }

  @Test
  void bytesThatAreNoCharacterAreReplaced() throws IOException {
    byte[] bytes = {'2', '5', '7', ' ', (byte) 0xff, (byte) 0xc3, '\r', '\n'};

    assertThat(new CRLFLineReader(new ControlInput(pieces(bytes), UTF_8)).readLine())
        .isEqualTo("257 \ufffd\ufffd");
  }

  @Test
  void lineLongerThanTheBufferIsReadWhole() throws IOException {
    String line = "226 " + "x".repeat(100_000);
    ControlInput input =
        new ControlInput(new ByteArrayInputStream((line + "\r\nrest").getBytes(UTF_8)), UTF_8);

    assertThat(new CRLFLineReader(input).readLine()).isEqualTo(line);
    assertThat(rest(input)).isEqualTo("rest");
  }

  @Test
  void onlyTheExpectedLineIsTaken() throws IOException {
    ControlInput input = of("213-Sta", "tus follows:\r\n-rw");

    assertThat(input.takesLine("213-Status")).isFalse();
    assertThat(input.takesLine("211 No")).isFalse();
    assertThat(input.takesLine("213-Status follows:")).isTrue();
    assertThat(rest(input)).isEqualTo("-rw");
    assertThat(input.takesLine("213 End")).isFalse();
  }

  @Test
  void streamThatEndsWithinTheExpectedLineIsNotTaken() throws IOException {
    ControlInput input = of("213-Sta");

    assertThat(input.takesLine("213-Status follows:")).isFalse();
    assertThat(rest(input)).isEqualTo("213-Sta");
  }

  @Test
  void readyTellsOfBytesThatWereReadAlready() throws IOException {
    ControlInput input = of("250 In.\r\n226");
    Reader lines = new CRLFLineReader(input);

    assertThat(lines.ready()).isFalse();
    assertThat(((BufferedReader) lines).readLine()).isEqualTo("250 In.");
    assertThat(lines.ready()).isTrue();
  }
}
