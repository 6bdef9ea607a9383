package io.picsync.archive.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineReaderTest {
  private final List<String> lines = new ArrayList<>();

  @Test
  void bothLineEndsAreTakenOff() throws IOException {
    assertThat(read("one\r\ntwo\nthree \r\n\r\nfour\r\r\n", 1000)).isNull();

    assertThat(lines).containsExactly("one", "two", "three ", "", "four\r");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1460, 65_536, 1_000_000})
  void linesAreWholeHoweverTheyArrive(int atOnce) throws IOException {
    List<String> sent =
        IntStream.range(0, 9000).mapToObj(i -> "line " + i + " " + "x".repeat(i % 300)).toList();

    assertThat(read(String.join("\r\n", sent) + "\r\n", atOnce)).isNull();

    assertThat(lines).isEqualTo(sent);
  }

  @Test
  void nothingAtAllIsAnEmptyListing() throws IOException {
    assertThat(read("", 10)).isNull();
    assertThat(lines).isEmpty();
  }

  @Test
  void cutOffLastLineIsAFault() throws IOException {
    assertThat(read("one\r\ntw", 10)).isEqualTo("the last line is cut off: 'tw'");
    assertThat(lines).containsExactly("one");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 29, 1000})
  void listingEndsAtItsLastLine(int atOnce) throws IOException {
    String last = "213 End";
    InputStream in = pieces("one\r\n213 End.jpg\r\n213 End\r\n", atOnce);
    LineReader reader = new LineReader(in);

    assertThat(reader.readTo(last, line -> lines.add(line.toString()))).isNull();

    assertThat(lines).containsExactly("one", "213 End.jpg");
    assertThat(reader.count()).isEqualTo(2);
  }

  @Test
  void whatComesBehindTheLastLineIsTold() {
    assertThatThrownBy(
            () ->
                new LineReader(pieces("one\r\n213 End\r\ntwo\r\n", 1000))
                    .readTo("213 End", line -> true))
        .isInstanceOf(IOException.class)
        .hasMessage("the server says more than its last line: 'two\\u000d\\u000a'");
  }

  @Test
  void streamThatEndsBeforeTheLastLineIsNoListing() {
    assertThatThrownBy(
            () -> new LineReader(pieces("one\r\n213 En", 1000)).readTo("213 End", line -> true))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void firstLineThatIsNotUnderstoodIsToldAndTheRestIsRead() throws IOException {
    InputStream in = new ByteArrayInputStream("one\r\njunk\u0001\r\nthree\r\n".getBytes(UTF_8));

    String fault = new LineReader(in).readAll(line -> !line.toString().startsWith("junk"));

    assertThat(fault).isEqualTo("line 2 is not understood: 'junk\\u0001'");
    assertThat(in.read()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1460, 1_000_000})
  void overLongLineIsAFaultAndTheRestIsRead(int atOnce) throws IOException {
    assertThat(read("one\r\n" + "x".repeat(200_000) + "\r\nthree\r\n", atOnce))
        .isEqualTo("line 2 is too long");
  }

  @Test
  void brokenConnectionIsAnException() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Connection reset");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };

    assertThatThrownBy(() -> new LineReader(broken).readAll(line -> true))
        .isInstanceOf(IOException.class)
        .hasMessage("Connection reset");
  }

  private @Nullable String read(String text, int atOnce) throws IOException {
    return new LineReader(pieces(text, atOnce))
        .readAll(
            line ->
                lines.add(
                    new String(line.bytes(), line.start(), line.end() - line.start(), UTF_8)));
  }

  private static InputStream pieces(String text, int atOnce) {
    return new ByteArrayInputStream(text.getBytes(UTF_8)) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, atOnce));
      }
    };
  }
}
