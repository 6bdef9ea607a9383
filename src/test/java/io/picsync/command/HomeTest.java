package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folder is which, and whose route file counts. */
final class HomeTest {
  private final Path program;
  private final Path base;

  HomeTest(@TempDir Path folder) {
    program = folder.resolve("opt");
    base = folder.resolve("etc");
  }

  @BeforeEach
  void shippedRoutes() throws IOException {
    Files.createDirectories(program.resolve("routes/syncs"));
    Files.createFile(program.resolve("routes/compare.camel.yaml"));
    Files.createFile(program.resolve("routes/transfer.camel.yaml"));
    Files.createFile(program.resolve("routes/syncs/shipped.camel.yaml"));
    Files.createDirectories(base.resolve("routes/syncs"));
    Files.createFile(base.resolve("routes/syncs/own.camel.yaml"));
    Files.createFile(base.resolve("routes/syncs/README.md"));
  }

  private Home home(Map<String, String> environment) {
    return Home.find(program.toString(), environment);
  }

  @Test
  void allIsOneFolderUnlessTheEnvironmentTellsOtherwise() {
    assertThat(home(Map.of(Home.BASE, " "))).isEqualTo(new Home(program, program, program));
    assertThat(home(Map.of()).routes())
        .containsExactly(
            program.resolve("routes/compare.camel.yaml"),
            program.resolve("routes/transfer.camel.yaml"),
            program.resolve("routes/syncs/shipped.camel.yaml"));
    assertThat(home(Map.of()).ownRoutes()).isEmpty();
  }

  @Test
  void theStateIsBelowTheBaseUnlessItHasAFolderOfItsOwn() {
    assertThat(home(Map.of(Home.BASE, base.toString())))
        .isEqualTo(new Home(program, base, base))
        .returns(base.resolve("config/application.properties"), Home::config);
    assertThat(home(Map.of(Home.BASE, base.toString(), Home.STATE, "/var/lib/picsync")).state())
        .isEqualTo(Path.of("/var/lib/picsync"));
  }

  @Test
  void theOperatorsOwnRoutesTakeThePlaceOfTheShippedOnesOfTheirNames() throws IOException {
    Path own = Files.createFile(base.resolve("routes/transfer.camel.yaml"));
    Path more = Files.createFile(base.resolve("routes/more.camel.yaml"));

    Home home = home(Map.of(Home.BASE, base.toString()));

    assertThat(home.routes())
        .containsExactly(
            program.resolve("routes/compare.camel.yaml"),
            more,
            own,
            base.resolve("routes/syncs/own.camel.yaml"));
    assertThat(home.ownRoutes()).containsExactly(own);
    assertThat(home.allRoutesPattern())
        .isEqualTo(
            "file:%s,file:%s,file:%s,file:%s/*.camel.yaml"
                .formatted(
                    program.resolve("routes/compare.camel.yaml"),
                    more,
                    own,
                    base.resolve("routes/syncs")));
  }

  @Test
  void aBaseThatIsNotThereOrThatCamelReadsOtherwiseIsRefused() {
    assertThatThrownBy(() -> home(Map.of(Home.BASE, base + "/nowhere")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("PICSYNC_BASE=" + base + "/nowhere");
    assertThatThrownBy(() -> home(Map.of(Home.BASE, base + "/a+b")))
        .isInstanceOf(SettingsException.class);
  }
}
