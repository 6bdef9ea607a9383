package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.IgnoredReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PictureKindTest {
  @Test
  void thePageOnReportsNamesAllKindsAndReasons() throws IOException {
    String page = Files.readString(Path.of("docs/reports.md"));
    assertThat(PictureKind.raws()).allMatch(ending -> page.contains("`" + ending + "`"));
    assertThat(IgnoredReason.values())
        .allMatch(reason -> page.contains("| `" + reason.key() + "` |"));
  }

  @ParameterizedTest
  @CsvSource({
    "20110714153010.jpg, JPG",
    "IMG_0001.JPG, JPG",
    "a.JpEg, JPG",
    "20110714153010.raw, RAW",
    "IMG_0001.CR2, RAW",
    "a.dng, RAW",
    "a.jpg.raw, RAW",
    "a.raw.jpg, JPG",
    "a.jpg.txt, OTHER",
    "jpg, OTHER",
    "raw, OTHER",
    "a., OTHER",
    "'a.jpg ', OTHER",
    "film.mp4, OTHER",
    "ajpg, OTHER",
    ".jpg, JPG",
  })
  void endingTellsTheKind(String name, PictureKind kind) {
    assertThat(PictureKind.of(name)).isEqualTo(kind);
  }
}
