package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.testing.LoggedLines;
import io.picsync.testing.SetClock;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpaceTest {
  private static final int SIZE = 1000;

  private final SetClock clock = new SetClock(Instant.parse("2011-07-14T15:30:10Z"));
  private final SmallDisk disk = new SmallDisk();
  private final Archive archive =
      new Archive(disk.asServer("new"), "new", "pictures", new Space(clock), Bandwidth.unlimited());

  @Test
  void fullArchiveIsTriedOnceAndThenLeftAlone() {
    for (int i = 0; i < 100; i++) {
      refused(SIZE);
    }

    assertThat(disk.tried).hasSize(1);
    assertThat(archive.isFull()).isTrue();
    assertThatThrownBy(() -> store("a.jpg", SIZE))
        .hasMessageStartingWith("The archive new/pictures is full since 2011-07-14T15:30:10Z;")
        .hasMessageContaining("one picture is tried again at 2011-07-14T15:3")
        .hasMessageEndingWith(": No space left on device.");
  }

  @Test
  void onePictureIsTriedAfterLongerAndLongerPauses() {
    refused(SIZE);
    for (int minutes : new int[] {1, 2, 4, 8, 15, 15}) {
      disk.tried.clear();
      clock.pass(Duration.ofMinutes(minutes).multipliedBy(7).dividedBy(10));
      refused(SIZE);
      assertThat(disk.tried).isEmpty();

      clock.pass(Duration.ofMinutes(minutes).multipliedBy(6).dividedBy(10));
      refused(SIZE);
      refused(SIZE);
      assertThat(disk.tried).hasSize(1);
    }
  }

  @Test
  void probeThatIsStoredOpensTheWayForAll() throws ArchiveException {
    disk.tells = false;
    refused(SIZE);
    clock.pass(Duration.ofMinutes(2));
    disk.free = 3 * SIZE;

    store("a.jpg", SIZE);

    assertThat(archive.isFull()).isFalse();
    store("b.jpg", SIZE);
    store("c.jpg", SIZE);
  }

  @Test
  void freeSpaceThatIsToldOpensTheWayAtOnce() throws ArchiveException {
    refused(SIZE);
    disk.free = 20 * SIZE;

    store("a.jpg", SIZE);

    assertThat(archive.isFull()).isFalse();
  }

  @Test
  void littleFreeSpaceIsLeftToTheProbe() {
    refused(SIZE);
    disk.free = 2 * SIZE;

    refused(SIZE);

    assertThat(disk.tried).hasSize(1);
  }

  @Test
  void freeSpaceSaysNothingWhereAQuotaIsFull() {
    disk.quota = 0;
    disk.free = 50 * SIZE;

    refused(SIZE);
    refused(SIZE);

    assertThat(disk.tried).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"there.jpg", "empty.jpg"})
  void probeThatNeedsNoSpaceProvesNothing(String picture) throws ArchiveException {
    refused(SIZE);
    clock.pass(Duration.ofMinutes(2));

    store(picture, picture.startsWith("empty") ? 0 : SIZE);

    assertThat(archive.isFull()).isTrue();
  }

  @Test
  void probeThatFailsOtherwiseLeavesItToTheNextOne() throws ArchiveException {
    refused(SIZE);
    clock.pass(Duration.ofMinutes(2));
    disk.free = SIZE;
    assertThatThrownBy(() -> store("broken.jpg", SIZE)).isInstanceOf(PassingException.class);

    store("a.jpg", SIZE);

    assertThat(archive.isFull()).isFalse();
  }

  @Test
  void clockThatWasSetBackMakesTheProbeDue() {
    refused(SIZE);
    clock.pass(Duration.ofDays(-400));

    refused(SIZE);

    assertThat(disk.tried).hasSize(2);
  }

  @Test
  void fullIsToldOnceAndNothingBeforeItHasRoomAgain() throws ArchiveException {
    try (LoggedLines log = LoggedLines.warnings()) {
      for (int i = 0; i < 10; i++) {
        refused(SIZE);
        clock.pass(Duration.ofMinutes(20));
      }
      disk.free = SIZE;
      store("a.jpg", SIZE);

      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .startsWith("ERROR The destination is full. archive=new/pictures freeBytes=0 nextProbe=")
          .endsWith("why=No space left on device.");
    }
  }

  private void refused(int size) {
    assertThatThrownBy(() -> store("a.jpg", size)).isInstanceOf(NoSpaceException.class);
  }

  private void store(String path, int size) throws ArchiveException {
    PictureContent content = new PictureContent(new ByteArrayInputStream(new byte[0]), size, null);
    archive.store(archive.at(path), content, () -> false);
  }
}
