package io.picsync.archive;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other processes are tried by {@code ServiceIT} and {@code KillIT}. */
final class LockedFileTest {
  @Test
  void isHeldUntilItIsClosed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("lock");
    try (LockedFile held = LockedFile.tryLock(file, CREATE, WRITE).orElseThrow()) {
      assertThat(LockedFile.tryLock(file, CREATE, WRITE)).isEmpty();
      assertThat(LockedFile.isHeldHere(file)).isTrue();
      assertThat(held.channel().isOpen()).isTrue();
    }
    assertThat(LockedFile.isHeldHere(file)).isFalse();
    Optional<LockedFile> again = LockedFile.tryLock(file, CREATE, WRITE);
    assertThat(again).isPresent();
    again.get().close();
  }

  @Test
  void fileThatCantBeOpenedIsNotHeld(@TempDir Path folder) {
    Path file = folder.resolve("lock");

    assertThatThrownBy(() -> LockedFile.tryLock(file, WRITE))
        .isInstanceOf(NoSuchFileException.class);

    assertThat(LockedFile.isHeldHere(file)).isFalse();
  }
}
