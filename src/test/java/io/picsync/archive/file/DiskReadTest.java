package io.picsync.archive.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.picsync.archive.CancelledException;
import io.picsync.archive.PassingException;
import io.picsync.testing.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DiskReadTest {
  private static final int CHUNK = 64 * 1024;

  private final Path folder;

  DiskReadTest(@TempDir Path temporary) {
    folder = temporary;
  }

  private Path written(int length) throws IOException {
    return Files.write(folder.resolve("picture"), Trees.picture(1, length));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 300_000})
  void bringsWhatWasWritten(int length) throws IOException {
    Path file = written(length);
    ByteArrayOutputStream read = new ByteArrayOutputStream();

    new DiskRead(file, length, CHUNK).moveTo(read, () -> false);

    assertThat(read.toByteArray()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void anotherLengthThanWasWrittenIsAFault() throws IOException {
    Path file = written(300);

    assertThatExceptionOfType(PassingException.class)
        .isThrownBy(
            () -> new DiskRead(file, 301, CHUNK).moveTo(new ByteArrayOutputStream(), () -> false))
        .withMessageContaining("300 bytes on the disk where 301 were written");
  }

  @Test
  void stopsOnRequest() throws IOException {
    Path file = written(300);

    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(
            () -> new DiskRead(file, 300, CHUNK).moveTo(new ByteArrayOutputStream(), () -> true));
  }

  @Test
  void asksTheSystemForTheDiskItself() {
    assertThat(DiskRead.FROM_THE_DISK).extracting(Object::toString).contains("READ", "DIRECT");
  }
}
