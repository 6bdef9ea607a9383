package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.testing.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FetchedPictureTest {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final byte[] BYTES = Trees.picture(1, 5000);
  private static final byte[] LARGE = Trees.picture(2, 70_000);
  private static final byte[] OTHER = Trees.picture(3, 69_000);
  private static final long IN_MEMORY = 5000;
  private static final long IN_FILE = 4999;

  private final Path folder;

  FetchedPictureTest(@TempDir Path temporary) {
    folder = temporary.resolve("spool");
  }

  @ParameterizedTest
  @ValueSource(longs = {IN_MEMORY, IN_FILE})
  void bytesComeAgainAfterResetAndAfterClose(long memory) throws IOException {
    FetchedPicture picture = fetched(memory);

    assertThat(picture.readNBytes(100)).hasSize(100);
    assertThat(picture.position()).isEqualTo(100);
    picture.reset();
    assertThat(picture.position()).isZero();
    assertThat(picture.readAllBytes()).isEqualTo(BYTES);
    picture.close();
    assertThat(picture.readAllBytes()).isEqualTo(BYTES);
    picture.reset();
    assertThat(picture.read()).isEqualTo(0xFF);
    assertThat(picture.length()).isEqualTo(5000);
    assertThat(picture.modified()).isEqualTo(TAKEN);
    assertThat(picture.inMemory()).isEqualTo(memory == IN_MEMORY);
    picture.release();
  }

  @Test
  void memoryHoldsPicturesUpToItsBoundOnly() throws IOException {
    fetched(IN_MEMORY);
    assertThat(folder).doesNotExist();

    fetched(IN_FILE);
    assertThat(spoolFiles()).hasSize(1);
  }

  @Test
  void spoolFileStaysWhileItIsReadAndGoesOnce() throws IOException {
    FetchedPicture picture = fetched(IN_FILE);
    picture.readAllBytes();
    picture.close();
    assertThat(spoolFiles()).hasSize(1);

    picture.release();
    picture.release();

    assertThat(spoolFiles()).isEmpty();
    assertThatThrownBy(picture::readAllBytes).isInstanceOf(IOException.class);
  }

  @Test
  void copiesReadTheSameBytesOnTheirOwnAndTheLastHolderRemovesTheSpoolFile() throws IOException {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    FetchedPicture picture = fetched(IN_FILE);
    StreamCache copy = picture.copy(exchange);
    picture.readNBytes(100);

    ByteArrayOutputStream copied = new ByteArrayOutputStream();
    copy.writeTo(copied);
    assertThat(copied.toByteArray()).isEqualTo(BYTES);
    assertThat(picture.position()).isEqualTo(100);

    picture.release();
    picture.release();
    assertThat(spoolFiles()).hasSize(1);
    exchange.getExchangeExtension().handoverCompletions().forEach(done -> done.onFailure(exchange));
    assertThat(spoolFiles()).isEmpty();
  }

  @Test
  void memoryIsLentAgainWhenTheLastHolderGivesItUpAndNotBefore() throws IOException {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    Spool spool = new Spool(folder, LARGE.length);
    FetchedPicture first = inMemory(spool, LARGE);
    StreamCache copy = first.copy(exchange);

    first.release();
    FetchedPicture second = inMemory(spool, OTHER);
    ByteArrayOutputStream copied = new ByteArrayOutputStream();
    copy.writeTo(copied);
    assertThat(copied.toByteArray()).isEqualTo(LARGE);

    exchange
        .getExchangeExtension()
        .handoverCompletions()
        .forEach(done -> done.onComplete(exchange));
    inMemory(spool, OTHER);
    assertThat(second.readAllBytes()).isEqualTo(OTHER);
  }

  @ParameterizedTest
  @ValueSource(longs = {IN_MEMORY, IN_FILE})
  void afterReleaseNothingIsReadAnyMore(long memory) throws IOException {
    FetchedPicture picture = fetched(memory);
    picture.read();
    picture.release();

    assertThatThrownBy(picture::read).hasMessageContaining("after its exchange was done");
    assertThatThrownBy(picture::readAllBytes).hasMessageContaining("after its exchange was done");
    assertThatThrownBy(
            () -> picture.moveTo(OutputStream.nullOutputStream(), 10, () -> false, "store"))
        .hasMessageContaining("after its exchange was done");
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    assertThatThrownBy(() -> picture.copy(exchange))
        .hasMessageContaining("after its exchange was done");
  }

  @Test
  void memoryUsedBeforeShowsNothingOfTheFormerPicture() throws IOException {
    Spool spool = new Spool(folder, LARGE.length);
    inMemory(spool, LARGE).release();
    Spool.Sink sink = spool.sink(LARGE.length);
    sink.write(OTHER, 0, 7);

    FetchedPicture cutShort = sink.finish(null);

    assertThat(cutShort.length()).isEqualTo(7);
    assertThat(cutShort.readAllBytes()).isEqualTo(Arrays.copyOf(OTHER, 7));
  }

  private static FetchedPicture inMemory(Spool spool, byte[] bytes) throws IOException {
    Spool.Sink sink = spool.sink(bytes.length);
    sink.write(bytes, 0, bytes.length);
    return sink.finish(TAKEN);
  }

  @Test
  void droppedSinkLeavesNoSpoolFile() throws IOException {
    Spool.Sink sink = new Spool(folder, 0).sink(5000);
    sink.write(BYTES, 0, 100);
    assertThat(spoolFiles()).hasSize(1);

    sink.drop();

    assertThat(spoolFiles()).isEmpty();
  }

  @Test
  void sinkCountsWhatComesBeyondTheListedSizeAndKeepsItOutOfMemory() throws IOException {
    Spool.Sink sink = new Spool(folder, 5000).sink(10);

    sink.write(BYTES, 0, 5000);
    sink.write(7);

    assertThat(sink.count()).isEqualTo(5001);
    assertThat(sink.finish(null).length()).isEqualTo(10);
  }

  private FetchedPicture fetched(long memory) throws IOException {
    Spool.Sink sink = new Spool(folder, memory).sink(BYTES.length);
    sink.write(BYTES, 0, 1);
    sink.write(BYTES[1]);
    sink.write(BYTES, 2, BYTES.length - 2);
    FetchedPicture picture = sink.finish(TAKEN);
    sink.drop();
    return picture;
  }

  private List<Path> spoolFiles() {
    try (var files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
