package io.picsync.archive.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.Location;
import io.picsync.archive.Owner;
import io.picsync.archive.PictureContent;
import io.picsync.archive.PictureExistsException;
import io.picsync.archive.TemporaryNames;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilePublicationTest {
  @ParameterizedTest
  @ValueSource(strings = {"nowhere.jpg", "elsewhere.jpg"})
  void linkOfThePicturesNameIsLeftAsItIs(String linked, @TempDir Path folder) throws Exception {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere.jpg"), "0123456789");
    Path link = Files.createSymbolicLink(folder.resolve("a.jpg"), Path.of(linked));
    FileServer server = new FileServer("x", folder, new TemporaryNames(Owner.unknown()));
    PictureContent content = new PictureContent(new ByteArrayInputStream(new byte[10]), 10, null);

    assertThatThrownBy(() -> server.store(new Location("", "a.jpg"), content, () -> false))
        .isInstanceOf(PictureExistsException.class);

    assertThat(Files.readSymbolicLink(link)).hasToString(linked);
    assertThat(elsewhere).hasContent("0123456789");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.jpg", "elsewhere.jpg");
  }
}
